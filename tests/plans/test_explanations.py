"""The motiveringar: which are asked for, what happens when a figure changes, two people, and where they are
printed."""

from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from docx import Document as Word

from budgets.models import Amount
from members.models import RoleKind
from plans.compose import Kind, compose
from plans.document import BulletList, plain
from plans.models import Explanation, Plan
from plans.reading import read_plan
from plans.render import docx, html, pdf
from plans.states.lacking import lacking
from plans.states.moving import Mover, send
from plans.versions.contents import ShownExplanation, read
from tests.members import people
from tests.members.people import client_of, with_role
from tests.members.shown_page import Element, shown
from tests.plans.ready_plans import WHY, gotland, gotland_ready
from tests.services import pdf as pdf_files

pytestmark = pytest.mark.django_db

HERE = "/gotland/plan/2021/motiveringar/"
DEFICIT, OPENING, PRINTED = 0, 1, range(2, 11)
"""The findings of Gotland by their places on the page: one of balance, one of equity, nine printed sums."""


@pytest.fixture
def plan() -> Plan:
    return gotland()


def director(plan: Plan, name: str = "Karin Ek") -> Client:
    return client_of(with_role(plan.federation, RoleKind.DIRECTOR, people.user(name=name)))


def form(page: Element) -> dict[str, str]:
    """What a browser would send of the page's form as it stands."""
    fields = page.one("main").one("form", css="explanations")
    values = {each.attributes["name"]: each.attributes["value"] for each in fields.all("input")}
    texts = {each.attributes["name"]: "".join(each.children) for each in fields.all("textarea")}  # type: ignore[arg-type]
    return {name: value for name, value in {**values, **texts}.items() if name != "csrfmiddlewaretoken"}


def opened(client: Client) -> dict[str, str]:
    return form(shown(client.get(HERE)))


def write(client: Client, texts: dict[int, str], **more: str) -> HttpResponse:
    """Open the page, write, and save."""
    return client.post(HERE, {**opened(client), **{f"text-{n}": text for n, text in texts.items()}, **more})


def part(page: Element, place: int) -> Element:
    """A finding with all that belongs to it."""
    found = page.one("textarea", id=f"text-{place}")
    while "explanation" not in found.attributes.get("class", "").split():
        assert found.parent
        found = found.parent
    return found


def stored(plan: Plan) -> list[tuple[str, str, str]]:
    rows = plan.explanations.order_by("pk")
    return [(row.code, row.text, row.made_by_name) for row in rows]


def with_costs(plan: Plan, amount: int) -> None:
    """The deficit changed, by what JobbSam costs in the plan year (2 203 500 as printed)."""
    cell = Amount.objects.filter(line__budget=plan.budget, line__name="JobbSam 3.0", year__year=2021)
    assert cell.update(amount=amount) == 1


# -- what is asked for -------------------------------------------------------------------------------


def test_every_warning_is_asked_about_and_nothing_else(plan):
    page = shown(director(plan).get(HERE)).one("main")
    findings = [each.text for each in page.all("p", css="finding")]
    assert len(findings) == len(page.all("textarea", rows="3")) - 1 == 11  # and one text for all of a rule
    assert findings[DEFICIT].startswith("Underskott 2021: intäkterna 4 324 000 kr är 650 000 kr lägre")
    assert findings[DEFICIT].endswith("KL (2017:725) 11 kap. 5 § via FinsamL 21 §.")
    assert all(findings[place].startswith("Tryckt summa") for place in PRINTED)
    assert "under lägsta nivån" not in page.text  # a notice
    titles = [each.text for each in page.all("legend")]
    assert titles == [
        "Intäkterna ska överstiga kostnaderna",
        "Ingående eget kapital följer av året före",
        "Tryckta summor stämmer",
    ]


def test_errors_are_told_as_what_must_be_mended(plan):
    page = shown(director(plan).get(HERE)).one("main")
    (error,) = page.one("ul", css="lacks").all("li")
    assert error.text.startswith("Planen saknar finansiella mål")
    assert error.one("a").href == "/gotland/plan/2021/skriv/"
    assert "Motivera" not in error.text


