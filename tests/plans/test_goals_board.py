"""The board of goals: what it shows, and what becomes of what is sent."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import Federation, RoleKind
from plans.editing.goals_rows import all_rows
from plans.making import Choice, make
from plans.models import Activity, Area, Goal, GoalChange, Indicator, Plan, Section, TargetGroup
from tests.loading import load
from tests.members import people
from tests.members.page_forms import Values, faults, main_form, values_of
from tests.members.people import client_of, with_role
from tests.members.shown_page import Element, shown
from tests.plans.ready_plans import in_state
from tests.services import pdf

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
HERE = "/skelleftea/plan/2014/mal/"


@pytest.fixture
def skelleftea() -> Federation:
    return load(FIXTURES / "skelleftea")[0]


@pytest.fixture
def plan(skelleftea) -> Plan:
    return Plan.objects.select_related("budget", "federation").get(federation=skelleftea)


@pytest.fixture
def karin(skelleftea) -> Client:
    return client_of(with_role(skelleftea, RoleKind.DIRECTOR, people.user(name="Karin Ek")))


@pytest.fixture
def olle(skelleftea) -> Client:
    return client_of(with_role(skelleftea, RoleKind.ADMINISTRATOR, people.user(name="Olle Ask")))


def columns(page: Element) -> dict[str, list[str]]:
    """The goals in each column, by the column's heading."""
    (board,) = [
        each for each in page.all("ol", css="goal-columns") if each.attributes["data-holds"] == "area"
    ]
    return {
        column.one("h2").own_text: [each.text for each in column.all("h3")]
        for column in board.all("li", css="goal-column")
    }


def moved(client: Client, row: str, pk: int, query: str, **headers: str):
    return client.post(f"{HERE}{row}/{pk}/placera/?{query}", headers=headers, follow=True)


def told(answer) -> str:
    return shown(answer, answer.status_code).one("div", css="message", role="alert").text


def opened(client: Client, address: str) -> Values:
    """The form at an address as it is shown, with its texts."""
    form = main_form(shown(client.get(address)))
    texts = {
        each.attributes["name"]: "".join(map(str, each.children)).removeprefix("\n")
        for each in form.all("textarea")
    }
    return {**values_of(form), **texts}


def filled(client: Client, address: str, **changes: str | list[str]):
    return client.post(address, {**opened(client, address), **changes})


def undo(client: Client):
    """Press the button of the message about what one did last."""
    button = shown(client.get(HERE)).one(css="undo").one("button")
    return client.post(button.attributes["formaction"], {"number": button.attributes["value"]}, follow=True)


def goals_of(plan: Plan, key: str) -> list[str]:
    return list(Goal.objects.filter(plan=plan, area__key=key).values_list("text", flat=True))


# -- what is shown -----------------------------------------------------------------------------------


def test_each_perspective_is_a_column_with_its_goals_in_order(karin, plan):
    found = columns(shown(karin.get(HERE)))
    assert list(found) == [
        "Individen",
        "Förnyelse/utveckling",
        "Arbetssätt/processer",
        "Ekonomi",
        "Utan perspektiv eller område",
    ]
    assert found["Ekonomi"] == goals_of(plan, "ekonomi")
    assert found["Utan perspektiv eller område"] == []


def test_a_column_says_its_indicators_activities_insatser_and_target_groups(karin, plan):
    area = Area.objects.get(plan=plan, key="individen")
    column = shown(karin.get(HERE)).one("li", id=f"area-{area.pk}")
    for each in (
        *area.indicators.all(),
        *area.activities.all(),
        *area.projects.all(),
        *area.target_groups.all(),
    ):
        assert str(each) in column.text
    assert "arbetsträning" in column.text  # one of the details of an activity


def test_a_financial_goal_is_marked(karin, plan):
    page = shown(karin.get(HERE))
    marked = {each.attributes["id"] for each in page.all("li", css="goal-card") if each.all(css="goal-mark")}
    assert (
        marked == {f"goal-{each.pk}" for each in Goal.objects.filter(plan=plan, is_financial=True)} != set()
    )


