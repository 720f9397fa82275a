"""What an import would do to a budget: lines, cells, notes, and what stands in the way. Pure.

Both roads end here, our own workbook and any other table; `budgets/exchange/changing.py` turns a proposal
into the steps of one change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Grade(StrEnum):
    """How much a problem matters. ERROR: a figure cannot be read; the import waits until somebody has
    decided. CONFLICT: changed both here and in the file. REMARK: to know of."""

    ERROR = "error"
    CONFLICT = "warning"
    REMARK = "notice"


@dataclass(frozen=True)
class Problem:
    """`place` is the sheet and cell (Budget!C7), empty when it concerns the whole file."""

    grade: Grade
    place: str
    sentence: str


@dataclass(frozen=True)
class ProposedColumn:
    """A column of the budget (`key`), or one to be made (None)."""

    year: int
    kind: str
    label: str = ""
    key: int | None = None


@dataclass(frozen=True)
class ProposedLine:
    """A line of the budget (`key`) with what is to change in it, or a line to be made (None).

    `cells` holds amounts in SEK by the place of their column in the proposal; a cell that is not there
    is left as it is. Of a line that is there, `name` and `note` None mean: as it is.
    """

    place: str
    name: str | None
    cells: Mapping[int, Decimal | None]
    key: int | None = None
    section: str = ""
    line_class: str = ""
    member_kind: str = ""
    member: int | None = None
    group: str = ""
    subgroup: str = ""
    part_of: int | None = None
    """The place in the proposal's lines of the line that a new line is part of."""
    note: str | None = None
    printed_texts: Mapping[int, str] = field(default_factory=dict)
    cell_notes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PrintedCheck:
    """A total as the table prints it in a column, beside what the lines give; `what` says of which
    lines. SEK."""

    place: str
    name: str
    column: int
    printed: Decimal
    computed: Decimal
    what: str

    @property
    def difference(self) -> Decimal:
        return self.printed - self.computed

    @property
    def agrees(self) -> bool:
        return self.difference == 0


@dataclass(frozen=True)
class Proposal:
    columns: tuple[ProposedColumn, ...]
    lines: tuple[ProposedLine, ...]
    problems: tuple[Problem, ...] = ()
    printed: tuple[PrintedCheck, ...] = ()
    missing: tuple[str, ...] = ()
    """Names of the budget's lines that the file does not have; they are kept."""
    source: str = ""

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.grade == Grade.ERROR]
