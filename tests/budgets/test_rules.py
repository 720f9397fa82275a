"""The rules, each by the cases in rule_cases/*.toml: what a budget holds, and what is to be said of it.

A case gives amounts in its unit (SEK), one or one per column, "" for an empty cell, and expects
exactly the findings of its file's rules: code, severity, year. `reference` is that of every finding,
`says` the first finding in words.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budgets.rules import RULES, Circumstances, Finding, Policy, ProjectFacts, check
from budgets.rules.equity_limits import recommended_limits
from budgets.rules.legal_values import (
    MissingLegalValueError,
    citation,
    equity_limit_values,
    share_values,
)
from budgets.rules.sentences import SENTENCES, column_name, sentence
from budgets.sheet import BudgetSheet, Line, PrintedTotal, StatedLimits
from finsam.swedish import UNIT_SIZE
from tests.budgets import examples
from tests.budgets.examples import line

HERE = Path(__file__).parent


def toml(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)


# -- reading the cases -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    sheet: BudgetSheet
    circumstances: Circumstances
    codes: list[str]
    expect: list[str]
    reference: str | None
    says: str | None

    @property
    def findings(self) -> list[Finding]:
        """What the rules of the case's file say, in the order it is shown."""
        everything = check(self.sheet, self.circumstances)
        return [finding for finding in everything if finding.code in self.codes]


class _Amounts:
    """Amounts as a case writes them: one, or one per column, in its unit."""

    def __init__(self, case: dict[str, Any], columns: int) -> None:
        self.size = UNIT_SIZE[case.get("unit", "SEK")]
        self.columns = columns

    def __call__(self, written: Any) -> list[Decimal | None]:
        amounts = written if isinstance(written, list) else [written]
        assert len(amounts) == self.columns, written
        return [None if amount == "" else Decimal(amount) * self.size for amount in amounts]


def _lines(case: dict[str, Any], amounts: _Amounts) -> Iterator[Line]:
    for payer, each in case.pop("contributions", {}).items():
        yield line("income", *amounts(each), member_kind=payer)
    for each in case.pop("more_contributions", []):
        share = each.get("agreed_share")
        yield line(
            "income",
            *amounts(each["amounts"]),
            member_kind=each["payer"],
            member=each["member"],
            agreed_share=None if share is None else Decimal(share),
        )
    for name, each in case.pop("income", {}).items():
        yield line("income", *amounts(each), line_class=name)
    for name, each in case.pop("costs", {}).items():
        yield line("cost", *amounts(each), line_class=name)
    for project, each in case.pop("project_costs", {}).items():
        yield line("cost", *amounts(each), project=project)
    for key, section in (
        ("opening", "opening_equity"),
        ("financial_income", "financial_income"),
        ("financial_cost", "financial_cost"),
    ):
        if key in case:
            yield line(section, *amounts(case.pop(key)))
    if "balancing" in case:
        balancing = case.pop("balancing")
        yield line(
            "balancing",
            *amounts(balancing.get("amounts", [""] * amounts.columns)),
            targets=tuple(amounts(balancing["target"])),
        )


def _circumstances(case: dict[str, Any]) -> Circumstances:
    return Circumstances(
        policies=tuple(
            Policy(
                kind=each["kind"],
                value=Decimal(each["value"]) if "value" in each else None,
                first_year=each["first_year"],
                last_year=each.get("last_year"),
                source=each["source"],
            )
            for each in case.pop("policies", [])
        ),
        projects=tuple(
            ProjectFacts(
                name=each["name"],
                first_day=each.get("first_day"),
                last_day=each.get("last_day"),
                open_ended=each.get("open_ended", False),
                parties=each.get("parties"),
                period=each.get("period", ""),
            )
            for each in case.pop("projects", [])
        ),
    )