def test_the_page_says_where_the_document_shows_the_goals_and_when_it_does_not(karin, plan):
    page = shown(karin.get(HERE))
    places = [each.href for each in page.one("details", css="shown-in").all("a")]
    document = shown(karin.get("/skelleftea/plan/2014/"))
    assert places and all(document.one(id=address.partition("#")[2]) for address in places)
    Section.objects.filter(plan=plan, block__in=["scorecard", "areas", "goals"]).update(block="", settings={})
    page = shown(karin.get(HERE))
    assert "Ingen del av dokumentet visar målen." in page.one(css="goal-remarks").text
    assert "/skelleftea/plan/2014/skriv/" in [each.href for each in page.one(css="goal-remarks").all("a")]


def test_a_plan_without_goals_says_what_belongs_here_and_brings_them_from_another_year(karin, plan):
    make(plan.federation, Choice(2015), people.user())
    there = "/skelleftea/plan/2015/mal/"
    page = shown(karin.get(there))
    assert "Inga mål än" in page.text
    (form,) = [each for each in page.all("form") if each.attributes.get("action", "").endswith("/hamta/")]
    assert form.one("button").text == "Hämta från planen för 2014"
    assert goals_of(plan, "individen")[0] in form.text
    after = shown(karin.post(f"{there}hamta/", {"fran": "2014"}, follow=True))
    assert columns(after) == columns(shown(karin.get(HERE)))
    new = Plan.objects.get(plan_year=2015)
    for model in (Area, Goal, Indicator, Activity, TargetGroup):
        assert model.objects.filter(plan=new).count() == model.objects.filter(plan=plan).count() > 0
    assert "redan mål" in told(karin.post(f"{there}hamta/", {"fran": "2014"}, follow=True))
    button = after.one(css="undo").one("button")
    karin.post(button.attributes["formaction"], {"number": button.attributes["value"]})
    assert not Goal.objects.filter(plan=new).exists() and not TargetGroup.objects.filter(plan=new).exists()


CLOSED = {
    "draft": ("Den öppnas från översikten.", "/skelleftea/"),
    "consultation": ("Den öppnas när den är återförd till utkast", "/skelleftea/plan/2014/vagen/"),
    "board": ("som ligger hos styrelsen. Den öppnas när den är återförd", "/skelleftea/plan/2014/vagen/"),
    "adopted": ("Planen är fastställd och ändras inte mer.", "/skelleftea/plan/2014/revidera/"),
}


@pytest.mark.parametrize(("state", "said", "way"), [(state, *told) for state, told in CLOSED.items()])
def test_what_would_open_a_closed_plan_is_true_in_each_state(karin, plan, state, said, way):
    plan.budget.is_open = False
    plan.budget.save()
    in_state(plan, state)
    section = plan.sections.first()
    for address in ("mal/", "skriv/", "disposition/nytt/", f"disposition/avsnitt/{section.key}/innehall/"):
        message = shown(karin.get(f"/skelleftea/plan/2014/{address}")).one("main").one("div", css="message")
        assert said in message.text, address
        assert [link.href for link in message.all("a")] == [way], address


def test_a_closed_plan_is_read_only_and_says_why(karin, plan):
    plan.budget.is_open = False
    plan.budget.save()
    page = shown(karin.get(HERE))
    assert "Budgeten är stängd" in page.one("main").text
    assert not page.one(id="goals").all("button") and not page.one("main").all("form")
    goal = Goal.objects.filter(plan=plan).first()
    assert "Budgeten är stängd" in told(karin.get(f"{HERE}mal/{goal.pk}/"))
    assert "Budgeten är stängd" in told(moved(karin, "mal", goal.pk, "i="))
    goal.refresh_from_db()
    assert goal.area_id


# -- adding and changing -----------------------------------------------------------------------------


def test_a_goal_is_added_last_in_the_column_it_was_asked_for_in(karin, plan):
    area = Area.objects.get(plan=plan, key="ekonomi")
    before = goals_of(plan, "ekonomi")
    answer = filled(
        karin, f"{HERE}mal/ny/?i=area-{area.pk}", text="Resultatet är noll.", explanation="Så.\n\nDå."
    )
    goal = Goal.objects.get(text="Resultatet är noll.")
    assert answer["Location"] == f"{HERE}#goal-{goal.pk}"
    assert goals_of(plan, "ekonomi") == [*before, "Resultatet är noll."]
    assert goal.explanation == "<p>Så.</p>\n<p>Då.</p>"


