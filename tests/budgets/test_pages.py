"""The budget of a plan year as people read it, and the rules it is judged by."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.models import Budget, BudgetYear
from budgets.sheet import BudgetSheet, Column, Line, PrintedTotal
from members.models import Federation
from tests.budgets.made_sheets import large_sheet, odd_sheet, stored
from tests.loading import load
from tests.members import people
from tests.members.people import reader
from tests.members.shown_page import Element, ids, links_within, shown

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
ADDRESSES = {
    "gotland": "/gotland/budget/2021/",
    "introduktion": "/introduktion/budget/2017/",
    "landskrona-svalov": "/landskrona-svalov/budget/2009/",
    "lund": "/lund/budget/2017/",
    "skelleftea": "/skelleftea/budget/2014/",
}
MOST_QUERIES = 12


class Table:
    """The table of a budget page: its heads, and its rows of figures."""

    def __init__(self, page: Element) -> None:
        self.table = page.one("table", css="budget")
        # Without the link to change the column, which those who edit have there too.
        self.heads = [
            " ".join(span.text for span in head.all("span")) for head in self.table.one("thead").all("th")[1:]
        ]
        self.rows: list[tuple[str, list[Element]]] = []
        for row in self.table.all("tr"):
            cells = row.all("td")
            if cells:
                assert len(cells) == len(self.heads)
            if row.all("span", css="figure"):
                self.rows.append((row.one("th", scope="row").one("span", css="name").text, cells))

    def cells(self, label: str) -> list[Element]:
        (cells,) = [cells for name, cells in self.rows if name == label]
        return cells

    def figures(self, label: str) -> list[str]:
        return [cell.one("span", css="figure").text for cell in self.cells(label)]

    def faults(self) -> set[tuple[str, str, str]]:
        """What is marked as printed otherwise: the row, the column and the words."""
        return {
            (label, head, fault.text)
            for label, cells in self.rows
            for head, cell in zip(self.heads, cells, strict=True)
            for fault in cell.all("span", css="fault")
        }


def page_of(federation: Federation, address: str) -> Element:
    return shown(reader(federation).get(address))


def page_of_fixture(slug: str, question: str = "") -> Element:
    federation, _ = load(FIXTURES / slug)
    return page_of(federation, ADDRESSES[slug] + question)


def page_of_sheet(sheet: BudgetSheet, question: str = "", **federation) -> Element:
    norrby = people.federation(**federation)
    stored(sheet, norrby)
    return page_of(norrby, f"/norrby/budget/{sheet.plan_year}/{question}")


def a_sheet(*lines: Line, columns: tuple[Column, ...] = (Column(2021, "budget"),), **details) -> BudgetSheet:
    return BudgetSheet(columns, lines, **{"plan_year": 2021, **details})


def cost(key: int, amount: str, **details) -> Line:
    return Line(key, "cost", f"Kostnad {key}", (Decimal(amount),), "insats", **details)


# -- Gotland's plan of 2021, as its document has it --------------------------------------------------


def test_every_line_of_gotland_stands_in_the_table():
    page = page_of_fixture("gotland")
    table = Table(page)
    assert page.one("div", css="heading").one("h1").own_text == "Budget 2021"
    assert table.heads == ["2020 budget", "2021 budget", "2022 plan", "2023 plan"]
    assert table.figures("Försäkringskassan") == ["2 130 000", "2 162 000", "2 130 000", "2 120 000"]
    assert table.figures("Extra tilldelning") == ["", "", "", ""]
    assert table.figures("JobbSam 2.0 (Q1 och Q2)") == ["1 355 000", "", "", ""]
    assert table.figures("JobbSam 3.0") == ["1 268 400", "2 203 500", "2 294 300", "2 335 916"]
    assert table.figures("Inköpta tjänster: lönehantering") == ["6 000"] * 4
    assert (
        len(table.table.all("tr", css="line")) == 24
    )  # 25 with opening equity, which stands among the results


@pytest.mark.parametrize(
    ("label", "figures"),
    [
        ("Summa intäkter", ["4 260 000", "4 324 000", "4 260 000", "4 240 000"]),
        ("Summa Inköpta tjänster", ["106 000", "106 000", "106 000", "106 000"]),
        ("Summa Administration", ["1 513 600", "1 534 632", "1 558 145", "1 582 128"]),
        ("Summa Utvecklingsinsatser", ["665 000", "745 000", "375 000", "300 000"]),
        ("Summa Projekt", ["2 623 400", "2 694 368", "2 326 855", "2 357 872"]),
        ("Summa kostnader", ["4 802 000", "4 974 000", "4 260 000", "4 240 000"]),
        ("Resultat", ["−542 000", "−650 000", "0", "0"]),
        ("Ingående eget kapital (Eget kapital/sparade medel)", ["975 699", "650 000", "0", "0"]),
        ("Utgående eget kapital", ["433 699", "0", "0", "0"]),
        ("Högsta nivå", ["852 000", "864 800", "852 000", "848 000"]),
        ("Lägsta nivå", ["298 200", "302 680", "298 200", "296 800"]),
        ("Tillgängliga medel", ["5 235 699", "4 974 000", "4 260 000", "4 240 000"]),
    ],
)
def test_the_sums_of_gotland(label, figures):
    assert Table(page_of_fixture("gotland")).figures(label) == figures


def test_the_nine_faults_of_gotland_are_marked_in_their_cells():
    printed = {
        ("Summa Utvecklingsinsatser", "2020 budget", "tryckt 635 000"),
        ("Summa Projekt", "2020 budget", "tryckt 2 658 400"),
        ("Summa Projekt", "2022 plan", "tryckt 2 294 300"),
        ("Summa Projekt", "2023 plan", "tryckt 2 335 916"),
        ("Totalt: kostnader verksamhet", "2020 budget", "tryckt 3 258 400"),
        ("Totalt: kostnader verksamhet", "2021 budget", "tryckt 3 258 400"),
        ("Totalt: kostnader verksamhet", "2022 plan", "tryckt 2 326 855"),
        ("Totalt: kostnader verksamhet", "2023 plan", "tryckt 2 335 916"),
        ("Summa kostnader", "2020 budget", "tryckt 4 772 000"),
    }
    table = Table(page_of_fixture("gotland"))
    assert table.faults() == printed
    assert table.figures("Totalt: kostnader verksamhet") == [
        "3 288 400",
        "3 439 368",
        "2 701 855",
        "2 657 872",
    ]


def test_what_is_said_of_gotland():
    page = page_of_fixture("gotland")
    remarks = page.all("li", css="remark")
    said = [remark.all("p")[0].text for remark in remarks]
    assert (
        "Varning. Underskott 2021: intäkterna 4 324 000 kr är 650 000 kr lägre än kostnaderna 4 974 000 kr. "
        "Ingående eget kapital är ingen intäkt. Kräver motivering."
    ) in said
    assert (
        "Varning. Ingående eget kapital 2021 är angivet till 650 000 kr, men 2020 slutar med 433 699 kr. "
        "Skillnaden är 216 301 kr."
    ) in said
    assert sum("Tryckt summa" in sentence for sentence in said) == 9
    assert [sentence.split(".")[0] for sentence in said] == ["Varning"] * 11 + ["Upplysning"] * 6
    assert page.one("p", css="summary").text == "11 varningar 6 upplysningar"


def test_a_finding_points_to_its_cell_which_says_how_serious_it_is():
    page = page_of_fixture("gotland")
    table = Table(page)
    result, chain = page.all("li", css="remark")[:2]
    for remark, row, column in (
        (result, "Resultat", 1),
        (chain, "Ingående eget kapital (Eget kapital/sparade medel)", 1),
    ):
        cell = table.cells(row)[column]
        assert remark.one("a", css="to-cell").href == f"#{cell.id}"
        assert cell.one("span", css="aside").text == "varning:"
        assert cell.attributes["class"] == "warning"


def test_rules_without_a_remark_are_listed_as_such():
    passed = page_of_fixture("gotland").one("ul", css="passed")
    titles = [item.text for item in passed.all("li")]
    assert "Medlemmarna bidrar med sina andelar" in titles
    assert "Eget kapital får inte bli negativt" in titles
    assert "Intäkterna ska överstiga kostnaderna" not in titles


# -- every budget ------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ADDRESSES)
def test_every_link_of_a_finding_leads_to_its_cell_and_its_rule(slug):
    federation, _ = load(FIXTURES / slug)
    client = reader(federation)
    page, rules = shown(client.get(ADDRESSES[slug])), ids(shown(client.get("/regler/")))
    remarks = page.all("li", css="remark")
    assert remarks
    for remark in remarks:
        rule = remark.one("p", css="source").all("a")[0]
        address, code = rule.href.split("#")
        assert address == "/regler/"
        assert code in rules
        assert rule.text
    assert set(links_within(page)) <= ids(page)


@pytest.mark.parametrize("seed", range(12))
def test_any_budget_can_be_shown(seed):
    """Ids are unique (`shown` sees to it), and every link within the page leads somewhere."""
    page = page_of_sheet(odd_sheet(seed))
    assert set(links_within(page)) <= ids(page)


def test_a_group_that_begins_with_a_subgroup_has_two_subtotals():
    page = page_of_sheet(
        a_sheet(
            cost(0, "100", group="Kansli", subgroup="Lokal"),
            cost(1, "50", group="Kansli"),
            totals=(PrintedTotal("Summa kansli", (Decimal(151),), groups=("Kansli",)),),
        )
    )
    table = Table(page)
    assert table.figures("Summa Lokal") == ["100"]
    assert table.figures("Summa Kansli") == ["150"]
    assert table.faults() == {("Summa Kansli", "2021 budget", "tryckt 151")}


@pytest.mark.parametrize("slug", ADDRESSES)
def test_a_printed_fault_is_told_with_the_figure_that_its_cell_shows(slug):
    """The finding says what the lines give, and the table shows it there."""
    page = page_of_fixture(slug)
    for remark in page.all("li", css="remark"):
        sentence = remark.all("p")[0].text
        if "Tryckt summa" in sentence:
            (cell,) = page.all("td", id=remark.one("a", css="to-cell").href[1:])
            assert f"men raderna ger {cell.one('span', css='figure').text} " in sentence


def test_notes_lead_both_ways():
    page = page_of_fixture("gotland")
    notes = page.one("ol", css="notes").all("li")
    marks = [link for link in page.all("a") if link.href.startswith("#not-")]
    assert [note.id for note in notes] == [f"not-{number}" for number in range(1, len(notes) + 1)]
    assert {mark.href[1:] for mark in marks} == {note.id for note in notes}
    for mark in marks:
        assert mark.attributes["aria-label"] == f"not {mark.text}"
        assert mark.href == f"#not-{mark.text}"
    for note in notes:
        back = [link.href[1:] for link in note.all("a")]
        assert back, f"{note.id} does not lead back"
        assert set(back) <= ids(page)


def test_a_note_says_what_its_cell_was_printed_as():
    page = page_of_fixture("gotland")
    number = Table(page).cells("Försäkringskassan")[1].one("sup").text
    (note,) = page.all("li", id=f"not-{number}")
    assert note.text.startswith(
        "Förhandsbesked 2 162 000 kr (november 2020): Förhandsbesked om den statliga tilldelningen."
    )


def test_part_of_a_year_says_which():
    assert Table(page_of_fixture("landskrona-svalov")).heads == [
        "2009 budget, september–december",
        "2010 budget",
    ]


def test_a_balancing_line_shows_what_is_left_to_grant():
    sheet = BudgetSheet(
        (Column(2021, "budget"), Column(2022, "plan")),
        (
            Line(0, "income", "Bidrag", (Decimal(500), Decimal(600)), "contribution", member_kind="all"),
            Line(1, "opening_equity", "Eget kapital", (Decimal(100), None)),
            Line(2, "cost", "Kansli", (Decimal(200), Decimal(200)), "administration"),
            Line(3, "balancing", "Fritt", (Decimal(401), None), targets=(Decimal(0), Decimal(50))),
        ),
        plan_year=2021,
    )
    table = Table(page_of_sheet(sheet))
    assert table.figures("Fritt") == ["400", "350"]
    assert table.figures("Utgående eget kapital") == ["0", "50"]
    assert table.faults() == {("Fritt", "2021 budget", "tryckt 401")}


# -- kronor or thousands -----------------------------------------------------------------------------


def test_thousands_are_rounded_and_sums_that_do_not_add_up_are_said():
    sheet = a_sheet(cost(0, "1400"), cost(1, "1400"))
    page = page_of_sheet(sheet, "?enhet=tkr")
    table = Table(page)
    assert page.one("caption").text == "Samordningsförbundet Norrby, belopp i tkr"
    assert (table.figures("Kostnad 0"), table.figures("Kostnad 1")) == (["1"], ["1"])
    assert table.figures("Summa kostnader") == ["3"]
    assert table.cells("Summa kostnader")[0].one("span", css="rounded").text == "≈"
    (told,) = page.one("section", aria_labelledby="avrundning").all("li")
    assert told.text == "Summa kostnader 2021 (budget): delarna ger 1 mindre tkr."


def test_sums_that_add_up_are_not_mentioned():
    federation = people.federation()
    stored(a_sheet(cost(0, "1400"), cost(1, "1400")), federation)
    page = page_of(federation, "/norrby/budget/2021/?enhet=kr")
    assert not page.all("section", aria_labelledby="avrundning")
    assert not page.all("span", css="rounded")


def test_oren_are_counted_but_not_shown():
    table = Table(page_of_sheet(a_sheet(cost(0, "0.50"), cost(1, "0.49"))))
    assert table.figures("Kostnad 0") == ["1"]
    assert table.figures("Kostnad 1") == ["0"]
    assert table.figures("Summa kostnader") == ["1"]


@pytest.mark.parametrize(
    ("unit", "question", "chosen"),
    [
        ("SEK", "", "kr"),
        ("SEK", "?enhet=tkr", "tkr"),
        ("kSEK", "", "tkr"),
        ("kSEK", "?enhet=kr", "kr"),
        ("SEK", "?enhet=nonsens", "kr"),
        ("kSEK", "?enhet=", "tkr"),
        ("kSEK", "?enhet=MSEK&enhet=\0", "tkr"),
    ],
)
def test_the_unit_is_the_one_asked_for_or_the_federations_own(unit, question, chosen):
    page = page_of_sheet(a_sheet(cost(0, "123456")), question, unit=unit)
    assert page.one("caption").text.endswith(f"belopp i {chosen}")
    switch = page.one("nav", css="switch").all("a")
    assert [(link.text, link.href) for link in switch] == [("kr", "?enhet=kr"), ("tkr", "?enhet=tkr")]
    assert [link.text for link in switch if link.attributes.get("aria-current")] == [chosen]
    assert Table(page).figures("Kostnad 0") == ["123 456" if chosen == "kr" else "123"]


# -- what is empty -----------------------------------------------------------------------------------


def test_empty_is_shown_as_nothing_and_zero_as_zero():
    sheet = a_sheet(
        Line(0, "cost", "Tom", (None,), "insats"), Line(1, "cost", "Noll", (Decimal(0),), "insats")
    )
    table = Table(page_of_sheet(sheet))
    assert (table.figures("Tom"), table.figures("Noll")) == ([""], ["0"])


def test_a_year_without_income_has_no_result():
    table = Table(page_of_sheet(a_sheet(cost(0, "100"))))
    assert table.figures("Resultat") == [""]
    assert table.figures("Utgående eget kapital") == [""]


def test_a_federation_without_budget_says_what_will_stand_here():
    page = page_of(people.federation(), "/norrby/budget/")
    assert page.one("h1").text == "Budget"
    assert page.one("main").all("p")[0].text.startswith("Förbundet har ingen budget än.")
    assert page.one("main").one("a").href == "/norrby/ny-plan/"


@pytest.mark.parametrize("years", [(), (2021, 2022, 2023)])
def test_an_empty_budget_says_what_will_stand_here(years):
    federation = people.federation()
    budget = Budget.objects.create(federation=federation, plan_year=2021, unit="SEK")
    for position, year in enumerate(years):
        kind = "plan" if position else "budget"
        BudgetYear.objects.create(budget=budget, year=year, kind=kind, position=position)
    page = page_of(federation, "/norrby/budget/2021/")
    assert "Budgeten har inga poster än." in page.one("main").text
    assert not page.all("table")
    assert set(links_within(page)) <= ids(page)


def test_other_plan_years_are_a_step_away():
    federation = people.federation()
    for year in (2021, 2022):
        Budget.objects.create(federation=federation, plan_year=year, unit="SEK")
    links = page_of(federation, "/norrby/budget/2021/").one("nav", aria_label="Andra planår").all("a")
    assert [(link.text, link.href) for link in links] == [
        ("2022", "/norrby/budget/2022/"),
        ("2021", "/norrby/budget/2021/"),
    ]
    assert [link.attributes.get("aria-current") for link in links] == [None, "page"]


# -- odd input ---------------------------------------------------------------------------------------


def test_long_and_odd_names_survive():
    long, tagged = "Ö" * 200, "<script>alert(1)</script>&amp;"
    sheet = a_sheet(
        Line(0, "cost", long, (Decimal(1),), "insats", group=tagged, note="&" * 500),
        Line(1, "cost", tagged, (Decimal(1),), "insats", group=tagged, subgroup="<b>"),
        columns=(Column(2021, "budget", "<i>" + "l" * 57),),
    )
    page = page_of_sheet(sheet, name="Å" * 200, short_name="<u>")
    table = Table(page)
    assert table.figures(long) == ["1"]
    assert table.figures(tagged) == ["1"]
    assert table.figures(f"Summa {tagged}") == ["2"]
    assert table.heads == ["2021 budget, <i>" + "l" * 57]
    assert page.one("caption").text == "Å" * 200 + ", belopp i kr"
    assert page.one("title").text == "Budget 2021, <u> – Finsam"
    assert "&" * 500 in page.one("ol", css="notes").text
    assert all(script.attributes["src"] and not script.text for script in page.all("script"))


def test_the_largest_and_smallest_amounts_are_shown_whole():
    sheet = a_sheet(cost(0, "999999999999.99"), cost(1, "-999999999999.99"), cost(2, "0.01"))
    table = Table(page_of_sheet(sheet))
    assert table.figures("Kostnad 0") == ["1 000 000 000 000"]
    assert table.figures("Kostnad 1") == ["−1 000 000 000 000"]
    assert table.figures("Summa kostnader") == ["0"]


# -- the rules ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "paragraphs"),
    [
        ("EQUITY_NEGATIVE", ["21 och 22 §§"]),
        ("BALANCE", ["KL (1991:900) 8 kap. 4 §", "KL (2017:725) 11 kap. 5 §", "21 §"]),
        ("HORIZON", ["KL (1991:900) 8 kap. 5 §", "KL (2017:725) 11 kap. 6 §"]),
        ("EQUITY_CHAIN", ["LKBR (2018:597) 4 kap. 4 §"]),
        ("SHARES", ["FinsamL (2003:1210) 5"]),
        ("OUTSIDE_FUNDS", ["FinsamL (2003:1210) 6 §"]),
        ("PROJECT_PARTIES", ["FinsamL (2003:1210) 2 §"]),
    ],
)
def test_a_lawyer_finds_the_paragraph(code, paragraphs):
    page = shown(people.client_of(people.user()).get("/regler/"))
    (row,) = page.all("tr", id=code)
    for paragraph in paragraphs:
        assert paragraph in row.all("td")[-1].text


@pytest.mark.parametrize(
    ("severity", "code"),
    [("fel", "EQUITY_NEGATIVE"), ("varning", "BALANCE"), ("upplysning", "EQUITY_LOW")],
)
def test_how_serious_a_rule_is_stands_in_words(severity, code):
    page = shown(people.client_of(people.user()).get("/regler/"))
    (row,) = page.all("tr", id=code)
    assert row.all("td")[0].text == severity


# -- the number of queries ---------------------------------------------------------------------------


def test_a_large_budget_takes_no_more_queries_than_a_small_one():
    counts = []
    for slug, lines, columns in (("liten", 5, 2), ("stor", 500, 8)):
        federation = people.federation(slug)
        stored(large_sheet(lines, columns), federation)
        client = reader(federation)
        with CaptureQueriesContext(connection) as queries:
            page = shown(client.get(f"/{slug}/budget/2021/"))
        assert len(page.all("tr", css="line")) == lines - 1  # opening equity stands among the results
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES
