"""What the rules say of a plan's document: what kommunallagen asks for, and that what it refers to exists."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budgets.rules import Severity
from plans.picture import Activity, Area, Goal, Indicator, PlanPicture, Section, TargetGroup, Term
from plans.rules import DocumentFinding, check_document
from plans.rules.content import DEMANDED
from tests.plans import made_plans as made
from tests.plans.made_plans import empty_plan, plan_of, section

TEXT = "<p>Så här är det.</p>"
WITH_FIGURE = "<p>Eget kapital är högst 20 procent av bidragen.</p>"


def findings(plan: PlanPicture, code: str) -> list[DocumentFinding]:
    found = [finding for finding in check_document(plan) if finding.code == code]
    assert all(finding.severity is Severity.ERROR for finding in found)
    return found


def missing(*sections: Section, plan: PlanPicture | None = None) -> set[str]:
    """Which demands the plan does not meet, by their roles."""
    found = findings(replace(plan or plan_of(), sections=sections), "CONTENT")
    said = {role: f"Planen saknar {words}:" for role, words in DEMANDED.items()}
    roles = {role for role, words in said.items() for finding in found if finding.sentence.startswith(words)}
    no_figure = [finding for finding in found if "ingen siffra" in finding.sentence]
    return roles | ({"no figure"} if no_figure else set())


BUDGET_ROLES = {"appropriations", "financing", "closing_position"}
WITHOUT_GOALS = plan_of(goals=(), areas=())
OTHER = section("other", "Övrigt", text=TEXT)


# -- content -------------------------------------------------------------------------------------


def test_a_plan_without_a_section_has_no_document_to_judge():
    assert not check_document(plan_of())
    assert not check_document(empty_plan())


def test_all_that_is_missing_is_told_each_with_the_paragraph():
    found = findings(plan_of(OTHER, goals=(), areas=()), "CONTENT")
    assert len(found) == 6
    assert {finding.reference for finding in found} == {"KL (2017:725) 11 kap. 6 § via FinsamL 21 §"}
    assert all(finding.sentence.startswith("Planen saknar ") for finding in found)
    assert not [finding for finding in found if finding.section]


@pytest.mark.parametrize(
    ("year", "law"),
    [
        (2014, "KL (1991:900) 8 kap. 5 §"),
        (2017, "KL (1991:900) 8 kap. 5 §"),
        (2018, "KL (2017:725) 11 kap. 6 §"),
        (2021, "KL (2017:725) 11 kap. 6 §"),
    ],
)
def test_the_paragraph_is_that_of_the_plan_year(year, law):
    for finding in findings(plan_of(OTHER, plan_year=year), "CONTENT"):
        assert finding.reference == f"{law} via FinsamL 21 §"


@pytest.mark.parametrize("role", DEMANDED)
def test_a_section_of_the_role_with_a_text_is_enough(role):
    assert role in missing(OTHER, plan=WITHOUT_GOALS)
    said = section("a", "A", role=role, text=WITH_FIGURE)
    assert missing(said, plan=WITHOUT_GOALS) == set(DEMANDED) - {role}


@pytest.mark.parametrize("role", DEMANDED)
def test_the_text_may_stand_in_a_part_of_the_section(role):
    said = section("a", "A", role=role, parts=(section("b", "B", text=WITH_FIGURE),))
    assert role not in missing(said, plan=WITHOUT_GOALS)


@pytest.mark.parametrize("role", DEMANDED)
@pytest.mark.parametrize("text", ["", "<p></p>", "<p> <br>&nbsp;</p>", "<ul><li></li></ul>"])
def test_a_section_of_the_role_that_says_nothing_is_not(role, text):
    assert role in missing(section("a", "A", role=role, text=text), plan=WITHOUT_GOALS)


@pytest.mark.parametrize(
    ("block", "settings", "said"),
    [
        ("budget_table", {}, BUDGET_ROLES),
        ("budget_table", {"parts": ["income"]}, {"financing"}),
        ("budget_table", {"parts": ["costs"]}, {"appropriations"}),
        ("budget_table", {"parts": ["equity"]}, {"closing_position"}),
        ("budget_table", {"parts": ["income", "costs"]}, {"financing", "appropriations"}),
        ("budget_table", {"years": [0, 1]}, BUDGET_ROLES),
        ("budget_table", {"years": [-1, 1]}, set()),
        ("budget_table", {"groups": [made.INSATS_GROUP]}, {"appropriations"}),
        ("budget_table", {"detail": "totals"}, BUDGET_ROLES),
        ("members_and_shares", {}, {"financing"}),
        ("members_and_shares", {"years": [1]}, set()),
        ("equity_bridge", {}, {"closing_position"}),
        ("equity_bridge", {"years": [-1]}, set()),
        ("charts", {}, set()),
        ("rule_report", {}, set()),
        ("glossary", {}, set()),
    ],
)
def test_which_live_blocks_say_it_whatever_the_role_of_their_section(block, settings, said):
    shown = section("a", "A", block=block, settings=settings)
    assert missing(shown, plan=WITHOUT_GOALS) == set(DEMANDED) - said


@pytest.mark.parametrize("block", ["budget_table", "members_and_shares", "equity_bridge"])
def test_a_block_of_a_budget_without_lines_says_nothing(block):
    for role in DEMANDED:
        shown = section("a", "A", role=role, block=block)
        assert missing(shown, plan=empty_plan()) == set(DEMANDED)


@pytest.mark.parametrize("block", ["goals", "areas", "scorecard"])
def test_a_block_of_goals_says_them_once_there_are_some(block):
    shown = section("a", "A", role="goals", block=block)
    assert "goals" not in missing(shown)
    assert "goals" in missing(shown, plan=WITHOUT_GOALS)


@pytest.mark.parametrize(
    ("block", "settings"),
    [
        ("areas", {"show": ["description"]}),
        ("areas", {"areas": ["ekonomi"]}),
        ("scorecard", {"areas": ["ekonomi"]}),
        ("goals", {"areas": ["ekonomi"]}),
    ],
)
def test_a_block_that_does_not_show_the_goals_does_not_say_them(block, settings):
    assert "goals" in missing(section("a", "A", block=block, settings=settings))


# -- financial goals -----------------------------------------------------------------------------

GOALS = section("mal", "Mål", block="goals")


def with_goal(goal: Goal) -> PlanPicture:
    return plan_of(goals=(goal,), areas=())


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (Goal("Resultatet är minst 100 kr.", is_financial=True), set()),
        (Goal("En ekonomi i balans.", is_financial=True), {"no figure"}),
        (Goal("En ekonomi i balans.", "<p>Minst 3 %.</p>", is_financial=True), set()),
        (Goal("Balans.", is_financial=True, indicators=(Indicator("Resultat", "0 kr"),)), set()),
        (Goal("Balans.", '<p><a href="https://x.se/2">x</a></p>', is_financial=True), {"no figure"}),
        (
            Goal("Balans.", '<p>Högst <span data-figure="what=highest"></span>.</p>', is_financial=True),
            set(),
        ),
        (Goal("Resultatet är minst 100 kr."), {"financial_goals"}),
    ],
)
def test_a_financial_goal_has_a_figure(goal, said):
    found = missing(GOALS, plan=with_goal(goal))
    assert found & {"financial_goals", "no figure"} == said


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, set()),
        ({"financial": True}, set()),
        ({"financial": False}, {"financial_goals"}),
        ({"areas": ["individen"]}, {"financial_goals"}),
    ],
)
def test_a_financial_goal_that_the_document_does_not_show_is_none(settings, said):
    shown = section("mal", "Mål", block="goals", settings=settings)
    assert missing(shown) & {"financial_goals", "no figure"} == said


def test_a_financial_goal_that_no_block_shows_is_none():
    assert "financial_goals" in missing(OTHER)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT, {"no figure"}),
        (WITH_FIGURE, set()),
        ('<p>Högst <span data-figure="what=highest"></span>.</p>', set()),
        ('<table><tr><td colspan="2">balans</td></tr></table>', {"no figure"}),
    ],
)
def test_financial_goals_in_a_text_have_a_figure(text, said):
    shown = section("ekonomi", "Ekonomi", role="financial_goals", text=text)
    plan = replace(WITHOUT_GOALS, sections=(shown,))
    assert missing(shown, plan=plan) & {"financial_goals", "no figure"} == said
    for finding in findings(plan, "CONTENT"):
        assert finding.section == ("ekonomi" if "ingen siffra" in finding.sentence else "")


# -- what is referred to -------------------------------------------------------------------------


def gone(plan: PlanPicture) -> list[str]:
    return [finding.sentence for finding in findings(plan, "LIVE_FIGURE")]


def figure(token: str) -> str:
    return f'<p><span data-figure="{token.replace("&", "&amp;")}"></span></p>'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (figure("what=line&of=999"), "En budgetpost som texten visar finns inte längre."),
        (figure("what=group&of=999"), "En grupp av budgetposter som texten visar finns inte längre."),
        (figure("what=project&of=999"), "En insats som texten visar finns inte längre."),
        (figure("what=name&of=999"), "En insats som texten visar finns inte längre."),
        (figure("what=member&of=999"), "En medlem som texten visar finns inte längre."),
        (figure("what=income&year=7"), "Budgeten har ingen kolumn för 2028."),
        (figure(f"what=line&of={made.JOBBSAM}&year=2"), "JobbSam har inget belopp 2023."),
        (figure("what=nonsense"), "Ett levande belopp kan inte läsas: nonsense är inget"),
        ('<p><a data-section="gone"></a></p>', "En hänvisning går till ett avsnitt som inte finns längre."),
    ],
)
def test_what_a_text_refers_to_that_is_gone_is_told_with_its_section(text, fault):
    plan = plan_of(section("a", "A"), section("b", "B", parts=(section("c", "Texten", text=text),)))
    (finding,) = findings(plan, "LIVE_FIGURE")
    assert finding.sentence.startswith(f"Avsnittet 2.1 Texten: {fault}")
    assert finding.section == "c"


@pytest.mark.parametrize(
    ("block", "settings", "fault"),
    [
        (
            "project_cards",
            {"projects": [made.PROJECT_IDLE, 999]},
            "En insats som ska visas finns inte längre.",
        ),
        ("timeline", {"projects": [999]}, "En insats som ska visas finns inte längre."),
        ("budget_table", {"groups": [999]}, "En grupp av budgetposter som ska visas finns inte längre."),
        ("areas", {"areas": ["gone"]}, "Ett område som ska visas finns inte längre."),
        ("target_groups", {"target_groups": ["gone"]}, "En målgrupp som ska visas finns inte längre."),
    ],
)
def test_what_a_block_is_set_to_show_that_is_gone_is_told(block, settings, fault):
    plan = plan_of(section("a", "A", numbered=False, block=block, settings=settings))
    (finding,) = findings(plan, "LIVE_FIGURE")
    assert finding.sentence == f"Avsnittet ”A”: {fault}"
    assert finding.section == "a"


def test_a_section_without_heading_is_told_of_by_the_one_above():
    text = figure("what=line&of=999")
    plan = plan_of(section("a", "Rubriken", parts=(section("b", text=text),)), section("c", numbered=False))
    assert gone(plan)[0].startswith("Avsnittet 1 Rubriken: En budgetpost")


def test_a_section_before_every_heading_is_told_of_by_its_own_name():
    assert gone(plan_of(section("ingress", text=figure("what=line&of=999"))))[0].startswith(
        "Avsnittet ”ingress”"
    )


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"areas": (Area("a", "focus_area", "Unga", figure("what=line&of=999")),)}, "Området ”Unga”"),
        ({"target_groups": (TargetGroup("a", "Unga", figure("what=line&of=999")),)}, "Målgruppen ”Unga”"),
        ({"goals": (Goal("Balans", figure("what=line&of=999")),)}, "Målet ”Balans”"),
        (
            {"areas": (Area("a", "focus_area", "Unga", goals=(Goal("Fler", figure("what=line&of=999")),)),)},
            "Målet ”Fler”",
        ),
        ({"terms": (Term("Insats", figure("what=line&of=999")),)}, "Begreppet Insats"),
    ],
)
def test_what_goals_and_lists_refer_to_that_is_gone_is_told(changes, where):
    plan = plan_of(OTHER, **changes)
    assert gone(plan) == [f"{where}: En budgetpost som texten visar finns inte längre."]


def test_nothing_is_gone_from_a_plan_that_hangs_together():
    activity = Activity("Kartlägga", sections=("a",), projects=(made.PROJECT_JOBBSAM,))
    plan = plan_of(
        section("a", "A", text=figure(f"what=line&of={made.JOBBSAM}") + '<p><a data-section="b"></a></p>'),
        section("b", "B", block="project_cards", settings={"projects": [made.PROJECT_JOBBSAM]}),
        section("c", "C", block="budget_table", settings={"groups": [made.OFFICE_GROUP]}),
        goals=(Goal("Balans", activities=(activity,)),),
    )
    assert not gone(plan)


def test_faults_stand_in_the_order_of_the_document_before_what_is_missing():
    plan = plan_of(
        section("a", "A", text=figure("what=line&of=999") + figure("what=member&of=999")),
        section("b", "B", text=figure("what=income&year=9")),
    )
    found = check_document(plan)
    assert [finding.section for finding in found if finding.code == "LIVE_FIGURE"] == ["a", "a", "b"]
    assert [finding.code for finding in found[:3]] == ["LIVE_FIGURE"] * 3


def test_an_amount_that_is_entered_takes_the_fault_away():
    plan = plan_of(section("a", "A", text=figure(f"what=line&of={made.JOBBSAM}&year=2")))
    assert gone(plan)
    assert not gone(made.with_amount(plan, made.JOBBSAM, 4, Decimal(0)))
