"""A förbundschef makes the next plan: looks at what it would be, and makes it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from budgets.models import Amount, Budget
from budgets.reading import read_sheet
from members import access
from members.access import REASONS, Action
from members.models import Federation, Member, RoleKind
from plans.models import Goal, Plan, Section, plan_of
from projects.models import Project
from tests.loading import load
from tests.members import people
from tests.members.people import PASSWORD, client_of, reader, with_role
from tests.members.shown_page import Element, shown

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
FROM_2021 = {"plan_year": "2022", "source": "2021", "missing_years": "tomt"}


@pytest.fixture
def gotland() -> Federation:
    return load(FIXTURES / "gotland")[0]


def counts() -> tuple[int, int, int]:
    return Plan.objects.count(), Budget.objects.count(), Amount.objects.count()


def heading(page: Element) -> str:
    return page.one("h1").text


def list_under(page: Element, heading: str) -> list[str]:
    (section,) = [s for s in page.all("section") if s.all("h2") and s.one("h2").text == heading]
    return [item.text for item in section.all("li")]


def sheet_of(federation: Federation, year: int):
    return read_sheet(Budget.objects.get(federation=federation, plan_year=year))


# -- it works ----------------------------------------------------------------------------------------


def test_the_next_year_from_the_latest_plan_is_proposed(gotland):
    page = shown(reader(gotland).get("/gotland/ny-plan/"))
    assert heading(page) == "Ny plan för 2022"
    rows = [[cell.text for cell in row if cell.tag in ("th", "td")] for row in page.all("tr")[1:]]
    assert rows == [
        ["2021 budget", "som den är, till jämförelse", "650 000", "−650 000", "0"],
        ["2022 budget", "2022 plan", "0", "0", "0"],
        ["2023 plan", "2023 plan", "0", "0", "0"],
        ["2024 plan", "tom", "0", "–", "–"],
    ]
    assert list_under(page, "Poster som inte följer med") == [
        "JobbSam 2.0 (Q1 och Q2) insatsen slutar juni 2020"
    ]
    assert list_under(page, "Poster utan belopp") == ["Extra tilldelning"]
    assert "Kolumner som inte följer med: 2020 budget." in page.text
    assert page.one("button", css="primary").text == "Skapa planen för 2022 från 2021"


def test_looking_writes_nothing(gotland):
    before, last = counts(), Plan.objects.get().made_at
    client = reader(gotland)
    for query in ("", "?plan_year=2023", "?source=poster", "?plan_year=2021", "?plan_year=x&source=y"):
        assert client.get(f"/gotland/ny-plan/{query}").status_code == 200
    assert counts() == before
    assert Plan.objects.get().made_at == last


def test_what_is_shown_is_made(gotland):
    karin = with_role(gotland, RoleKind.DIRECTOR)
    old = sheet_of(gotland, 2021)
    answer = client_of(karin).post("/gotland/ny-plan/", FROM_2021)
    assert (answer.status_code, answer["Location"]) == (302, "/gotland/budget/2022/")
    plan = Plan.objects.get(plan_year=2022)
    assert (plan.made_by, plan.state, plan.copied_from.plan_year) == (karin, "draft", 2021)
    assert plan.budget.is_open
    new = sheet_of(gotland, 2022)
    assert [(c.year, c.kind) for c in new.columns] == [
        (2021, "budget"),
        (2022, "budget"),
        (2023, "plan"),
        (2024, "plan"),
    ]
    # The equity of 2021 leaves nothing; the 32 555 kr of 2022 are still to be used.
    assert [f.opening for f in new.figures] == [650_000, 0, 0, 0]
    assert [f.costs for f in new.figures] == [4_974_000, 4_260_000, 4_240_000, None]
    assert len(new.lines) == len(old.lines) - 1
    assert {(each.name, each.group, each.subgroup, each.project, each.member) for each in new.lines} < {
        (each.name, each.group, each.subgroup, each.project, each.member) for each in old.lines
    }


def test_the_plan_it_was_made_from_is_as_it_was(gotland):
    before = sheet_of(gotland, 2021)
    reader(gotland).post("/gotland/ny-plan/", FROM_2021)
    assert sheet_of(gotland, 2021) == before


def test_what_becomes_of_the_text_is_said_and_the_way_to_it_stands_where_one_lands(gotland):
    client = reader(gotland)
    said = " ".join(list_under(shown(client.get("/gotland/ny-plan/")), "Texten"))
    number = Section.objects.count()
    assert f"Texten följer med från planen för 2021: {number} avsnitt" in said
    assert "Årtal" in said and "Mål, målgrupper" in said
    message = shown(client.post("/gotland/ny-plan/", FROM_2021, follow=True)).one("div", css="success")
    assert "Planen för 2022 är skapad" in message.text
    assert message.one("a").href == "/gotland/plan/2022/skriv/"


def test_who_begins_the_text_otherwise_gets_none_of_last_years(gotland):
    client = reader(gotland)
    choices = {**FROM_2021, "text": "ingen"}
    page = shown(client.get("/gotland/ny-plan/", choices))
    assert "Planen får ingen text än" in " ".join(list_under(page, "Texten"))
    sent = {
        each.attributes["name"]: each.attributes["value"]
        for each in page.one("form", css="make").all("input")
    }
    assert sent["text"] == "ingen"
    client.post("/gotland/ny-plan/", sent)
    plan = Plan.objects.get(plan_year=2022)
    assert not Section.objects.filter(plan=plan).exists()
    assert plan.title.endswith("2022") and Goal.objects.filter(plan=plan).exists()
    begin = shown(client.get("/gotland/plan/2022/skriv/"))
    assert begin.all("form", action="/gotland/plan/2022/borja/word/")


def test_the_new_budget_is_shown_and_judged(gotland):
    client = reader(gotland)
    page = shown(client.post("/gotland/ny-plan/", FROM_2021, follow=True))
    assert heading(page).startswith("Budget 2022")
    assert "JobbSam 3.0" in page.text


def test_missing_years_with_the_amounts_of_the_year_before(gotland):
    reader(gotland).post("/gotland/ny-plan/", {**FROM_2021, "missing_years": "samma"})
    figures = sheet_of(gotland, 2022).figures[-1]
    assert (figures.income, figures.costs, figures.closing) == (4_240_000, 4_240_000, 0)


def test_formulas_and_parts_of_lines_follow(gotland):
    lines = Budget.objects.get().lines
    whole, part = lines.get(name="JobbSam 3.0"), lines.get(name="Dialogmöten")
    lines.filter(pk=part.pk).update(part_of=whole)
    Amount.objects.filter(line=whole, year__year=2022).update(formula="=2000000+294300")
    reader(gotland).post("/gotland/ny-plan/", FROM_2021)
    part = Budget.objects.get(plan_year=2022).lines.get(name="Dialogmöten")
    assert part.part_of.name == "JobbSam 3.0"
    assert part.part_of.amounts.get(year__year=2022).formula == "=2000000+294300"
    # 15 000 kr less than before: a part is not summed once more.
    assert sheet_of(gotland, 2022).figures[1].costs == 4_245_000


@pytest.mark.parametrize(
    ("slug", "year", "opening", "closing"),
    [
        ("gotland", 2021, 0, 0),
        ("lund", 2017, 2_725_000, 4_575_000),
        ("landskrona-svalov", 2009, 4_982_000, 0),
        ("skelleftea", 2014, 799_000, None),
        ("introduktion", 2017, 2_145_000, 1_263_000),
    ],
)
def test_every_real_federation_goes_on_to_the_next_year(slug, year, opening, closing):
    federation, _ = load(FIXTURES / slug)
    client = reader(federation)
    client.post(f"/{slug}/ny-plan/", {"plan_year": str(year + 1), "source": str(year)})
    new = sheet_of(federation, year + 1)
    assert (new.figures[1].opening, new.figures[1].closing) == (opening, closing)
    assert new.figures[1].opening == new.figures[0].closing
    shown(client.get(f"/{slug}/budget/{year + 1}/"))


def test_year_after_year(gotland):
    """What was made is made from in its turn."""
    client = reader(gotland)
    for year in range(2022, 2027):
        answer = client.post(
            "/gotland/ny-plan/", {"plan_year": str(year), "source": str(year - 1), "missing_years": "samma"}
        )
        assert answer.status_code == 302
    last = sheet_of(gotland, 2026)
    assert [c.year for c in last.columns] == [2025, 2026, 2027, 2028]
    assert [f.closing for f in last.figures] == [0, 0, 0, 0]


def test_a_closed_plan_may_be_made_from(gotland):
    Budget.objects.update(is_open=False)
    assert reader(gotland).post("/gotland/ny-plan/", FROM_2021).status_code == 302
    assert Budget.objects.get(plan_year=2022).is_open
    assert not Budget.objects.get(plan_year=2021).is_open


# -- from nothing ------------------------------------------------------------------------------------


@pytest.fixture
def norrby() -> Federation:
    federation = people.federation(unit="kSEK")
    for position, (name, kind, left) in enumerate(
        [
            ("Arbetsförmedlingen", "state", ""),
            ("Försäkringskassan", "state", ""),
            ("Region Norr", "region", ""),
            ("Norrby kommun", "municipality", ""),
            ("Vik", "municipality", "2019"),
        ]
    ):
        Member.objects.create(federation=federation, name=name, kind=kind, left=left, position=position)
    for name, status, ends in [
        ("Steget", "running", ""),
        ("Trappan", "granted", "2024"),
        ("Idén", "idea", ""),
        ("Över", "ended", ""),
        ("Förbi", "running", "2020-12-31"),
    ]:
        Project.objects.create(federation=federation, name=name, status=status, ends=ends, level="individual")
    return federation


def test_the_first_plan_has_lines_to_start_from(norrby):
    client = reader(norrby)
    answer = client.post("/norrby/ny-plan/", {"plan_year": "2021", "source": "poster"})
    assert answer["Location"] == "/norrby/budget/2021/"
    new = sheet_of(norrby, 2021)
    assert [(c.year, c.kind) for c in new.columns] == [
        (2020, "budget"),
        (2021, "budget"),
        (2022, "plan"),
        (2023, "plan"),
    ]
    assert [(each.section, each.name, each.member_kind or each.line_class) for each in new.lines] == [
        ("income", "Försäkringskassan (även för Arbetsförmedlingen)", "state"),
        ("income", "Region Norr", "region"),
        ("income", "Norrby kommun", "municipality"),
        ("opening_equity", "Ingående eget kapital", ""),
        ("cost", "Styrelse", "board"),
        ("cost", "Kansli", "administration"),
        ("cost", "Revision", "audit"),
        ("cost", "Steget", "insats"),
        ("cost", "Trappan", "insats"),
    ]
    assert [each.member for each in new.lines[:3]] == ["Försäkringskassan", "Region Norr", "Norrby kommun"]
    assert [each.project for each in new.lines[-2:]] == ["Steget", "Trappan"]
    assert new.unit == "kSEK"
    assert not Amount.objects.exists()
    shown(client.get("/norrby/budget/2021/"))


def test_a_wholly_empty_plan(norrby):
    reader(norrby).post("/norrby/ny-plan/", {"plan_year": "2021", "source": "tom"})
    new = sheet_of(norrby, 2021)
    assert (len(new.columns), new.lines) == (4, ())


def test_a_federation_of_nothing_can_begin():
    vik = people.federation("vik")
    client = reader(vik)
    page = shown(client.get("/vik/ny-plan/"))
    assert heading(page) == f"Ny plan för {timezone.localdate().year + 1}"
    assert client.post("/vik/ny-plan/", {"plan_year": "2004", "source": "poster"}).status_code == 302
    assert [c.year for c in sheet_of(vik, 2004).columns] == [2004, 2005, 2006]


def test_the_first_plan_is_offered_where_a_budget_would_be():
    vik = people.federation("vik")
    client = reader(vik)
    for address in ("/vik/", "/vik/budget/"):
        button = shown(client.get(address)).one("main").one("a", css="primary")
        assert (button.href, button.text) == ("/vik/ny-plan/", "Börja den första planen")


# -- who may not -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(set(RoleKind) - access.ALLOWED[Action.CREATE_PLAN]))
def test_a_role_without_the_right_makes_no_plan(gotland, kind):
    before = counts()
    client = client_of(with_role(gotland, kind))
    for answer in (client.get("/gotland/ny-plan/"), client.post("/gotland/ny-plan/", FROM_2021)):
        page = shown(answer, 403)
        assert REASONS[Action.CREATE_PLAN] in page.text
    assert counts() == before
    assert "ny-plan" not in client.get("/gotland/").content.decode()


def test_the_director_of_another_federation_finds_nothing(gotland):
    client = reader(people.federation("soderby"))
    assert client.get("/gotland/ny-plan/").status_code == 404
    assert client.post("/gotland/ny-plan/", FROM_2021).status_code == 404
    assert not Plan.objects.filter(plan_year=2022).exists()


def test_nobody_is_asked_to_sign_in(gotland):
    assert Client().post("/gotland/ny-plan/", FROM_2021)["Location"].startswith("/logga-in/")
    assert not Plan.objects.filter(plan_year=2022).exists()


def test_a_page_of_another_site_makes_no_plan(gotland):
    client = Client(enforce_csrf_checks=True)
    client.force_login(with_role(gotland, RoleKind.DIRECTOR))
    assert client.post("/gotland/ny-plan/", FROM_2021).status_code == 403
    assert not Plan.objects.filter(plan_year=2022).exists()


def test_the_plan_of_another_federation_cannot_be_made_from(gotland):
    soderby = people.federation("soderby")
    page = shown(reader(soderby).post("/soderby/ny-plan/", FROM_2021))
    assert "Välj en av förbundets planer" in page.text
    assert not Plan.objects.filter(federation=soderby).exists()


# -- odd input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        ({"plan_year": ""}, "Skriv ett planår."),
        ({"plan_year": "nästa"}, "Skriv planåret med fyra siffror."),
        ({"plan_year": "2003"}, "2004 eller senare"),
        ({"plan_year": "2099"}, "2098 eller tidigare"),
        ({"plan_year": "9" * 4000}, "2098 eller tidigare"),
        ({"plan_year": "20\x0022"}, "Skriv planåret med fyra siffror."),
        ({"source": ""}, "Välj vad planen ska börja från."),
        ({"source": "1999"}, "Välj en av förbundets planer"),
        ({"source": "²"}, "Välj en av förbundets planer"),
        ({"plan_year": "2020"}, "Planen för 2021 är inte äldre än 2020."),
        ({"missing_years": "båda"}, "Välj tomma år"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_choice_is_told_and_what_was_written_stays(gotland, method, entered, sentence):
    before = counts()
    page = shown(getattr(reader(gotland), method)("/gotland/ny-plan/", {**FROM_2021, **entered}))
    assert sentence in page.text
    assert "Ingen plan är skapad." in page.one(role="alert").text
    if "plan_year" in entered and "\0" not in entered["plan_year"]:
        assert page.one("input", id="id_plan_year").attributes["value"] == entered["plan_year"]
    assert not page.all("button", css="primary")
    assert counts() == before


def test_an_empty_post_makes_nothing(gotland):
    before = counts()
    assert "Skriv ett planår." in shown(reader(gotland).post("/gotland/ny-plan/", {})).text
    assert counts() == before


def test_a_year_that_has_a_plan_gives_a_link_to_it(gotland):
    page = shown(reader(gotland).post("/gotland/ny-plan/", {**FROM_2021, "plan_year": "2021"}), 409)
    assert "Det finns redan en plan för 2021" in page.one(role="alert").text
    assert page.one(role="alert").one("a").href == "/gotland/budget/2021/"


def test_a_name_is_text_in_what_is_shown():
    federation = people.federation()
    budget = Budget.objects.create(federation=federation, plan_year=2021, unit="SEK")
    budget.years.create(year=2021, kind="budget", position=0, label="<i>")
    budget.lines.create(section="cost", line_class="audit", name="<b>Revision", position=0)
    plan_of(budget)
    page = shown(reader(federation).get("/norrby/ny-plan/"))
    assert list_under(page, "Poster utan belopp") == ["<b>Revision"]
    assert "2021 budget (<i>)" in page.text


# -- two at once -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("source", ["2021", "poster"])
def test_of_two_who_make_the_same_plan_at_once_one_does_and_the_other_is_told(source):
    gotland, _ = load(FIXTURES / "gotland")
    addresses = [with_role(gotland, RoleKind.DIRECTOR).email for _ in range(4)]
    together = Barrier(len(addresses))

    def make(email: str):
        try:
            client = Client()
            assert client.login(username=email, password=PASSWORD)
            together.wait()
            return client.post("/gotland/ny-plan/", {**FROM_2021, "source": source})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(addresses)) as pool:
        answers = sorted(pool.map(make, addresses), key=lambda answer: answer.status_code)
    assert [answer.status_code for answer in answers] == [302, 409, 409, 409]
    for answer in answers[1:]:
        assert shown(answer, 409).one(role="alert").one("a").href == "/gotland/budget/2022/"
    assert Plan.objects.filter(federation=gotland, plan_year=2022).count() == 1
    assert Budget.objects.filter(federation=gotland, plan_year=2022).count() == 1
    connection.close()