def test_a_plan_without_warnings_says_so(plan):
    plan.budget.lines.all().delete()
    plan.budget.printed_totals.all().delete()
    page = shown(director(plan).get(HERE)).one("main")
    assert "Planen har inga varningar att motivera." in page.text
    assert not page.all("textarea")


# -- writing -----------------------------------------------------------------------------------------


def test_what_is_written_is_saved_with_name_and_day_and_no_longer_missing(plan):
    client = director(plan)
    answer = write(client, {DEFICIT: " Vi använder eget kapital.\r\nSedan är det balans. "})
    assert answer["Location"] == HERE
    page = shown(client.get(HERE))
    assert "10 varningar är inte motiverade än." in page.one(role="status").text
    assert stored(plan) == [("BALANCE", "Vi använder eget kapital.\nSedan är det balans.", "Karin Ek")]
    assert "Karin Ek" in part(page, DEFICIT).text
    assert str(timezone.localdate().year) in part(page, DEFICIT).text
    missing = [each.sentence for each in lacking(read_plan(plan), "board")]
    assert not any("Underskott" in each for each in missing)
    assert sum(each.startswith("Motivering saknas") for each in missing) == 10


def test_one_text_for_all_of_a_rule_that_have_none(plan):
    client = director(plan)
    write(client, {PRINTED[0]: "Just den här raden är ny."})
    texts = {DEFICIT: "Därför.", OPENING: "Därför."}
    answer = write(client, texts, **{"all-PRINTED_TOTAL": "Dokumentet räknade fel."})
    assert "Alla varningar är motiverade." in shown(client.get(answer["Location"])).one(role="status").text
    texts = [text for code, text, _ in stored(plan) if code == "PRINTED_TOTAL"]
    assert texts == ["Just den här raden är ny."] + ["Dokumentet räknade fel."] * 8
    assert not [each for each in lacking(read_plan(plan), "board") if each.where == "explanations"]


def test_a_text_that_is_emptied_is_taken_away(plan):
    client = director(plan)
    write(client, {DEFICIT: "Därför."})
    write(client, {DEFICIT: "  "})
    assert not stored(plan)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Därför \x07", "styrtecken (U+0007)"),
        ("a" * 3001, "Texten är 3001 tecken. Skriv högst 3000."),
        ("Därför \U0001f642", "går inte att skriva ut"),
    ],
)
def test_a_text_that_cannot_be_saved_is_told_beside_it_and_nothing_typed_is_lost(plan, text, fault):
    client = director(plan)
    page = shown(write(client, {DEFICIT: text, OPENING: "En prognos."}), 422)
    assert fault in part(page, DEFICIT).one(role="alert").text
    assert not part(page, OPENING).all(role="alert")
    values = form(page)
    assert (values["text-0"], values["text-1"]) == (text, "En prognos.")
    assert not stored(plan)
    client.post(HERE, {**values, "text-0": "Därför."})
    assert len(stored(plan)) == 2


def test_a_closed_plan_is_not_explained_and_what_was_typed_is_there(plan):
    client = director(plan)
    values = {**opened(client), "text-0": "För sent."}
    plan.set_open(False)
    page = shown(client.post(HERE, values), 409)
    assert "Budgeten är stängd" in page.one(role="alert").text
    assert page.one("textarea", id="text-0").text == "För sent."
    assert not stored(plan)
    assert not shown(client.get(HERE)).one("main").all("button")


@pytest.mark.parametrize("seal", ["", "påhittat", "WzFd:1aaaaa:xxxx"])
def test_a_field_that_the_page_has_not_made_saves_nothing(plan, seal):
    assert director(plan).post(HERE, {"for-0": seal, "text-0": "Därför."}).status_code == 400
    assert not stored(plan)


def test_a_field_of_another_plan_saves_nothing(plan, norrby):
    values = opened(director(plan))
    theirs = people.reader(norrby.federation)
    answer = theirs.post("/norrby/plan/2021/motiveringar/", {**values, "text-0": "Därför."})
    assert answer.status_code == 400
    assert not Explanation.objects.exists()


# -- two people --------------------------------------------------------------------------------------


def met(plan: Plan) -> tuple[Client, Client, Element]:
    """Karin and Anna have written about the same finding, Karin first; Anna about another too."""
    karin, anna = director(plan), director(plan, "Anna Berg")
    hers = opened(anna)
    write(karin, {DEFICIT: "Karins ord."})
    page = shown(anna.post(HERE, {**hers, "text-0": "Annas ord.", "text-1": "En prognos."}), 409)
    return karin, anna, page


