"""What Finsam writes into a section: each block with each of its settings, held against the budget and the
lists that it is made from."""

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest

from budgets.sheet import Line
from plans.blocks import SETTINGS, BlockKind, SomeOf, settings_faults
from plans.compose.live_blocks import live_block
from plans.compose.writing import Writing
from plans.document import (
    Block,
    BulletList,
    Facts,
    Figure,
    Heading,
    Paragraph,
    Signatures,
    Table,
    plain,
)
from plans.picture import Appointment, Area, BoardDecision, Financer, Goal, PlanPicture
from tests.plans import made_plans as made
from tests.plans.made_plans import SUMS, empty_plan, plan_of

S = "\u00a0"
PLAN = plan_of(made.section("insatser", "Insatser"), made.section("mer", "Mer"))


def blocks(kind: str, settings: dict | None = None, plan: PlanPicture = PLAN, level: int = 2) -> list[Block]:
    assert not settings_faults(kind, settings or {})
    return list(live_block(Writing(plan), kind, settings or {}, level))


def table(kind: str, settings: dict | None = None, plan: PlanPicture = PLAN) -> Table:
    (found,) = blocks(kind, settings, plan)
    assert isinstance(found, Table)
    assert {sum(cell.columns for cell in row.cells) for row in (*found.head, *found.rows)} == {
        len(found.columns)
    }
    return found


def rows(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in found.rows]


def names(found: Table) -> list[str]:
    return [row[0] for row in rows(found)]


def row(found: Table, name: str) -> list[str]:
    (one,) = [cells for cells in rows(found) if cells[0] == name]
    return one[1:]


def heads(found: Table) -> list[str]:
    return [cell.text for cell in found.head[-1].cells]


def words(found: list[Block]) -> str:
    """Every word that blocks show."""
    return "\n".join(texts(found))


