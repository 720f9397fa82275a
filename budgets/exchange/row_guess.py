"""What each row of a foreign table means: a heading, a line of some class, a total, nothing. Pure.

Read from the top with what the headings have said so far; words decide, never the size of a figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.exchange import words
from budgets.exchange.head_guess import Head, is_figure, years_in
from budgets.exchange.mapping import GROUP, PART, SECTION, SKIP, SUBGROUP, TOTAL
from budgets.exchange.raw import RawCell, RawSheet
from budgets.exchange.words import KnownMember, member_of, plain_name

HEADING = "heading"
"""Before it is known which kind of heading it is."""


@dataclass(frozen=True)
class Row:
    """A row as it is looked at: its name and what stands in the columns of the years."""

    name: str
    has_figures: bool
    has_marks: bool
    is_head: bool


def row_name(sheet: RawSheet, row: int, name_column: int, first_year: int) -> str:
    """The name of a row: in the name column, else the text nearest the figures."""
    cell = sheet.cell(row, name_column)
    if cell is None or not cell.is_text:
        near = [sheet.cell(row, column) for column in range(first_year - 1, -1, -1)]
        cell = next((each for each in near if each is not None and each.is_text), None)
    return words.same_place(cell.text) if cell is not None and cell.is_text else ""


def guess_rows(sheet: RawSheet, head: Head, members: Sequence[KnownMember] = ()) -> tuple[str, ...]:
    """A meaning for every row of the sheet."""
    return _Guess(sheet, head, members).meanings()


class _Guess:
    def __init__(self, sheet: RawSheet, head: Head, members: Sequence[KnownMember]) -> None:
        self.members = members
        self.start = max(head.last_row, -1)
        columns = {year.column for year in head.years}
        first_year = min(columns, default=head.name_column + 1)
        self.rows = [self._row(sheet, row, head, columns, first_year) for row in range(len(sheet.rows))]
        if head.first_row >= 0:  # the head's own word over the names: INTÄKTER
            names = [self.rows[row].name for row in range(head.first_row, head.last_row + 1)]
            self.head_name = next((name for name in names if self._section(name)), "")
        else:
            self.head_name = ""
        self.section = ""
        self.group = self.subgroup = ""

    def _row(self, sheet: RawSheet, row: int, head: Head, columns: set[int], first_year: int) -> Row:
        cells = [sheet.cell(row, column) for column in sorted(columns)]
        name = row_name(sheet, row, head.name_column, first_year)
        over = [cell for cell in cells if cell is not None]
        is_head = (
            bool(over) and all(years_in(cell) or _is_word(cell) for cell in over) and any(map(years_in, over))
        )
        return Row(
            name,
            has_figures=any(is_figure(cell) or (cell is not None and not cell.is_text) for cell in cells)
            and not is_head,
            has_marks=bool(over) and not is_head,
            is_head=is_head,
        )

    def meanings(self) -> tuple[str, ...]:
        result = [SKIP] * len(self.rows)
        first = [self._meaning(row) for row in range(len(self.rows))]
        if self.head_name:
            self._enter(self.head_name)
        for row in range(self.start + 1, len(self.rows)):
            meaning = first[row]
            if meaning == HEADING:
                meaning = self._heading(row, first)
            elif meaning == TOTAL:
                self._close(self.rows[row].name)
            elif not meaning:
                meaning = self._line(self.rows[row].name, result[row - 1] if row else SKIP)
            result[row] = meaning
        return tuple(result)

    # -- what a row is, by itself ------------------------------------------------------------------

    def _meaning(self, row: int) -> str:
        """Heading, total, skip, or empty for a line."""
        each = self.rows[row]
        if not each.name:
            return TOTAL if each.has_figures else SKIP
        if words.NO_LINE.search(each.name):
            return SKIP
        if each.is_head:
            return HEADING
        if words.TOTAL.search(each.name) and (each.has_marks or not self._section(each.name)):
            return TOTAL if each.has_marks else SKIP
        if each.has_figures or each.has_marks:
            return ""
        return HEADING if self._is_heading(row) else ""

    def _is_heading(self, row: int) -> bool:
        """A row without figures is a heading when something stands under it; an empty line otherwise."""
        name = self.rows[row].name
        if self._section(name) or len(name) > 200:
            return True
        below = next((each for each in self.rows[row + 1 :] if each.name), None)
        if below is None:
            return False
        if below.is_head:
            return True
        if (words.TOTAL.search(below.name) and below.has_figures) or self._section(below.name):
            return False
        return not (
            words.OPENING.search(below.name) or words.OPENING.search(name) or self._is_income_line(name)
        )

    def _is_income_line(self, name: str) -> bool:
        return bool(words.INCOME_LINE.search(name) or words.ESF.search(name) or member_of(name, self.members))

    @staticmethod
    def _section(name: str) -> str:
        """The section that a heading opens; empty when it opens none."""
        if words.FINANCIAL.search(name):
            cost = words.FINANCIAL_COST.search(name)
            return (
                "financial_cost"
                if cost
                else "financial_income"
                if words.FINANCIAL_INCOME.search(name)
                else ""
            )
        for section, pattern in (
            ("income", words.INCOME_SECTION),
            ("cost", words.COST_SECTION),
            ("equity", words.EQUITY_SECTION),
        ):
            if pattern.search(name):
                return section
        return ""

    # -- headings and totals -----------------------------------------------------------------------

    def _heading(self, row: int, meanings: list[str]) -> str:
        name = self.rows[row].name
        if self._section(name):
            self._enter(name)
            return GROUP if "/" in name and self.group else SECTION
        if self.group and self._is_closed_later(self.group, row, meanings):
            self.subgroup = name
            return SUBGROUP
        below = next((at for at in range(row + 1, len(self.rows)) if meanings[at] != SKIP), None)
        if (
            below is not None
            and meanings[below] == HEADING
            and not self._is_closed_later(name, below, meanings)
        ):
            return SKIP  # a heading over headings
        self.group, self.subgroup = name, ""
        return GROUP

    def _is_closed_later(self, group: str, row: int, meanings: list[str]) -> bool:
        """Whether a total below names the group, before the section ends."""
        for at in range(row + 1, len(self.rows)):
            if meanings[at] == HEADING and self._section(self.rows[at].name):
                return False
            if meanings[at] == TOTAL and plain_name(group) in plain_name(self.rows[at].name):
                return True
        return False

    def _enter(self, name: str) -> None:
        """The section that a heading opens, and the group it names after a slash: KOSTNADER/projekt."""
        self.section = self._section(name)
        _, slash, group = name.partition("/")
        self.group, self.subgroup = (group.strip() if slash else ""), ""

    def _close(self, name: str) -> None:
        """After a total: the subgroup it names is closed, else every group; income is followed by costs."""
        total = plain_name(name)
        if self.subgroup and plain_name(self.subgroup) in total:
            self.subgroup = ""
            return
        self.group = self.subgroup = ""
        if self.section == "income" and "intäkt" in total:
            self.section = "after income"
        elif self.section in ("financial_income", "financial_cost") or "kostnad" in total:
            self.section = "cost" if self.section != "cost" else self.section

    # -- lines -------------------------------------------------------------------------------------

    def _line(self, name: str, before: str) -> str:
        if words.PART.search(name) and before not in (SKIP, TOTAL, SECTION, GROUP, SUBGROUP):
            return PART
        if words.OPENING.search(name) and self.section not in ("cost",):
            return "opening_equity"
        if self.section in ("financial_income", "financial_cost"):
            return self.section
        if self.section == "income":
            return self._income(name)
        if words.FINANCIAL_INCOME.search(name):
            return "financial_income"
        if words.FINANCIAL_COST.search(name):
            return "financial_cost"
        if self.section == "cost":
            return self._cost(name)
        if self.section == "" and (self._is_income_line(name) or words.first_of(words.PAYER_WORDS, name)):
            return self._income(name)
        return self._cost(name)

    def _income(self, name: str) -> str:
        member = member_of(name, self.members)
        if member:
            return f"income.{member.kind}"
        if words.ESF.search(name):
            return "income.esf"
        if words.FINANCIAL_INCOME.search(name):
            return "financial_income"
        if name.casefold().startswith(("övrig", "extra", "ränt")):
            return "income.other"
        payer = next((kind for kind, pattern in words.PAYER_WORDS if pattern.search(name)), "")
        if payer:
            return f"income.{payer}"
        return "income.all" if words.ALL_PAYERS.search(name) else "income.other"

    def _cost(self, name: str) -> str:
        if words.BALANCING.search(name):
            return "balancing"
        found = words.first_of(words.COST_WORDS, name)
        group = f"{self.group} {self.subgroup}"
        if words.ADMINISTRATION_GROUP.search(group):
            return f"cost.{found or 'administration'}"
        if words.INSATS_GROUP.search(group):
            return "cost.insats"
        return f"cost.{found or 'insats'}"


def _is_word(cell: RawCell) -> bool:
    return cell.is_text and bool(words.kind_of(cell.text) or words.unit_of(cell.text))