def _case(written: dict[str, Any], codes: list[str]) -> Case:
    case = dict(written)
    columns = case.pop("columns", ["2020 budget"])
    amounts = _Amounts(case, len(columns))
    limits = case.pop("stated_limits", None)
    details: dict[str, Any] = {
        "unit": case.pop("unit", "SEK"),
        "totals": tuple(
            PrintedTotal(each["name"], tuple(amounts(each["printed"])), sections=tuple(each["sections"]))
            for each in case.pop("printed", [])
        ),
        "stated_limits": limits
        and StatedLimits(
            Decimal(limits["base"]),
            Decimal(limits["highest"]),
            Decimal(limits["lowest"]),
            limits.get("stated_by", ""),
        ),
    }
    if "plan_year" in case:
        details["plan_year"] = case.pop("plan_year")
    result = Case(
        sheet=examples.sheet(", ".join(columns), *_lines(case, amounts), **details),
        circumstances=_circumstances(case),
        codes=codes,
        expect=case.pop("expect"),
        reference=case.pop("reference", None),
        says=case.pop("says", None),
    )
    assert set(case) == {"name"}, f"unknown in {case['name']}: {set(case) - {'name'}}"
    return result


def _all_cases() -> Iterator[tuple[str, Case]]:
    for file in sorted((HERE / "rule_cases").glob("*.toml")):
        data = toml(file)
        codes = [rule.code for rule in RULES] if data["rule"] == "all" else data["rule"]
        for written in data["case"]:
            yield (
                f"{file.stem}: {written['name']}",
                _case(written, [codes] if isinstance(codes, str) else codes),
            )


CASES = dict(_all_cases())
LIMITS = {each["name"]: each for each in toml(HERE / "equity_limits.toml")["limits"]}


# -- the cases ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_case(name):
    case = CASES[name]
    findings = case.findings

    assert [_in_short(finding, case.sheet) for finding in findings] == case.expect
    if case.reference is not None:
        assert {finding.reference for finding in findings} == {case.reference}
    if case.says is not None:
        assert sentence(findings[0], case.sheet).replace("\u00a0", " ") == case.says


def _in_short(finding: Finding, budget: BudgetSheet) -> str:
    year = "" if finding.column is None else f" {column_name(budget, finding.column)}"
    return f"{finding.code} {finding.severity}{year}"


def test_no_two_cases_have_the_same_name():
    assert len(CASES) == len(list(_all_cases()))


@pytest.mark.parametrize("name", LIMITS)
def test_equity_limits(name):
    case = LIMITS[name]

    limits = recommended_limits(Decimal(case["base"]), 2020)

    assert limits is not None
    assert limits.highest is not None
    assert limits.lowest is not None
    assert (limits.highest.amount, limits.lowest.amount) == (case["highest"], case["lowest"])
    assert bool(limits.doubt) is case["doubt"]


# -- parts of lines ("varav") ------------------------------------------------------------------------


def _said(*lines: Line, projects: tuple[ProjectFacts, ...] = ()) -> list[tuple[str, tuple[int, ...]]]:
    """Code and lines of what the rules on members, insatser and other income say."""
    codes = ("SHARES", "SHARES_AGREED", "PROJECT_PERIOD", "PROJECT_PARTIES", "OUTSIDE_FUNDS", "ESF")
    found = check(examples.sheet("2026 budget", *lines), Circumstances(projects=projects))
    return [(finding.code, finding.lines) for finding in found if finding.code in codes]


KRAMI = ProjectFacts("Krami", None, date(2025, 12, 31), open_ended=False, parties=1, period="2025")


def test_a_part_of_its_own_insats_is_not_found_a_second_time():
    whole, part = line("cost", 900, project="Krami"), line("cost", 100, project="Krami", part_of=0)

    assert _said(whole, part, projects=(KRAMI,)) == _said(whole, projects=(KRAMI,))
    assert _said(whole, projects=(KRAMI,)) == [("PROJECT_PERIOD", (0,)), ("PROJECT_PARTIES", (0,))]


@pytest.mark.parametrize("other", ["", "JobbSam"])
def test_a_part_of_another_line_is_found_for_its_own_insats(other):
    whole, part = line("cost", 900, project=other), line("cost", 100, project="Krami", part_of=0)

    assert _said(whole, part, projects=(KRAMI,)) == [("PROJECT_PERIOD", (1,)), ("PROJECT_PARTIES", (1,))]


def test_a_part_of_an_income_is_neither_a_payer_nor_money_from_outside():
    lines = (
        line("income", 100, line_class="esf"),
        line("income", 60, line_class="other", part_of=0),
        line("income", 70, line_class="other"),
        line("income", 50, line_class="esf", part_of=2),
        line("income", 100, member_kind="state"),
        line("income", 70, member_kind="region", part_of=4),
    )

    assert _said(*lines) == [("SHARES", (4,)), ("OUTSIDE_FUNDS", (2,)), ("ESF", (0,))]