def test_the_links_of_each_are_chosen_in_its_form(karin, plan):
    goal, project = Goal.objects.filter(plan=plan).first(), plan.federation.projects.first()
    group = TargetGroup.objects.filter(plan=plan).first()
    filled(karin, f"{HERE}mal/{goal.pk}/", projects=[str(project.pk)], target_groups=[str(group.pk)])
    assert list(goal.projects.all()) == [project] and list(goal.target_groups.all()) == [group]
    activity, section = Activity.objects.filter(plan=plan).first(), Section.objects.filter(plan=plan).first()
    filled(karin, f"{HERE}aktivitet/{activity.pk}/", projects=[str(project.pk)], sections=[str(section.pk)])
    assert list(activity.sections.all()) == [section] and list(activity.projects.all()) == [project]


def test_an_indicator_moves_to_what_it_is_said_to_belong_to(karin, plan):
    indicator, goal = Indicator.objects.filter(plan=plan).first(), Goal.objects.filter(plan=plan).last()
    filled(karin, f"{HERE}matt/{indicator.pk}/", owner=f"goal-{goal.pk}", target="40 %")
    indicator.refresh_from_db()
    assert (indicator.goal, indicator.area, indicator.target) == (goal, None, "40 %")


def test_a_form_that_lacks_something_says_so_once_and_keeps_what_was_typed(karin):
    page = shown(filled(karin, f"{HERE}matt/ny/", text="", target="40 %"), 422)
    assert faults(page) == {"text": "Fyll i ”Mått”.", "owner": "Välj vad det hör till."}
    assert page.one("input", name="target").attributes["value"] == "40 %"
    assert page.one(role="alert").text.count("hör till") == 1


def test_an_area_gets_a_name_in_references_that_no_other_has_had(karin, plan):
    karin.post(f"{HERE}omrade/{Area.objects.get(plan=plan, key='ekonomi').pk}/ta-bort/", {"seen": "0"})
    filled(karin, f"{HERE}omrade/ny/", name="Ekonomi", kind="perspective")
    assert Area.objects.get(plan=plan, name="Ekonomi").key == "ekonomi-2"


def test_a_text_with_a_list_and_a_live_figure_is_kept_when_another_field_is_changed(karin, plan):
    area = Area.objects.get(plan=plan, key="individen")
    text = '<p>Vi <strong>gör</strong>:</p>\n<ul>\n<li><span data-figure="what=costs">5</span></li>\n</ul>'
    Area.objects.filter(pk=area.pk).update(description=text)
    sent = {**opened(karin, f"{HERE}omrade/{area.pk}/"), "name": "Den enskilde"}
    sent["description"] = text.replace("\n", "\r\n")  # as a browser sends line ends
    karin.post(f"{HERE}omrade/{area.pk}/", sent)
    area.refresh_from_db()
    assert (area.name, area.description) == ("Den enskilde", text)
    change = GoalChange.objects.get(plan=plan)
    assert change.before == {f"area-{area.pk}": {"name": "Individen"}}


def test_two_who_change_the_same_field_both_see_it_and_choose(karin, olle, plan):
    goal = Goal.objects.filter(plan=plan).first()
    address = f"{HERE}mal/{goal.pk}/"
    mine = opened(karin, address)
    filled(olle, address, text="Olles mål", explanation="<p>Olles <em>ord</em></p>")
    answer = karin.post(address, {**mine, "text": "Karins mål"})
    assert answer.status_code == 409
    page = shown(answer, 409)
    clash = [each.text for each in page.all(css="clash")]
    assert any("Olles mål" in each for each in clash) and any("Olles ord" in each for each in clash)
    goal.refresh_from_db()
    assert goal.text == "Olles mål"
    again = {**mine, "text": "Karins mål", "gjord_av": page.one("input", name="gjord_av").attributes["value"]}
    again["explanation"] = "<p>Olles <em>ord</em></p>"
    karin.post(address, again)
    goal.refresh_from_db()
    assert (goal.text, goal.explanation) == ("Karins mål", "<p>Olles <em>ord</em></p>")


def test_what_was_typed_into_a_removed_row_can_be_added_anew(karin, olle, plan):
    goal = Goal.objects.filter(plan=plan).first()
    mine = opened(karin, f"{HERE}mal/{goal.pk}/")
    olle.post(f"{HERE}mal/{goal.pk}/ta-bort/", {"seen": "0"})
    answer = karin.post(f"{HERE}mal/{goal.pk}/", {**mine, "text": "Karins mål"})
    assert answer.status_code == 410 and "tagit bort" in told(answer)
    form = shown(answer, 410).one("form", css="fields")
    assert form.attributes["action"] == f"{HERE}mal/ny/" and "Karins mål" in form.text