def test_the_second_sees_both_and_loses_nothing(plan):
    _, _, page = met(plan)
    finding = part(page, DEFICIT)
    assert "Karin Ek har sparat: Karins ord." in finding.text
    assert page.one("textarea", id="text-0").text == "Annas ord."
    assert stored(plan) == [
        ("BALANCE", "Karins ord.", "Karin Ek"),
        ("EQUITY_CHAIN", "En prognos.", "Anna Berg"),
    ]


def test_the_second_may_save_her_own_all_the_same(plan):
    _, anna, page = met(plan)
    assert anna.post(HERE, form(page))["Location"] == HERE
    assert stored(plan)[0] == ("BALANCE", "Annas ord.", "Anna Berg")


def test_the_second_may_keep_what_the_first_saved(plan):
    _, anna, page = met(plan)
    assert part(page, DEFICIT).one("button").attributes["name"] == "take"
    assert anna.post(HERE, {**form(page), "take": "0"})["Location"] == HERE
    assert stored(plan)[0] == ("BALANCE", "Karins ord.", "Karin Ek")


def test_who_leaves_a_field_alone_changes_nothing_in_it(plan):
    karin, anna = director(plan), director(plan, "Anna Berg")
    hers = opened(anna)
    write(karin, {DEFICIT: "Karins ord."})
    assert anna.post(HERE, {**hers, "text-1": "En prognos."})["Location"] == HERE
    assert stored(plan)[0] == ("BALANCE", "Karins ord.", "Karin Ek")


def test_the_same_words_twice_are_no_meeting(plan):
    karin, anna = director(plan), director(plan, "Anna Berg")
    hers = {**opened(anna), "text-0": "Samma ord."}
    write(karin, {DEFICIT: "Samma ord."})
    assert anna.post(HERE, hers)["Location"] == HERE
    assert stored(plan) == [("BALANCE", "Samma ord.", "Karin Ek")]


def test_who_changes_what_has_been_taken_away_is_told(plan):
    karin, anna = director(plan), director(plan, "Anna Berg")
    write(karin, {DEFICIT: "Karins ord."})
    hers = {**opened(anna), "text-0": "Karins ord, ändrade."}
    write(karin, {DEFICIT: ""})
    page = shown(anna.post(HERE, hers), 409)
    assert "Någon annan har tagit bort motiveringen." in part(page, DEFICIT).text
    assert anna.post(HERE, form(page))["Location"] == HERE
    assert stored(plan) == [("BALANCE", "Karins ord, ändrade.", "Anna Berg")]


# -- a figure that changes ---------------------------------------------------------------------------


def test_a_changed_figure_asks_again_and_shows_what_was_said(plan):
    client = director(plan)
    write(client, {DEFICIT: "Vi använder eget kapital."})
    with_costs(plan, 2_303_500)
    assert any("Underskott 2021" in each.sentence for each in lacking(read_plan(plan), "board"))
    finding = part(shown(client.get(HERE)), DEFICIT)
    assert "är 750 000 kr lägre" in finding.one("p", css="finding").text
    assert finding.one("textarea").text == ""
    assert "Motiveringen gällde: Underskott 2021: intäkterna 4 324 000 kr är 650 000 kr lägre" in finding.text
    assert "Vi använder eget kapital." in finding.text
    assert finding.one("button").text == "Använd igen"


def test_what_was_said_is_used_again_with_one_click(plan):
    client = director(plan)
    write(client, {DEFICIT: "Vi använder eget kapital."})
    with_costs(plan, 2_303_500)
    anna = director(plan, "Anna Berg")
    assert write(anna, {OPENING: "En prognos."}, again="0")["Location"] == HERE
    assert stored(plan) == [
        ("BALANCE", "Vi använder eget kapital.", "Anna Berg"),
        ("EQUITY_CHAIN", "En prognos.", "Anna Berg"),
    ]
    assert "750\u00a0000" in plan.explanations.get(code="BALANCE").sentence
    assert "Motiveringen gällde" not in shown(anna.get(HERE)).text