def texts(value: object) -> Iterator[str]:
    """Every text within blocks, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from texts(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))


def kr(amount: Decimal | None) -> str:
    """An amount as tables show it, written here once more."""
    if amount is None:
        return "–"
    digits = f"{abs(amount):,.0f}".replace(",", S)
    return f"−{digits}" if amount < 0 else digits


# -- the budget ----------------------------------------------------------------------------------


def test_the_whole_budget():
    found = table("budget_table")
    assert heads(found) == [
        "Post",
        "2020 budget",
        "2020 utfall",
        "2021 budget",
        "2022 plan",
        "2023 plan",
    ]
    assert found.caption == "Budget 2020–2023"
    assert found.unit == "kr"
    assert names(found) == [
        "Intäkter",
        "Bidrag Försäkringskassan",
        "Bidrag Region Norr",
        "Bidrag Norrby kommun",
        "Bidrag Söderby kommun",
        "Räntor",
        "Summa intäkter",
        "Kostnader",
        "Administration",
        "Arvoden",
        "Kansli",
        "Löner",
        "Revision",
        "Summa Kansli",
        "Summa Administration",
        "Insatser",
        "JobbSam",
        "varav lokaler",
        "Möten",
        "Summa Insatser",
        "Summa kostnader",
        "Resultat och eget kapital",
        "Resultat",
        "Ingående eget kapital (Från 2019)",
        "Utgående eget kapital",
        "Högsta nivå",
        "Lägsta nivå",
        "Tillgängliga medel",
    ]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Summa intäkter", "income"),
        ("Summa kostnader", "costs"),
        ("Summa Administration", "administration"),
        ("Resultat", "result"),
        ("Ingående eget kapital (Från 2019)", "opening"),
        ("Utgående eget kapital", "closing"),
        ("Högsta nivå", "highest"),
        ("Lägsta nivå", "lowest"),
        ("Tillgängliga medel", "funds"),
    ],
)
def test_the_sums_of_the_budget(name, what):
    shown = row(table("budget_table"), name)
    expected = [kr(amount) for amount in SUMS[what]]
    assert shown == expected


def test_every_amount_of_every_line_is_shown():
    found = table("budget_table")
    for line in made.LINES:
        name = {made.PART: "varav lokaler", made.EQUITY: ""}.get(line.key, line.name)
        if name:
            assert row(found, name) == [kr(amount) for amount in line.amounts]


@pytest.mark.parametrize(
    ("years", "columns"),
    [
        ([0], ["2021 budget"]),
        ([0, 1, 2], ["2021 budget", "2022 plan", "2023 plan"]),
        ([-1], ["2020 budget", "2020 utfall"]),
        ([2, 0], ["2021 budget", "2023 plan"]),
    ],
)
def test_chosen_years(years, columns):
    assert heads(table("budget_table", {"years": years}))[1:] == columns
    assert heads(table("equity_bridge", {"years": years}))[1:] == columns


def test_in_a_year_without_money_for_it_a_group_is_not_mentioned():
    found = names(table("budget_table", {"years": [2]}))
    assert "JobbSam" not in found
    assert "Insatser" not in found
    assert "Administration" in found


@pytest.mark.parametrize(
    "parts", [list(some) for size in (1, 2, 3) for some in combinations(("income", "costs", "equity"), size)]
)
def test_chosen_parts(parts):
    found = names(table("budget_table", {"parts": parts}))
    for part, name in (("income", "Summa intäkter"), ("costs", "Summa kostnader"), ("equity", "Resultat")):
        assert (name in found) == (part in parts)


def test_chosen_groups():
    found = table("budget_table", {"groups": [made.ADMINISTRATION_GROUP]})
    assert names(found) == [
        "Administration",
        "Arvoden",
        "Kansli",
        "Löner",
        "Revision",
        "Summa Kansli",
        "Summa Administration",
    ]
    assert found.caption == "Kostnader: Administration 2020–2023"


def test_a_group_that_is_gone_shows_nothing_in_its_place():
    assert names(table("budget_table", {"groups": [999, made.INSATS_GROUP]}))[0] == "Insatser"
    assert blocks("budget_table", {"groups": [999]}) == []


def test_a_subgroup_with_the_name_of_its_group_does_not_end_it():
    lines = [replace(line, subgroup="Administration") if line.subgroup else line for line in made.LINES]
    fees = replace(made.LINES[6], key=99, name="Resor", subgroup="Till sist")
    plan = made.with_lines(PLAN, [*lines, fees])
    found = names(table("budget_table", {"groups": [made.ADMINISTRATION_GROUP]}, plan))
    assert found[-2:] == ["Summa Till sist", "Summa Administration"]


@pytest.mark.parametrize(
    ("detail", "gone", "left"),
    [
        (
            "groups",
            ["Arvoden", "Löner", "Administration"],
            ["Summa Administration", "Räntor", "Summa kostnader"],
        ),
        ("totals", ["Räntor", "Summa Administration"], ["Summa intäkter", "Summa kostnader", "Resultat"]),
        ("lines", [], ["Arvoden", "Summa Administration", "Summa kostnader"]),
    ],
)
def test_in_how_much_detail(detail, gone, left):
    found = names(table("budget_table", {"detail": detail}))
    assert not set(gone) & set(found)
    assert set(left) <= set(found)


def test_notes_of_lines_and_cells_are_footnotes():
    noted = replace(made.LINES[0], note="Enligt beslut.", cell_notes=("", "", "Preliminärt.", "", ""))
    writing = Writing(made.with_lines(PLAN, [noted, *made.LINES[1:]]))
    (found,) = live_block(writing, "budget_table", {"years": [0]}, 2)
    (shown,) = [each for each in found.rows if each.cells[0].text == "Bidrag Försäkringskassan"]
    marks = [span.note for cell in shown.cells for span in cell.spans if span.note]
    (notes,) = writing.footnotes()
    said = {number: plain(spans) for number, spans in notes.notes}
    assert [said[mark] for mark in marks] == ["Enligt beslut.", "Preliminärt."]


def test_in_tkr_amounts_are_whole_and_the_unit_is_said_once():
    found = table("budget_table", plan=made.in_unit(PLAN, "kSEK"))
    assert found.unit == "tkr"
    assert row(found, "JobbSam") == [f"1{S}300", f"1{S}268", f"2{S}204", f"1{S}700", "–"]


def test_from_opening_to_closing_equity():
    found = table("equity_bridge", {"years": [0, 1]})
    assert rows(found) == [
        ["Ingående eget kapital (Från 2019)", f"657{S}350", f"10{S}710"],
        ["Intäkter", f"2{S}202{S}680", f"2{S}400{S}000"],
        ["Kostnader", f"2{S}849{S}320", f"2{S}340{S}000"],
        ["Resultat", f"−646{S}640", f"60{S}000"],
        ["Utgående eget kapital", f"10{S}710", f"70{S}710"],
        ["Högsta nivå", f"440{S}000", f"480{S}000"],
        ["Lägsta nivå", f"154{S}000", f"168{S}000"],
        ["Tillgängliga medel", f"2{S}860{S}030", f"2{S}410{S}710"],
    ]


def test_members_and_their_shares():
    found = table("members_and_shares", {"years": [0]})
    assert rows(found) == [
        ["Bidrag Försäkringskassan", f"1{S}100{S}000", f"50,0{S}%"],
        ["Bidrag Region Norr", f"550{S}000", f"25,0{S}%"],
        ["Bidrag Norrby kommun", f"275{S}000", f"12,5{S}%"],
        ["Bidrag Söderby kommun", f"275{S}000", f"12,5{S}%"],
        ["Summa medlemsbidrag", f"2{S}200{S}000", ""],
    ]


def test_printed_faults():
    plan = replace(PLAN, sheet=replace(PLAN.sheet, totals=made.TOTALS))
    assert rows(table("printed_faults", plan=plan)) == [
        ["Summa kostnader", "2021 budget", f"2{S}849{S}330", f"2{S}849{S}320", "10"]
    ]
    right = [replace(made.TOTALS[0], printed=(None, None, Decimal(2_849_320), None, None))]
    agreeing = replace(PLAN, sheet=replace(PLAN.sheet, totals=tuple(right)))
    assert "stämmer" in words(blocks("printed_faults", plan=agreeing))
    assert "Inga tryckta summor finns" in words(blocks("printed_faults"))


def test_what_the_rules_say():
    said = words(blocks("rule_report"))
    assert f"646{S}640{S}kr" in said
    assert "Varning." in said
    assert "Utan anmärkning" in said
    assert blocks("rule_report", plan=empty_plan())


def test_charts_in_their_order_and_those_that_are_asked_for():
    every = [block.title for block in blocks("charts") if isinstance(block, Figure)]
    assert len(every) == 4
    for place, key in enumerate(("equity", "income", "costs", "projects")):
        (one,) = blocks("charts", {"charts": [key]})
        assert one.title == every[place]
    (timeline,) = blocks("timeline")
    assert timeline.title == every[3]


def test_the_table_of_a_chart_shows_the_sums_of_the_sheet():
    (figure,) = blocks("charts", {"charts": ["equity"]})
    shown = words([figure.table])
    assert kr(SUMS["closing"][2]) in shown
    assert kr(SUMS["highest"][2]) in shown


# -- the decision --------------------------------------------------------------------------------


def sentences(plan: PlanPicture = PLAN) -> list[str]:
    _, found = blocks("decision_sentences", plan=plan)
    assert isinstance(found, BulletList)
    assert found.ordered
    return [plain(item.spans) for item in found.items]


def test_the_sentences_of_the_decision():
    assert sentences() == [
        "att godkänna ”Verksamhetsplan 2021”,",
        f"att fastställa budgeten för 2021 med intäkter på 2{S}202{S}680{S}kr och kostnader på "
        f"2{S}849{S}320{S}kr,",
        f"att underskottet 2021, 646{S}640{S}kr, täcks av eget kapital, som därefter är 10{S}710{S}kr,",
        "att anta den ekonomiska planen för 2022–2023,",
        f"att eget kapital vid utgången av 2023 (2{S}020{S}710{S}kr) får vara över den högsta nivån.",
    ]


def test_a_deficit_that_equity_does_not_cover_is_not_said_to_be_covered():
    plan = made.with_amount(PLAN, made.JOBBSAM, 2, Decimal(9_000_000))
    assert not [each for each in sentences(plan) if "täcks" in each]


def test_a_result_above_zero_asks_for_no_cover():
    plan = made.with_amount(PLAN, made.JOBBSAM, 2, Decimal(0))
    assert not [each for each in sentences(plan) if "underskott" in each]


def test_the_sentences_without_any_amount():
    """There is no budget to fix yet, and none is proposed."""
    (only,) = sentences(empty_plan())
    assert only.startswith("att godkänna") and only.endswith(".")


def test_of_several_budgets_for_the_year_the_decision_is_on_the_one_that_live_figures_show():
    columns = (*made.COLUMNS, replace(made.COLUMNS[2], kind="revised"))
    lines = [replace(line, amounts=(*line.amounts, Decimal(1_000))) for line in made.LINES]
    plan = replace(PLAN, sheet=replace(PLAN.sheet, columns=columns, lines=tuple(lines)))
    assert f"med intäkter på 5{S}000{S}kr och kostnader på 5{S}000{S}kr" in sentences(plan)[1]


# -- insatser ------------------------------------------------------------------------------------


def test_cards_of_insatser_with_money_or_not_ended():
    found = blocks("project_cards")
    assert [block.text for block in found if isinstance(block, Heading)] == ["JobbSam 3.0", "Frukostmöten"]
    assert {block.level for block in found if isinstance(block, Heading)} == {3}
    assert not [block for block in found if isinstance(block, Heading) and block.in_contents]
    said = words(found)
    for each in (
        "Region Norr",
        "Norrby kommun",
        "Stöd till arbete.",
        "I alla kommuner.",
        "2020-01-01 till december 2022",
        f"2021: 2{S}203{S}500{S}kr, 2022: 1{S}700{S}000{S}kr",
        "2021: 40, 2022: 60",
    ):
        assert each in said


def test_cards_of_those_that_are_asked_for_in_that_order():
    settings = {"projects": [made.PROJECT_IDLE, made.PROJECT_JOBBSAM, 999]}
    found = blocks("project_cards", settings)
    assert [block.text for block in found if isinstance(block, Heading)] == ["Förstudien", "JobbSam 3.0"]


def test_one_insats_alone_has_the_heading_of_its_section():
    found = blocks("project_cards", {"projects": [made.PROJECT_JOBBSAM]})
    assert not [block for block in found if isinstance(block, Heading)]
    assert isinstance(found[0], Facts)


def test_insatser_as_a_list():
    (found,) = blocks("project_cards", {"as_list": True})
    assert isinstance(found, BulletList)
    assert plain(found.items[0].spans).startswith("JobbSam 3.0. Stöd till arbete.")
    assert f"Budget 2021: 2{S}203{S}500{S}kr" in plain(found.items[0].spans)


def facts_of(plan: PlanPicture) -> dict[str, str]:
    facts = blocks("project_cards", {"projects": [made.PROJECT_JOBBSAM]}, plan)[0]
    assert isinstance(facts, Facts)
    assert len({fact.term for fact in facts.facts}) == len(facts.facts)
    return {fact.term: plain(fact.description) for fact in facts.facts}


def with_jobbsam(**changes: object) -> PlanPicture:
    projects = [
        replace(each, **changes) if each.key == made.PROJECT_JOBBSAM else each for each in PLAN.projects
    ]
    return replace(PLAN, projects=tuple(projects))


def test_a_card_tells_who_else_pays_in_the_plan_year_and_how_much():
    financers = (
        Financer("Norrby kommun", 2021, Decimal(300_000), "egen personal"),
        Financer("Fonden", 2021),
        Financer("Region Norr", 2022, Decimal(90_000)),
    )
    plan = with_jobbsam(financers=financers)
    assert facts_of(plan)["Finansieras även av"] == (
        f"Norrby kommun 300{S}000{S}kr (egen personal) och Fonden"
    )
    in_thousands = replace(plan, sheet=replace(plan.sheet, unit="kSEK"))
    assert facts_of(in_thousands)["Finansieras även av"].startswith(f"Norrby kommun 300{S}tkr")
    assert "Finansieras även av" not in facts_of(PLAN)
    (listing,) = blocks("project_cards", {"as_list": True}, plan)
    assert isinstance(listing, BulletList)
    assert f"Finansieras även av Norrby kommun 300{S}000{S}kr" in plain(listing.items[0].spans)


def test_a_card_tells_what_the_board_decided_and_when():
    decisions = (
        BoardDecision("2020-11-13", "45", "att bevilja medel"),
        BoardDecision("2021-03", "§ 7", "att förlänga"),
        BoardDecision("2022", "", "att avsluta"),
    )
    assert facts_of(with_jobbsam(decisions=decisions, decision_reference=""))["Beslut"] == (
        f"styrelsen 2020-11-13 §{S}45: att bevilja medel; styrelsen 2021-03 §{S}7: att förlänga; "
        "styrelsen 2022: att avsluta"
    )
    both = facts_of(with_jobbsam(decisions=decisions[:1], decision_reference="Dnr 12"))
    assert both["Beslut"] == f"Dnr 12; styrelsen 2020-11-13 §{S}45: att bevilja medel"


def test_the_timeline_has_the_insatser_that_are_asked_for_in_that_order():
    def shown(settings: dict) -> list[str]:
        (figure,) = blocks("timeline", settings)
        assert isinstance(figure, Figure)
        return [row.cells[0].text.partition(",")[0] for row in figure.table.rows]

    assert shown({"projects": [made.PROJECT_BREAKFASTS, made.PROJECT_JOBBSAM]}) == [
        "Frukostmöten",
        "JobbSam 3.0",
    ]
    assert shown({"projects": [made.PROJECT_BREAKFASTS]}) == ["Frukostmöten"]
    assert len(shown({})) > 1


def test_a_table_of_insatser_with_their_money():
    found = table("project_table", {"years": [0, 1]})
    assert heads(found) == ["Insats", "Inriktning", "Start", "Slut", "2021 budget", "2022 plan"]
    assert [each[4:] for each in rows(found)] == [
        [f"2{S}203{S}500", f"1{S}700{S}000"],
        [f"15{S}500", "–"],
    ]
    assert found.unit == "kr"


def test_a_table_of_insatser_without_money_says_no_unit():
    found = table("project_table", {"projects": [made.PROJECT_IDLE]})
    assert heads(found) == ["Insats", "Inriktning", "Start", "Slut"]
    assert not found.unit


# -- goals, areas, target groups -----------------------------------------------------------------

SHOWN = {
    "description": "Den som behöver stöd.",
    "goals": "Fler i arbete",
    "indicators": "I arbete efter insats (målvärde: 40 %)",
    "activities": "Kartlägga",
    "links": "JobbSam 3.0 och Frukostmöten.",
}


@pytest.mark.parametrize("show", SHOWN)
def test_of_an_area_only_what_is_asked_for(show):
    said = words(blocks("areas", {"areas": ["individen"], "show": [show]}))
    for part, expected in SHOWN.items():
        assert (expected in said) == (part == show)


def test_an_area_says_all_that_it_and_its_goals_hold():
    found = blocks("areas", {"areas": ["individen"]})
    said = words(found)
    for expected in (
        *SHOWN.values(),
        "Nöjda deltagare",
        "Utbilda coacher",
        "intervjuer",
        "enkät",
        "Unga vuxna",
    ):
        assert expected in said
    assert "JobbSam 3.0" in said  # the live figure in the goal's explanation
    assert not [block for block in found if isinstance(block, Heading)]


def test_several_areas_have_a_heading_each_in_the_order_asked_for():
    found = blocks("areas", {"areas": ["ekonomi", "gone", "individen"]})
    assert [block.text for block in found if isinstance(block, Heading)] == ["Ekonomi", "Individen"]


def test_an_activity_tells_where_the_plan_says_more():
    (activities,) = [
        block
        for block in blocks("areas", {"areas": ["individen"], "show": ["activities"]})
        if isinstance(block, BulletList)
    ]
    first = activities.items[0]
    assert plain(first.spans) == f"Kartlägga (avsnitt{S}1)"
    assert first.spans[2].target == "#avsnitt-insatser"
    assert [plain(item.spans) for item in first.lists[0].items] == ["intervjuer", "enkät"]


@pytest.mark.parametrize(
    ("sections", "words_after"),
    [
        ((), ""),
        (("gone",), ""),
        (("mer",), f" (avsnitt{S}2)"),
        (("mer", "insatser"), f" (avsnitt{S}1 och 2)"),
        (("mer", "bilaga", "insatser"), f" (avsnitt{S}1, 2 och bilaga{S}1)"),
        (("utan", "mer"), f" (avsnitt{S}2 och ”Utan”)"),
    ],
)
def test_references_of_an_activity_follow_each_other(sections, words_after):
    plan = plan_of(
        *PLAN.sections,
        made.section("utan", "Utan", numbered=False),
        made.section("bilaga", "Bilagan", is_appendix=True),
    )
    activity = replace(made.AREAS[0].activities[0], sections=sections)
    assert plain(Writing(plan).said_more(activity)) == words_after


def test_target_groups_named_and_described_are_a_list():
    (found,) = blocks("target_groups", {"show": ["name", "description"]})
    assert [plain(item.spans) for item in found.items] == [
        "Unga vuxna: 16–29 år.",
        "Långtidssjuka: Mer än ett år.",
    ]


def test_target_groups_with_all_that_they_hold():
    found = blocks("target_groups")
    assert [block.text for block in found if isinstance(block, Heading)] == ["Unga vuxna", "Långtidssjuka"]
    said = words(found)
    assert "16–29 år." in said
    assert "Söka upp" in said
    assert "Frukostmöten." in said


def test_one_target_group_alone():
    found = blocks("target_groups", {"target_groups": ["langtid"], "show": ["description"]})
    assert [plain(block.spans) for block in found if isinstance(block, Paragraph)] == ["Mer än ett år."]


@pytest.mark.parametrize(
    ("settings", "texts_of_goals"),
    [
        ({}, ["Fler i arbete", "Resultatet är noll 2022.", "Fler deltar."]),
        ({"financial": True}, ["Resultatet är noll 2022."]),
        ({"financial": False}, ["Fler i arbete", "Fler deltar."]),
        ({"areas": ["individen"]}, ["Fler i arbete"]),
        ({"areas": ["individen"], "financial": True}, []),
        ({"areas": ["ekonomi"]}, []),
    ],
)
def test_which_goals(settings, texts_of_goals):
    found = blocks("goals", settings)
    named = [block.text for block in found if isinstance(block, Heading)]
    listed = [plain(item.spans) for block in found if isinstance(block, BulletList) for item in block.items]
    for text in texts_of_goals:
        assert any(text in each for each in (*named, *listed))
    others = {"Fler i arbete", "Resultatet är noll 2022.", "Fler deltar."} - set(texts_of_goals)
    assert not [each for each in (*named, *listed) if any(text in each for text in others)]


def test_goals_with_nothing_more_to_say_are_a_list():
    plan = replace(PLAN, areas=(), goals=(Goal("Ett."), Goal("Två.")))
    (found,) = blocks("goals", plan=plan)
    assert [plain(item.spans) for item in found.items] == ["Ett.", "Två."]


def test_the_scorecard_has_all_goals_indicators_and_activities():
    found = table("scorecard")
    assert found.caption == "Styrkort 2021"
    assert rows(found) == [
        ["Individen"],
        ["Mål", "Fler i arbete"],
        ["Mått", "Nöjda deltagare"],
        ["Mått", "I arbete efter insats (målvärde: 40 %)"],
        ["Aktivitet", "Kartlägga intervjuer och enkät"],
        ["Aktivitet", "Utbilda coacher"],
        ["Ekonomi"],
    ]
    assert names(table("scorecard", {"areas": ["ekonomi"]})) == ["Ekonomi"]


# -- lists and people ----------------------------------------------------------------------------


def test_the_glossary():
    (found,) = blocks("glossary")
    assert isinstance(found, Facts)
    assert [(fact.term, plain(fact.description)) for fact in found.facts] == [
        ("Samverkan", "Att göra något tillsammans."),
        ("Insats", "Det vi ger."),
    ]
    assert [span.bold for span in found.facts[0].description] == [False, True, False]


def test_the_gravest_risk_comes_first():
    assert rows(table("risk_table")) == [
        ["Pengar saknas", "3", "4", "12", "Söka medel", "Förbundschefen"],
        ["Få deltar", "2", "2", "4", "", ""],
    ]


def test_the_board_beside_its_deputies():
    found = table("board")
    assert heads(found) == ["Ledamot", "Ersättare", "Utses av"]
    assert rows(found) == [
        ["Anna Ek (S), ordförande", "Cia Lind (M)", "Region Norr"],
        ["Bo Al", "", "Försäkringskassan"],
    ]


def test_seats_that_nobody_is_named_for_are_counted():
    def seats(ordinary: int, deputies: int, body: str = "board") -> str:
        people = [
            Appointment(body, body, kind, kind)
            for kind, number in (("ordinary", ordinary), ("deputy", deputies))
            for _ in range(number)
        ]
        (found,) = blocks("board", {"bodies": [body]}, replace(PLAN, appointments=tuple(people)))
        assert isinstance(found, Paragraph)
        return plain(found.spans)

    assert seats(5, 5) == "Det finns plats för fem ledamöter och fem ersättare."
    assert seats(1, 1) == "Det finns plats för en ledamot och en ersättare."
    assert seats(1, 2, "audit") == "Det finns plats för en revisor och två ersättare."


def test_other_bodies_are_lists_under_their_names():
    found = blocks("board", {"bodies": ["office", "preparatory_group", "audit"]})
    assert [plain(block.spans) for block in found if isinstance(block, Paragraph)] == [
        "Kansli",
        "Beredningsgrupp Finsam",
    ]
    assert "Förbundschef, Norrby kommun" in words(found)


def test_who_signs_the_chair_first():
    (found,) = blocks("signatures")
    assert isinstance(found, Signatures)
    assert [(line.name, line.post) for line in found.lines] == [
        ("Anna Ek (S)", "ordförande, Region Norr"),
        ("Bo Al", "ledamot, Försäkringskassan"),
    ]
    assert not blocks("signatures", {"bodies": ["audit"]})


def test_the_facts_of_the_federation():
    (found,) = blocks("federation_facts")
    said = {fact.term: plain(fact.description) for fact in found.facts}
    assert said["Förbundets namn"] == "Samordningsförbundet Norr"
    assert said["Organisationsnummer"] == "222000-0001"
    assert said["Medlemmar"] == (
        "Försäkringskassan, Region Norr, Norrby kommun (under förutsättning av: beslut i fullmäktige) och "
        "Söderby kommun"
    )


# -- every block, whatever there is to show ------------------------------------------------------


def every_setting() -> Iterator[tuple[str, dict]]:
    """Each block as it is, and with each of its settings in some ways."""
    values = {
        "years": [[0], [-1, 5], [9]],
        "projects": [[made.PROJECT_JOBBSAM], [999], [made.PROJECT_IDLE, made.PROJECT_BREAKFASTS]],
        "groups": [[made.INSATS_GROUP], [999]],
        "areas": [["individen"], ["gone"]],
        "target_groups": [["unga"], ["gone"]],
        "detail": ["lines", "groups", "totals"],
        "as_list": [True, False],
        "financial": [True, False],
    }
    for kind, settings in SETTINGS.items():
        yield kind, {}
        for name, setting in settings.items():
            known = [[each] for each in setting.values] if isinstance(setting, SomeOf) else values[name]
            for value in known:
                yield kind, {name: value}


@pytest.mark.parametrize(("kind", "settings"), list(every_setting()), ids=str)
def test_no_block_fails_whatever_is_entered(kind, settings):
    bare = plan_of(
        areas=(Area("individen", "perspective", "Individen"),),
        goals=(Goal("Ett mål"),),
        sheet=replace(made.SHEET, lines=(Line(1, "cost", "Löner", (None,) * 5, "administration"),)),
    )
    for plan in (PLAN, empty_plan(), bare, replace(PLAN, sheet=replace(PLAN.sheet, plan_year=None))):
        for found in blocks(kind, settings, plan):
            if isinstance(found, Table):
                widths = {sum(cell.columns for cell in each.cells) for each in (*found.head, *found.rows)}
                assert widths <= {len(found.columns)}
                assert found.rows
            if isinstance(found, BulletList):
                assert found.items


def test_every_kind_of_block_can_be_written():
    assert set(SETTINGS) == set(BlockKind)


@pytest.mark.parametrize("level", range(7))
def test_headings_within_a_block_are_just_below_its_section(level):
    for kind in BlockKind:
        found = [block.level for block in blocks(kind, level=level) if isinstance(block, Heading)]
        assert set(found) <= {min(level + 1, 6)}