# -- moving ------------------------------------------------------------------------------------------


def test_a_goal_moves_within_its_column_and_to_another(karin, plan):
    area = Area.objects.get(plan=plan, key="individen")
    first, second = area.goals.all()
    page = shown(karin.get(HERE)).one("li", id=f"goal-{second.pk}")
    up = next(each for each in page.all("button") if each.text == "Flytta upp")
    karin.post(up.attributes["formaction"])
    assert goals_of(plan, "individen") == [second.text, first.text]
    other = Area.objects.get(plan=plan, key="ekonomi")
    there = list(other.goals.all())
    moved(karin, "mal", first.pk, f"i=area-{other.pk}&fore={there[1].pk}")
    assert goals_of(plan, "ekonomi") == [there[0].text, first.text, there[1].text]
    assert goals_of(plan, "individen") == [second.text]
    moved(karin, "mal", first.pk, "i=")
    first.refresh_from_db()
    assert first.area is None


def test_columns_indicators_activities_and_target_groups_move_too(karin, plan):
    for word, model in (("omrade", Area), ("malgrupp", TargetGroup)):
        one, two, *rest = model.objects.filter(plan=plan)
        moved(karin, word, one.pk, f"i=&efter={two.pk}")
        assert list(model.objects.filter(plan=plan)) == [two, one, *rest]
    area = Area.objects.get(plan=plan, key="individen")
    for word, rows in (("matt", area.indicators), ("aktivitet", area.activities)):
        before = list(rows.all())
        moved(karin, word, before[-1].pk, f"i=area-{area.pk}&fore={before[0].pk}")
        assert list(rows.all()) == [before[-1], *before[:-1]]


def test_a_move_on_an_outdated_board_is_still_right(karin, olle, plan):
    """Olle has moved the last to the front meanwhile: Karin's row stands beside the one she put it beside."""
    area = Area.objects.get(plan=plan, key="fornyelse")
    a, b, c, d, *rest = area.activities.all()
    moved(olle, "aktivitet", d.pk, f"i=area-{area.pk}&fore={a.pk}")
    moved(karin, "aktivitet", c.pk, f"i=area-{area.pk}&fore={a.pk}")
    assert list(area.activities.all()) == [d, c, a, b, *rest]


def test_a_move_beside_or_of_what_is_gone_says_so_and_changes_nothing(karin, olle, plan):
    area = Area.objects.get(plan=plan, key="individen")
    first, second = area.goals.all()
    elsewhere = Area.objects.get(plan=plan, key="ekonomi")
    moved(olle, "mal", second.pk, f"i=area-{elsewhere.pk}")
    assert "skulle stå bredvid" in told(moved(karin, "mal", first.pk, f"i=area-{area.pk}&efter={second.pk}"))
    olle.post(f"{HERE}mal/{second.pk}/ta-bort/", {"seen": "99"})
    assert "Någon annan har tagit bort det" in told(moved(karin, "mal", second.pk, "i="))
    olle.post(f"{HERE}omrade/{elsewhere.pk}/ta-bort/", {"seen": "99"})
    assert "skulle flyttas till" in told(moved(karin, "mal", first.pk, f"i=area-{elsewhere.pk}"))
    assert "skulle flyttas till" in told(moved(karin, "omrade", area.pk, f"i=area-{area.pk}"))
    assert goals_of(plan, "individen") == [first.text]


def test_the_pdf_follows_the_board(karin, plan):
    ekonomi = Area.objects.get(plan=plan, key="ekonomi")
    goal = Area.objects.get(plan=plan, key="individen").goals.first()

    def scorecard() -> str:
        """What the appendix says of Ekonomi."""
        answer = karin.get("/skelleftea/plan/2014/plan.pdf")
        return (
            " ".join(pdf.text(answer.getvalue()).split())
            .rpartition("Styrkort 2014")[2]
            .partition("Ekonomi")[2]
        )

    assert goal.text not in scorecard()
    moved(karin, "mal", goal.pk, f"i=area-{ekonomi.pk}")
    assert goal.text in scorecard()