def _quarters(*municipal: Line) -> list[tuple[str, tuple[int, ...]]]:
    quarters = line("income", 2_000, member_kind="state"), line("income", 1_000, member_kind="region")
    return _said(*quarters, *municipal)


def test_a_part_of_a_members_contribution_is_not_compared_with_what_the_member_agreed_to_pay():
    lund = {"member_kind": "municipality", "member": "Lund", "agreed_share": Decimal(60)}

    assert _quarters(line("income", 600, **lund), line("income", 400, member_kind="municipality")) == []
    assert (
        _quarters(
            line("income", 600, **lund),
            line("income", 100, **lund, part_of=2),
            line("income", 400, member_kind="municipality"),
        )
        == []
    )


@pytest.mark.parametrize(("amount", "said"), [(600, []), (700, [("SHARES_AGREED", (3,))])])
def test_the_parts_of_what_several_members_pay_are_each_compared_with_their_agreement(amount, said):
    lund = {"member_kind": "municipality", "member": "Lund", "agreed_share": Decimal(60)}

    assert (
        _quarters(
            line("income", 1_000, member_kind="municipality"), line("income", amount, **lund, part_of=2)
        )
        == said
    )


def test_a_part_of_another_kind_of_payer_is_not_compared_as_its_quarter_is_unknown():
    lund = {"member_kind": "municipality", "member": "Lund", "agreed_share": Decimal(60)}
    lines = (
        line("income", 2_000, member_kind="state"),
        line("income", 1_990, member_kind="region_and_municipalities"),
        line("income", 600, **lund, part_of=1),
        line("income", 10, member_kind="municipality"),
    )

    assert [each for each in _said(*lines) if each[0] == "SHARES_AGREED"] == []


# -- the rules themselves ----------------------------------------------------------------------------


def test_every_rule_is_yielded_by_a_case_and_every_code_is_a_rule():
    yielded = {finding.code for case in CASES.values() for finding in case.findings}

    assert yielded == {rule.code for rule in RULES}


def test_every_sentence_is_said_in_a_case_and_every_finding_has_one():
    said = set()
    for case in CASES.values():
        for finding in case.findings:
            assert sentence(finding, case.sheet)
            said.add(f"{finding.code}.{finding.variant}" if finding.variant else finding.code)

    assert said == set(SENTENCES)


def test_no_sentence_shows_a_name_from_the_code():
    for case in CASES.values():
        for finding in case.findings:
            words = sentence(finding, case.sheet)
            assert not [code for code in ("None", "Decimal", "_", "{", "}") if code in words], words


def test_a_rule_gives_nothing_worse_than_it_says():
    order = ["error", "warning", "notice"]
    for case in CASES.values():
        for finding in check(case.sheet, case.circumstances):
            [rule] = [rule for rule in RULES if rule.code == finding.code]
            assert order.index(finding.severity) >= order.index(rule.severity), finding


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_every_rule_explains_itself_and_says_where_it_rests(rule):
    assert rule.title
    assert rule.explanation.endswith(".")
    assert rule.citations or rule.source


def test_citations_are_dated_and_in_order():
    cited = [(rule.code, [each.valid_from for each in rule.citations]) for rule in RULES if rule.citations]

    assert cited == [
        ("EQUITY_NEGATIVE", [2004]),
        ("HORIZON", [2004, 2018]),
        ("BALANCE", [2004, 2018]),
        ("EQUITY_CHAIN", [2004, 2019]),
        ("SHARES", [2004]),
        ("PROJECT_PARTIES", [2004]),
        ("OUTSIDE_FUNDS", [2004]),
    ]