def test_new_words_take_the_place_of_the_old(plan):
    client = director(plan)
    write(client, {DEFICIT: "Gammalt."})
    with_costs(plan, 2_303_500)
    write(client, {DEFICIT: "Nytt."})
    assert stored(plan) == [("BALANCE", "Nytt.", "Karin Ek")]


def test_a_figure_that_is_changed_back_has_its_words_again(plan):
    client = director(plan)
    write(client, {DEFICIT: "Vi använder eget kapital."})
    with_costs(plan, 2_303_500)
    with_costs(plan, 2_203_500)
    assert shown(client.get(HERE)).one("textarea", id="text-0").text == "Vi använder eget kapital."


def test_a_figure_that_changes_while_one_writes_loses_nothing(plan):
    client = director(plan)
    values = {**opened(client), "text-0": "Vi använder eget kapital."}
    with_costs(plan, 2_303_500)
    client.post(HERE, values)
    finding = part(shown(client.get(HERE)), DEFICIT)
    assert finding.one("textarea").text == ""
    assert "Motiveringen gällde" in finding.text and "Vi använder eget kapital." in finding.text


def test_a_figure_that_changes_while_one_writes_what_cannot_be_saved_loses_nothing(plan):
    client = director(plan)
    values = {**opened(client), "text-0": "Därför \x07"}
    with_costs(plan, 2_303_500)
    page = shown(client.post(HERE, values), 422)
    (gone,) = [each for each in page.all("textarea") if "Därför" in each.text]
    assert "har ändrats medan du skrev" in part(page, int(gone.id.removeprefix("text-"))).text


def test_words_about_what_the_rules_no_longer_say_stay_until_they_are_removed(plan):
    client = director(plan)
    write(client, {DEFICIT: "Vi använder eget kapital."})
    with_costs(plan, 1_000_000)
    page = shown(client.get(HERE)).one("main")
    left = page.one("section", css="left")
    assert "Vi använder eget kapital." in left.text and "Underskott 2021" in left.text
    assert write(client, {}, remove=left.one("button").attributes["value"])["Location"] == HERE
    assert not stored(plan)


# -- where it is printed -----------------------------------------------------------------------------


def explained(plan: Plan) -> Any:
    """Gotland's picture with its deficit explained."""
    write(director(plan), {DEFICIT: "Vi använder eget kapital.\nSedan 650 000 kr mindre."})
    return read_plan(plan, contents=True)


@pytest.mark.parametrize("kind", [Kind.BUDGET, Kind.BOARD])
def test_the_explanation_stands_beneath_its_finding_in_every_format(plan, kind):
    document = compose(explained(plan), timezone.localtime(), kind)
    today = f"{timezone.localdate():%Y-%m-%d}"
    words = f"Motivering: Vi använder eget kapital. Sedan 650\u00a0000\u00a0kr mindre. ({today})"
    lists = [block for block in document.blocks if isinstance(block, BulletList) and block.ordered]
    items = [item for block in lists for item in block.items if item.lists]
    assert [plain(item.spans)[:26] for item in items] == ["Varning. Underskott 2021: "]
    assert [plain(each.spans) for each in items[0].lists[0].items] == [words.replace("\u00a0kr", " kr")]
    plain_words = words.replace("\u00a0", " ")
    printed = pdf.render(document)
    assert not pdf_files.tag_faults(printed)
    in_word = " ".join(each.text for each in Word(BytesIO(docx.render(document))).paragraphs)
    on_page = html.render(document).replace("<strong>", "").replace("</strong>", "")
    for written in (on_page, in_word, pdf_files.text(printed)):
        assert plain_words in " ".join(written.replace("\u00a0", " ").split())


def test_a_version_holds_the_explanations_with_its_findings():
    plan = gotland_ready()
    user = with_role(plan.federation, RoleKind.DIRECTOR)
    version = send(plan, "submit", Mover(user, frozenset({RoleKind.DIRECTOR}), 0))  # type: ignore[arg-type]
    findings = read(version.content).findings
    for each in findings:
        assert (each.explanation is not None) == (each.severity == "warning")
    today = f"{timezone.localdate():%Y-%m-%d}"
    assert findings[0].explanation == ShownExplanation(WHY, "Karin Ek", today)