# -- removing and undoing ----------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "model"), [("mal", Goal), ("omrade", Area), ("malgrupp", TargetGroup)])
def test_a_removed_row_comes_back_with_all_that_belongs_to_it(karin, plan, word, model):
    row = model.objects.filter(plan=plan).first()
    if model is Goal:
        Indicator.objects.create(plan=plan, goal=row, text="I arbete", target="40 %", position=50)
        done = Activity.objects.create(plan=plan, goal=row, text="Utbilda", position=50)
        done.sections.add(Section.objects.filter(plan=plan).first())
        done.projects.add(plan.federation.projects.first())
        row.projects.add(plan.federation.projects.last())
    before = all_rows(plan)
    page = shown(karin.post(f"{HERE}{word}/{row.pk}/ta-bort/", {"seen": "0"}, follow=True))
    assert "är borttag" in page.one(css="undo").text
    assert not model.objects.filter(pk=row.pk).exists()
    undo(karin)
    assert all_rows(plan) == before


def test_every_kind_of_change_is_undone_in_turn(karin, plan):
    before = all_rows(plan)
    area = Area.objects.get(plan=plan, key="individen")
    goal = area.goals.first()
    filled(karin, f"{HERE}mal/ny/?i=area-{area.pk}", text="Ett till")
    filled(karin, f"{HERE}mal/{goal.pk}/", text="Annat", projects=[])
    moved(karin, "mal", goal.pk, "i=")
    karin.post(f"{HERE}omrade/{area.pk}/ta-bort/", {"seen": "99"})
    for said in ("Individen” är borttaget", "är flyttat", "är ändrat", "Ett till” är tillagt"):
        assert said in shown(karin.get(HERE)).one(css="undo").text
        undo(karin)
    assert all_rows(plan) == before
    assert not shown(karin.get(HERE)).all(css="undo")


def test_what_somebody_has_changed_since_is_not_undone(karin, olle, plan):
    goal = Goal.objects.filter(plan=plan).first()
    filled(karin, f"{HERE}mal/{goal.pk}/", text="Karins")
    filled(olle, f"{HERE}mal/{goal.pk}/", text="Olles")
    answer = karin.post(f"{HERE}angra/", {"number": "1"}, follow=True)
    assert "har ändrats sedan dess" in told(answer)
    goal.refresh_from_db()
    assert goal.text == "Olles"


def test_a_target_group_that_was_linked_after_it_was_added_is_not_undone(karin, olle, plan):
    filled(karin, f"{HERE}malgrupp/ny/", name="Nya")
    group = TargetGroup.objects.get(name="Nya")
    goal = Goal.objects.filter(plan=plan).first()
    filled(olle, f"{HERE}mal/{goal.pk}/", target_groups=[str(group.pk)])
    assert "har ändrats sedan dess" in told(karin.post(f"{HERE}angra/", {"number": "1"}, follow=True))
    assert TargetGroup.objects.filter(pk=group.pk).exists()


def test_nobody_removes_what_another_has_changed_unseen(karin, olle, plan):
    area = Area.objects.get(plan=plan, key="individen")
    filled(olle, f"{HERE}mal/{area.goals.first().pk}/", text="Olles")
    answer = karin.post(f"{HERE}omrade/{area.pk}/ta-bort/", {"seen": "0"}, follow=True)
    assert "Någon annan har ändrat perspektivet ”Individen” sedan du såg det" in told(answer)
    assert Area.objects.filter(pk=area.pk).exists()


def test_the_history_says_who_did_what(karin, olle, plan):
    goal = Goal.objects.create(plan=plan, text="Kort mål")
    moved(olle, "mal", goal.pk, f"i=area-{Area.objects.filter(plan=plan).first().pk}")
    entry = shown(karin.get(HERE)).one("details", css="outline-history").one("li")
    assert "Olle Ask flyttade målet ”Kort mål”" in entry.text


def test_the_board_takes_as_many_queries_however_much_stands_on_it(karin, plan):
    with CaptureQueriesContext(connection) as few:
        karin.get(HERE)
    area = Area.objects.get(plan=plan, key="individen")
    for number in range(20):
        Goal.objects.create(plan=plan, area=area, text=f"Mål {number}", position=100 + number)
    with CaptureQueriesContext(connection) as many:
        karin.get(HERE)
    assert len(many) == len(few)
