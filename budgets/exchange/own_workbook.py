"""Our own workbook, come back: what has been changed in it since it was made. Pure.

Three sides are compared: what the file held when it was made, what it holds, and what the budget holds now.
Only what was changed in the file is proposed; what was changed on both sides is a conflict, and the budget's
own stands unless somebody chooses the file's.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from budgets.exchange import own_marks as marks
from budgets.exchange.figures import NoFigureError, figure
from budgets.exchange.proposal import Grade, Problem, Proposal, ProposedColumn, ProposedLine
from budgets.exchange.raw import RawCell, RawFile
from budgets.exchange.words import KnownMember, member_of, same_place
from budgets.sheet import BudgetSheet, Line
from finsam.swedish import Unit, money, unit_named


@dataclass(frozen=True)
class Base:
    """What the keeper sheet holds: the file's facts, and each line as it was. A cell that was computed has
    no amount of its own."""

    facts: Mapping[str, str]
    names: Mapping[int, str]
    notes: Mapping[int, str]
    amounts: Mapping[tuple[int, int], Decimal]
    cell_notes: Mapping[tuple[int, int], str]
    computed: frozenset[tuple[int, int]]

    @property
    def unit(self) -> Unit:
        return unit_named(self.facts.get("unit", ""))

    @property
    def budget(self) -> str:
        return self.facts.get("budget", "")


def read_base(file: RawFile) -> Base | None:
    """What a workbook of ours was made with; None for any other file."""
    keeper = file.sheet(marks.KEEPER)
    if keeper is None or _text(keeper.cell(0, 0)) != marks.FORMAT or file.sheet(marks.BUDGET) is None:
        return None
    facts: dict[str, str] = {}
    names, notes = dict[int, str](), dict[int, str]()
    amounts, cell_notes = dict[tuple[int, int], Decimal](), dict[tuple[int, int], str]()
    computed, years = set[tuple[int, int]](), list[int]()
    try:
        for row in range(1, len(keeper.rows)):
            what, *values = (_text(keeper.cell(row, column)) for column in range(max(5, keeper.width)))
            if what == "fact":
                facts[values[0]] = values[1]
            elif what == "years":
                years = [int(value) for value in values if value]
            elif what == "line":
                key = int(values[0])
                names[key], notes[key] = values[1], values[2]
                for year, amount in zip(years, values[3:], strict=False):
                    if amount == "=":
                        computed.add((key, year))
                    elif amount:
                        amounts[key, year] = Decimal(amount)
            elif what == "note":
                cell_notes[int(values[0]), int(values[1])] = values[2]
    except (ValueError, InvalidOperation):
        return None
    return Base(facts, names, notes, amounts, cell_notes, frozenset(computed))


def proposal(
    file: RawFile,
    base: Base,
    current: BudgetSheet,
    members: Sequence[KnownMember] = (),
    taken: Collection[str] = (),
) -> Proposal:
    """What was changed in the file. `taken` are the places of conflicts where the file's figure is chosen."""
    return _Returned(file, base, current, members, taken).proposal()