def test_a_finding_points_at_its_lines():
    budget = examples.sheet(
        "2025 budget, 2026 plan",
        line("income", 500, 600, name="Staten", member_kind="state"),
        line("income", 100, 100, name="Lund", member_kind="municipality", agreed_share=Decimal(10)),
        line("income", 400, 300, name="Svalöv", member_kind="municipality"),
        line("income", 100, 100, name="Gåva", project="JobbSam"),
        line("income", 100, 100, name="ESF", line_class="esf"),
        line("opening_equity", 10, 20, name="Sparat"),
        line("opening_equity", None, None, name="Övrigt sparat"),
        line("cost", 500, 500, name="Lön", project="JobbSam"),
        line("cost", 100, 100, name="Lokal", project="JobbSam"),
        line("cost", 600, 600, name="Krami", project="Krami"),
        totals=(
            PrintedTotal("Rätt", examples.kronor(1_200, None), sections=("cost",)),
            PrintedTotal("Fel", examples.kronor(None, 1_201), sections=("cost",)),
        ),
    )
    ended = date(2025, 12, 31)
    circumstances = Circumstances(
        policies=(Policy("project_period", Decimal(6), 2025, None, "Styrelsen"),),
        projects=(ProjectFacts("JobbSam", date(2025, 1, 1), ended, False, 1, "2025"),),
    )

    def pointed_at(code: str) -> list[list[str]]:
        return [
            [budget.lines[key].name for key in finding.lines]
            for finding in check(budget, circumstances)
            if finding.code == code
        ]

    assert pointed_at("SHARES") == [["Staten", "Lund", "Svalöv"]] * 2
    assert pointed_at("SHARES_AGREED") == [["Lund"], ["Lund"]]
    assert pointed_at("OUTSIDE_FUNDS") == [["Gåva"]] * 2
    assert pointed_at("ESF") == [["ESF"]] * 2
    assert pointed_at("EQUITY_CHAIN") == [["Sparat", "Övrigt sparat"]]
    assert pointed_at("PROJECT_PERIOD") == [["Lön"], ["Lokal"]]
    assert pointed_at("PROJECT_PARTIES") == [["Lön", "Lokal"]]
    assert pointed_at("POLICY_PROJECT_PERIOD") == [["Lön", "Lokal"]]
    [wrong] = [finding for finding in check(budget) if finding.code == "PRINTED_TOTAL"]
    assert (wrong.total, wrong.column) == (1, 1)


def test_a_rule_that_has_nothing_to_judge_says_so():
    """So that nobody is told that all is well with what is not there."""
    nothing = examples.sheet("2019 outcome")
    assert [rule.code for rule in RULES if rule.judges(nothing)] == []

    complete = examples.sheet(
        "2020 budget, 2021 plan, 2022 plan",
        line("income", 10, 10, 10, member_kind="all"),
        line("cost", 9, 9, 9, project="JobbSam"),
        line("opening_equity", 1, 2, None),
        totals=(PrintedTotal("Summa", (None, None, None), sections=("cost",)),),
    )
    assert {rule.code for rule in RULES if rule.judges(complete)} == {
        "EQUITY_NEGATIVE",
        "HORIZON",
        "BALANCE",
        "EQUITY_CHAIN",
        "SHARES",
        "PRINTED_TOTAL",
    }


# -- legal values ------------------------------------------------------------------------------------


def test_a_plan_year_without_a_legal_value_is_an_error_in_the_data():
    too_early = examples.sheet(
        "2003 budget, 2004 plan, 2005 plan",
        line("income", 10, 10, 10, member_kind="state"),
        line("cost", 20, 20, 20),
    )

    with pytest.raises(MissingLegalValueError, match="2003"):
        check(too_early)


@pytest.mark.parametrize("code", ["EQUITY_NEGATIVE", "BALANCE", "HORIZON", "EQUITY_CHAIN", "SHARES"])
def test_no_citation_before_the_law(code):
    assert citation(code, 2004)
    with pytest.raises(MissingLegalValueError, match="Det finns inget värde för .* planåret 2003"):
        citation(code, 2003)


def test_no_shares_before_the_law():
    law = share_values(2004)

    assert [law.state, law.region, law.municipality] == [50, 25, 25]
    with pytest.raises(MissingLegalValueError, match="andelarna planåret 2003"):
        share_values(2003)


def test_no_staircase_before_the_recommendation():
    assert equity_limit_values(2013) is None
    assert equity_limit_values(2014) is not None
    assert recommended_limits(Decimal(7_000_000), 2013) is None


def test_every_legal_value_says_where_it_stands_and_when_it_was_read():
    data = toml(Path(__file__).parents[2] / "budgets" / "rules" / "legal_values.toml")
    entries = [entry for name, group in data.items() if name != "citation" for entry in group]
    entries += [entry for group in data["citation"].values() for entry in group]

    assert entries
    for entry in entries:
        assert entry.get("source") or entry["text"]
        assert entry["last_checked"].year >= 2026
        assert entry["confirmed"] or entry["doubt"], entry
