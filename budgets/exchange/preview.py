"""What the preview of an import shows: what is added and changed, and what the budget comes to. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from budgets.editing.state import BudgetState
from budgets.exchange.import_steps import Changes, Difference, changes, column_name
from budgets.exchange.proposal import Grade, PrintedCheck, Problem, Proposal
from budgets.sheet import BudgetSheet
from budgets.sheet_parts import Column
from budgets.table import head

MAX_SHOWN = 400
"""Rows of each list; the rest is counted."""


@dataclass(frozen=True)
class Outcome:
    """A key figure of a column before and after the import, SEK."""

    column: str
    name: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class AddedLine:
    name: str
    group: str
    place: str
    meaning: str
    part: bool
    amounts: tuple[Decimal | None, ...]


class Preview:
    """`sheet_of` gives the sheet of a state."""

    def __init__(
        self, proposal: Proposal, state: BudgetState, sheet_of: Callable[[BudgetState], BudgetSheet]
    ) -> None:
        self.proposal, self.state, self.sheet_of = proposal, state, sheet_of
        self.number = state.number
        self.changes: Changes = changes(proposal, state)

    @property
    def heads(self) -> list[str]:
        return [column_name(column) for column in self.proposal.columns]

    def _problems(self, grade: Grade) -> list[Problem]:
        return [problem for problem in self.proposal.problems if problem.grade == grade]

    @property
    def errors(self) -> list[Problem]:
        return self._problems(Grade.ERROR)

    @property
    def conflicts(self) -> list[Problem]:
        return self._problems(Grade.CONFLICT)

    @property
    def remarks(self) -> list[Problem]:
        return self._problems(Grade.REMARK)

    @cached_property
    def added(self) -> list[AddedLine]:
        width = range(len(self.proposal.columns))
        return [
            AddedLine(
                name=line.name or "",
                group=", ".join(filter(None, (line.group, line.subgroup))),
                place=line.place,
                meaning=MEANING_WORDS.get((line.section, line.line_class), ""),
                part=line.part_of is not None,
                amounts=tuple(line.cells.get(column) for column in width),
            )
            for line in self.changes.added[:MAX_SHOWN]
        ]

    @property
    def added_left_out(self) -> int:
        return max(0, len(self.changes.added) - MAX_SHOWN)

    @property
    def differences_left_out(self) -> int:
        return max(0, len(self.changes.differences) - MAX_SHOWN)

    @property
    def printed_faults(self) -> list[tuple[PrintedCheck, str]]:
        """The printed totals that their rows do not give, each with its column's name."""
        return [(check, self.heads[check.column]) for check in self.proposal.printed if not check.agrees]

    @property
    def printed_agreeing(self) -> int:
        return sum(check.agrees for check in self.proposal.printed)

    @property
    def differences(self) -> tuple[Difference, ...]:
        return self.changes.differences[:MAX_SHOWN]

    @property
    def new_columns(self) -> list[str]:
        return [column_name(column) for column in self.changes.new_columns]

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """Income, costs, result and closing equity of every column, before and after."""
        before, after = (
            self.sheet_of(self.state),
            self.sheet_of(self.state.after(self.changes.steps, self.number)),
        )
        old = {column.key: before.figures[place] for place, column in enumerate(before.columns)}
        found = []
        for place, column in enumerate(after.columns):
            now, was = after.figures[place], old.get(column.key)
            for name, field in (
                ("Intäkter", "income"),
                ("Kostnader", "costs"),
                ("Resultat", "result"),
                ("Utgående eget kapital", "closing"),
            ):
                found.append(Outcome(_name(column), name, getattr(was, field, None), getattr(now, field)))
        return found


def _name(column: Column) -> str:
    shown = head(column)
    return " ".join(filter(None, (str(shown.year), shown.kind, shown.detail)))


MEANING_WORDS = {
    ("income", "contribution"): "medlemsbidrag",
    ("income", "esf"): "ESF-medel",
    ("income", "other"): "övrig intäkt",
    ("opening_equity", ""): "ingående eget kapital",
    ("cost", "board"): "styrelse",
    ("cost", "administration"): "administration",
    ("cost", "audit"): "revision",
    ("cost", "insats"): "insats",
    ("financial_income", ""): "finansiell intäkt",
    ("financial_cost", ""): "finansiell kostnad",
    ("balancing", ""): "medel att fördela",
}