class _Returned:
    def __init__(
        self,
        file: RawFile,
        base: Base,
        current: BudgetSheet,
        members: Sequence[KnownMember],
        taken: Collection[str],
    ) -> None:
        sheet = file.sheet(marks.BUDGET)
        assert sheet is not None
        self.file, self.sheet, self.base, self.current = file, sheet, base, current
        self.members, self.taken = members, taken
        self.problems = [Problem(Grade.REMARK, "", remark) for remark in file.remarks]
        self.lines_now = {line.key: line for line in current.lines}
        self.columns_now = {column.key: place for place, column in enumerate(current.columns)}
        self.name_column, self.note_column, self.years = self._key_row()

    # -- the marks ---------------------------------------------------------------------------------

    def _key_row(self) -> tuple[int, int | None, dict[int, int]]:
        """The columns of names and notes, and of each year's key the column it stands in now."""
        for row in range(min(len(self.sheet.rows), 40)):
            words = {_text(cell): column for column, cell in enumerate(self.sheet.rows[row])}
            if marks.NAMES in words:
                years = {int(w[len(marks.YEAR) :]): c for w, c in words.items() if _is_key(w, marks.YEAR)}
                return words[marks.NAMES], words.get(marks.NOTE), years
        self._problem(
            Grade.ERROR,
            marks.BUDGET,
            "Den dolda raden med kolumnernas nycklar är borttagen. Hämta arbetsboken på nytt, eller kopiera "
            "tabellen och klistra in den.",
        )
        return 1, None, {}

    def _problem(self, grade: Grade, place: str, sentence: str) -> None:
        self.problems.append(Problem(grade, place, sentence))

    # -- rows --------------------------------------------------------------------------------------

    def proposal(self) -> Proposal:
        columns = tuple(ProposedColumn(c.year, c.kind, c.label, c.key) for c in self.current.columns)
        lines: list[ProposedLine] = []
        seen: set[int] = set()
        above: Line | None = None
        last = max((row for row in range(len(self.sheet.rows)) if self._row_mark(row)), default=-1)
        for row in range(last + 1):
            key = self._line_key(row)
            if key is None:
                if above is not None and self._is_new_line(row):
                    lines.append(self._new_line(row, above))
                elif self._row_mark(row):
                    above = self._heading_above(row, above)
                continue
            if key in seen:
                self._problem(
                    Grade.ERROR,
                    self.sheet.place(row, self.name_column),
                    "Raden är kopierad: en annan rad i filen är samma post. Töm kolumn A på den nya "
                    "raden, eller ta bort den.",
                )
                continue
            seen.add(key)
            line = self.lines_now.get(key)
            if line is None:
                name = self.base.names.get(key, self._name(row))
                self._problem(
                    Grade.REMARK,
                    self.sheet.place(row, self.name_column),
                    f"Posten {name} är borttagen ur budgeten sedan filen gjordes. Raden läses inte.",
                )
                continue
            above = line
            change = self._changed(row, line)
            if change is not None:
                lines.append(change)
        lines = self._with_notes(lines)
        self._columns_gone()
        missing = tuple(
            line.name for line in self.current.lines if line.key in self.base.names and line.key not in seen
        )
        return Proposal(
            columns, tuple(lines), tuple(self.problems), (), missing if self.years else (), self.file.name
        )

    def _row_mark(self, row: int) -> str:
        return _text(self.sheet.cell(row, 0))

    def _heading_above(self, row: int, above: Line | None) -> Line | None:
        """After a heading the lines to come are those of its first line."""
        word = self._row_mark(row)
        if word.startswith(marks.ROW) and word.partition("@")[2].isdecimal():
            return self.lines_now.get(int(word.partition("@")[2]), above)
        return above

    def _line_key(self, row: int) -> int | None:
        word = self._row_mark(row)
        for mark in (marks.LINE, marks.PART):
            if _is_key(word, mark):
                return int(word[len(mark) :])
        return None

    def _name(self, row: int) -> str:
        cell = self.sheet.cell(row, self.name_column)
        return same_place(cell.text) if cell is not None else ""

    def _is_new_line(self, row: int) -> bool:
        return (
            not self._row_mark(row)
            and bool(self._name(row))
            and any(self.sheet.cell(row, column) is not None for column in self.years.values())
        )

    def _new_line(self, row: int, above: Line) -> ProposedLine:
        """A row without a key: a new line of the same kind as the line above it."""
        name, place = self._name(row)[:200], self.sheet.place(row, self.name_column)
        cells = {}
        for year, column in self.years.items():
            if year in self.columns_now:
                amount, readable = self._amount(row, column)
                if readable:
                    cells[self.columns_now[year]] = amount
        member = member_of(name, self.members) if above.line_class == "contribution" else None
        note = self.sheet.cell(row, self.note_column) if self.note_column is not None else None
        return ProposedLine(
            place=place,
            name=name,
            cells=cells,
            section=above.section,
            line_class=above.line_class,
            member_kind=member.kind if member else above.member_kind,
            member=member.key if member else None,
            group=above.group,
            subgroup=above.subgroup,
            note=same_place(note.text)[:500] if note is not None else "",
        )

    def _changed(self, row: int, line: Line) -> ProposedLine | None:
        """What the file changes in a line; None when it changes nothing."""
        place = self.sheet.place(row, self.name_column)
        base_name = self.base.names.get(line.key, line.name)
        shown = self._name(row)
        name: str | None = None
        if (
            line.section != "opening_equity"
            and shown
            and shown not in (same_place(base_name), same_place(f"varav {base_name}"))
        ):
            name = self._settled(place, "Namnet är ändrat", shown[:200], base_name, line.name)
        note: str | None = None
        if self.note_column is not None:
            cell = self.sheet.cell(row, self.note_column)
            written = same_place(cell.text) if cell is not None else ""
            base_note = self.base.notes.get(line.key, line.note)
            if written != same_place(base_note):
                note = self._settled(
                    self.sheet.place(row, self.note_column),
                    "Anmärkningen är ändrad",
                    written[:500],
                    base_note,
                    line.note,
                )
        cells = {}
        for year, column in self.years.items():
            if year in self.columns_now:
                change = self._cell(row, column, line, year)
                if change is not None:
                    cells[self.columns_now[year]] = change[0]
        if name is None and note is None and not cells:
            return None
        return ProposedLine(place=place, name=name, note=note, cells=cells, key=line.key)

    def _cell(self, row: int, column: int, line: Line, year: int) -> tuple[Decimal | None] | None:
        """The amount that the file gives a cell; None when the file leaves it."""
        was = self.base.amounts.get((line.key, year))
        if (line.key, year) in self.base.computed:
            if (row, column) in self.sheet.formulas or self.sheet.cell(row, column) is None:
                return None  # our own formula still computes it
            was = line.amounts[self.columns_now[year]]
        amount, readable = self._amount(row, column)
        if not readable or amount == was:
            return None
        now = line.amounts[self.columns_now[year]]
        if now in (was, amount):
            return (amount,)
        place = self.sheet.place(row, column)
        if place in self.taken:
            return (amount,)
        self._problem(
            Grade.CONFLICT,
            place,
            f"{line.name} är ändrad både i filen, till {_shown(amount, self.base.unit)}, och i "
            "budgeten sedan filen "
            f"gjordes, från {_shown(was, self.base.unit)} till {_shown(now, self.base.unit)}. "
            "Budgetens belopp står "
            "kvar om du inte väljer filens.",
        )
        return None

    def _settled(self, place: str, what: str, written: str, was: str, now: str) -> str | None:
        if now in (was, written) or place in self.taken:
            return written
        self._problem(
            Grade.CONFLICT,
            place,
            f"{what} både i filen, till \u201d{written}\u201d, och i budgeten sedan filen gjordes, till "
            f"\u201d{now}\u201d. Budgetens står kvar om du inte väljer filens.",
        )
        return None

    def _amount(self, row: int, column: int) -> tuple[Decimal | None, bool]:
        """The amount of a cell in SEK, and whether it can be read."""
        place = self.sheet.place(row, column)
        if (row, column) in self.sheet.unsaved and self.sheet.cell(row, column) is None:
            self._problem(
                Grade.ERROR,
                place,
                "Cellen har en formel utan sparat värde. Öppna filen i Excel och spara den.",
            )
            return None, False
        try:
            found = figure(self.sheet.cell(row, column), self.base.unit)
        except NoFigureError as error:
            self._problem(Grade.ERROR, place, f"Cellen {error}.")
            return None, False
        if found.rounded:
            self._problem(Grade.REMARK, place, "Cellen har delar av ett öre och avrundas till hela ören.")
        return found.amount, True

    # -- notes and columns -------------------------------------------------------------------------

    def _with_notes(self, lines: list[ProposedLine]) -> list[ProposedLine]:
        """Notes of cells, changed on the sheet of notes."""
        notes = self.file.sheet(marks.NOTES)
        if notes is None:
            return lines
        place_of = {line.key: place for place, line in enumerate(lines) if line.key is not None}
        for row in range(len(notes.rows)):
            found = _cell_key(_text(notes.cell(row, 0)))
            if found is None or found[1] not in self.columns_now or found[0] not in self.lines_now:
                continue
            key, year = found
            line, column = self.lines_now[key], self.columns_now[year]
            cell = notes.cell(row, 4)
            written = same_place(cell.text)[:500] if cell is not None else ""
            was = self.base.cell_notes.get(found, "")
            now = line.cell_notes[column] if line.cell_notes else ""
            if written == same_place(was):
                continue
            settled = self._settled(notes.place(row, 4), "Anmärkningen är ändrad", written, was, now)
            if settled is not None:
                if key not in place_of:
                    place_of[key] = len(lines)
                    lines.append(ProposedLine(notes.place(row, 4), None, {}, key=key))
                at = place_of[key]
                lines[at] = replace(lines[at], cell_notes={**lines[at].cell_notes, column: settled})
        return lines

    def _columns_gone(self) -> None:
        for year in sorted(set(self.years) - set(self.columns_now)):
            head = self.sheet.place(0, self.years[year]).rstrip("0123456789")
            self._problem(
                Grade.REMARK, head, "Kolumnen är borttagen ur budgeten sedan filen gjordes, och läses inte."
            )


def _text(cell: RawCell | None) -> str:
    return cell.text if cell is not None else ""


def _is_key(word: str, mark: str) -> bool:
    digits = word[len(mark) :]
    return word.startswith(mark) and digits.isascii() and digits.isdigit() and len(digits) < 19


def _cell_key(word: str) -> tuple[int, int] | None:
    line, colon, year = word.removeprefix("cell:").partition(":")
    if not word.startswith("cell:") or not colon or not (_is_key(line, "") and _is_key(year, "")):
        return None
    return int(line), int(year)


def _shown(amount: Decimal | None, unit: Unit) -> str:
    return "tomt" if amount is None else money(amount, unit)
