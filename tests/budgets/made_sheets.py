"""Budgets made up for tests of storing, reading and showing: large ones, and ones full of oddities."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from budgets.exchange.storing import store
from budgets.models import Budget
from budgets.sheet import BudgetSheet, Column, Line, PrintedTotal, StatedLimits, Status
from finsam.typed_amount import typed_amount
from members.models import Federation, Member
from projects.models import Project

COLUMNS = (
    Column(2021, "budget"),
    Column(2022, "plan"),
    Column(2023, "plan"),
    Column(2020, "outcome"),
    Column(2020, "forecast", "efter augusti"),
    Column(2020, "budget", starts=date(2020, 1, 1), ends=date(2020, 12, 31)),
    Column(2019, "outcome"),
    Column(2018, "outcome"),
)


def large_sheet(lines: int, columns: int) -> BudgetSheet:
    """So many lines and columns, with everything that a page may have to look up for each."""
    kinds = (_contribution, _cost, _cost, _cost)
    rows = [_opening(columns), _balancing(columns)]
    rows += [kinds[number % 4](number, columns) for number in range(2, lines)]
    totals = [
        PrintedTotal(f"Summa {each.group}", (Decimal(1),) * columns, groups=(each.group,))
        for each in {row.group: row for row in rows if row.group}.values()
    ]
    totals += [
        PrintedTotal(f"Summa {row.name}", (Decimal(2),) * columns, names=(row.name,)) for row in rows[::10]
    ]
    totals.append(PrintedTotal("Resultat", (Decimal(3),) * columns, sections=("income",), minus=("cost",)))
    return BudgetSheet(COLUMNS[:columns], tuple(rows), tuple(totals), plan_year=2021, source="påhittad")


def _opening(columns: int) -> Line:
    return Line(0, "opening_equity", "Eget kapital", (Decimal(1_000_000), *[None] * (columns - 1)))


def _balancing(columns: int) -> Line:
    nothing_left = (Decimal(0),) * columns
    return Line(1, "balancing", "Att fördela", (None,) * columns, group="Fria medel", targets=nothing_left)


def _contribution(number: int, columns: int) -> Line:
    status = Status("granted", Decimal(10_000), "2020-11", "enligt beslut")
    return Line(
        number,
        "income",
        f"Bidrag {number}",
        tuple(Decimal(10_000 + number + column) for column in range(columns)),
        "contribution",
        member_kind="municipality",
        member=f"Kommun {number}",
        statuses=((status, status), *[()] * (columns - 1)),
    )


def _cost(number: int, columns: int) -> Line:
    return Line(
        number,
        "cost",
        f"Kostnad {number}",
        tuple(Decimal(1_000 + number + column) for column in range(columns)),
        "insats",
        group=f"Grupp {number // 20}",
        subgroup=f"Undergrupp {number // 5}" if number % 3 else "",
        project=f"Insats {number}",
        note=f"Not {number}",
        printed_texts=("ca 1", *[""] * (columns - 1)),
        cell_notes=("ungefär", *[""] * (columns - 1)),
    )


def odd_sheet(seed: int) -> BudgetSheet:
    """Any budget that the file can hold: other words and figures for each seed."""
    return _OddSheet(random.Random(seed)).sheet()


class _OddSheet:
    NAMES = ("Åtgärder – ”Öst”", "A" * 200, "Räntor & avgifter <b>", "100 %", "Kansli", "日本", "Kansli 2")

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.columns = tuple(dice.sample(COLUMNS, dice.randint(1, len(COLUMNS))))

    def sheet(self) -> BudgetSheet:
        lines = self.with_parts([self.line(key) for key in range(self.dice.randint(0, 12))])
        return BudgetSheet(
            self.columns,
            lines,
            tuple(self.total(number, lines) for number in range(self.dice.randint(0, 3)) if lines),
            plan_year=self.dice.choice((2021, 2022)),
            unit=self.dice.choice(("SEK", "kSEK")),
            source=self.name(),
            stated_limits=self.dice.choice((None, self.limits())),
        )

    def line(self, key: int) -> Line:
        section, line_class = self.dice.choice(
            (
                ("income", "contribution"),
                ("income", "esf"),
                ("income", "other"),
                ("cost", "insats"),
                ("cost", "board"),
                ("opening_equity", ""),
                ("financial_cost", ""),
                ("balancing", ""),
            )
        )
        group = self.dice.choice(("", self.name()))
        details: dict[str, Any] = {}
        if line_class == "contribution":
            details = {
                "member_kind": self.dice.choice(("state", "region", "municipality", "all")),
                "member": self.dice.choice(("", self.name()[:150])),
                "statuses": self.some(self.statuses, ()),
            }
        elif section in ("income", "cost"):
            details = {"project": self.dice.choice(("", self.name()))}
        elif section == "balancing":
            details = {"targets": tuple(self.amount() for _ in self.columns)}
        return Line(
            key,
            section,
            self.name(),
            tuple(self.amount() for _ in self.columns),
            line_class,
            group=group,
            subgroup=self.dice.choice(("", self.name())) if group else "",
            note=self.dice.choice(("", self.name())),
            printed_texts=self.some(lambda: self.dice.choice(("", "ca 3 mkr")), ""),
            cell_notes=self.some(lambda: self.dice.choice(("", self.name())), ""),
            **details,
        )

    def with_parts(self, lines: list[Line]) -> tuple[Line, ...]:
        """The lines, about a third of them made part of another that stands before or after; and in some an
        amount that a formula gives."""
        parts: dict[int, int] = {}
        for line in lines:
            wholes = [each for each in lines if each.section == line.section and each.key not in parts]
            whole = self.dice.choice(wholes)
            free = line.key not in parts.values() and whole is not line and self.dice.random() < 0.5
            if free and line.section not in ("opening_equity", "balancing"):
                parts[line.key] = whole.key
        return tuple(self.with_formula(replace(line, part_of=parts.get(line.key))) for line in lines)

    def with_formula(self, line: Line) -> Line:
        if line.section == "balancing" or self.dice.random() < 0.7:
            return line
        typed = typed_amount(f"={self.dice.randint(1, 99)}*4500/7", "SEK")
        rest = len(line.amounts) - 1
        return replace(
            line,
            amounts=(typed.amount, *line.amounts[1:]),
            formulas=(typed.formula, *[""] * rest),
        )

    def total(self, number: int, lines: tuple[Line, ...]) -> PrintedTotal:
        groups = [line.group for line in lines if line.group]
        parts: list[dict[str, tuple[str, ...]]] = [
            {"names": (self.dice.choice(lines).name,)},
            {"sections": ("income", "opening_equity"), "minus": ("cost", "balancing")},
        ]
        parts += [{"groups": (group,)} for group in groups[:1]]
        figures = tuple(self.amount() for _ in self.columns)
        return PrintedTotal(f"Summa {number}", figures, **self.dice.choice(parts))

    def limits(self) -> StatedLimits:
        return StatedLimits(Decimal(4_000_000), Decimal("800000.5"), Decimal(280_000), self.name())

    def statuses(self) -> tuple[Status, ...]:
        kinds = self.dice.sample(("applied", "preliminary", "granted", "declined"), self.dice.randint(0, 3))
        return tuple(
            Status(
                kind, abs(self.amount() or Decimal(0)), self.dice.choice(("", "2020", "2020-11-30")), "§ 7"
            )
            for kind in kinds
        )

    def some(self, value: Any, empty: Any) -> tuple[Any, ...]:
        """A value per column, or nothing at all, as `read` gives it."""
        values = tuple(value() for _ in self.columns)
        return values if any(each != empty for each in values) else ()

    def amount(self) -> Decimal | None:
        exact = Decimal(self.dice.randint(-(10**9), 10**9)).scaleb(-2)
        return self.dice.choice((None, Decimal(0), exact, Decimal("999999999999.99"), Decimal("0.01")))

    def name(self) -> str:
        return self.dice.choice(self.NAMES)


def stored(sheet: BudgetSheet, federation: Federation) -> Budget:
    """The sheet as a budget of the federation, which gets the members and insatser that it names."""
    known_members = set(federation.members.values_list("name", flat=True))
    Member.objects.bulk_create(
        Member(federation=federation, name=name, kind="municipality", agreed_share=50)
        for name in dict.fromkeys(line.member for line in sheet.lines if line.member)
        if name not in known_members
    )
    known_projects = set(federation.projects.values_list("name", flat=True))
    Project.objects.bulk_create(
        Project(federation=federation, name=name, level="individual", status="running", starts="2019")
        for name in dict.fromkeys(line.project for line in sheet.lines if line.project)
        if name not in known_projects
    )
    return store(sheet, federation)
