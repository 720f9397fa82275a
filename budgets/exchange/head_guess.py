"""Where the head of a foreign table is, which columns hold names and years, and the unit. Pure."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal

from budgets.exchange import words
from budgets.exchange.figures import NoFigureError, figure
from budgets.exchange.mapping import YearColumn
from budgets.exchange.raw import Kind, RawCell, RawSheet
from budgets.sheet import Column
from finsam.swedish import Unit, unit_named

SEARCHED_ROWS = 200
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True)
class Head:
    """`first_row` to `last_row` hold the head; −1 when there is none."""

    first_row: int
    last_row: int
    name_column: int
    note_column: int | None
    years: tuple[YearColumn, ...]
    unit: Unit


def years_in(cell: RawCell | None) -> list[int]:
    """The years that a head's cell speaks of; several with a slash between them, as in 2022/2023."""
    if cell is None:
        return []
    if cell.kind == Kind.DATE:
        found = [cell.text[:4]]
    elif cell.kind == Kind.NUMBER or (cell.is_text and len(cell.text) <= 60):
        found = _YEAR.findall(cell.text) if cell.is_text else re.findall(r"^20\d\d$", cell.text)
    else:
        return []
    years = [int(year) for year in dict.fromkeys(found) if 2004 <= int(year) <= 2100]
    return years if len(years) < 2 or "/" in cell.text else years[:1]


def is_figure(cell: RawCell | None) -> bool:
    """Whether a cell holds a figure that is no year."""
    if cell is None or cell.kind == Kind.DATE or years_in(cell):
        return False
    try:
        return figure(cell, "SEK").amount is not None
    except NoFigureError:
        return cell.kind == Kind.ERROR


def guess_head(sheet: RawSheet, plan_year: int | None, columns: tuple[Column, ...] = ()) -> Head:
    """The best guess; `columns` are those that the budget has already."""
    row = _year_row(sheet)
    if row is None:
        return _without_head(sheet, columns)
    return head_at(sheet, row, plan_year, columns)


def head_at(
    sheet: RawSheet,
    row: int,
    plan_year: int | None,
    columns: tuple[Column, ...] = (),
    *,
    name_column: int | None = None,
) -> Head:
    """The head whose years stand in a row, with the rows above and below that belong to it."""
    found = {column: years_in(sheet.cell(row, column)) for column in range(sheet.width)}
    first_year = min((column for column, years in found.items() if years and column), default=1)
    last = row
    while last + 1 < min(len(sheet.rows), row + 3) and _belongs(
        sheet, last + 1, [column for column, years in found.items() if years and column]
    ):
        last += 1
    names = name_column if name_column is not None else _name_column(sheet, last + 1, first_year)
    years = tuple(
        YearColumn(column, year, "", part=part, parts=len(several))
        for column, several in found.items()
        if column != names
        for part, year in enumerate(several)
    )
    years = _with_kinds(sheet, row, last, years, plan_year, columns)
    note = next(
        (
            column
            for column in range(sheet.width)
            if column != names
            and column not in {year.column for year in years}
            and _is_note(sheet, row, last, column)
        ),
        None,
    )
    return Head(row, last, names, note, years, _unit(sheet, last, years))


def _year_row(sheet: RawSheet) -> int | None:
    """The first of the rows with most years, of those without other figures."""
    best, most = None, 0
    for row, cells in enumerate(sheet.rows[:SEARCHED_ROWS]):
        count = sum(len(years_in(cell)) for cell in cells[1:])
        if count > most and not any(is_figure(cell) for cell in cells):
            best, most = row, count
    return best


def _without_head(sheet: RawSheet, columns: tuple[Column, ...]) -> Head:
    """A table of figures only: its columns are taken for the budget's, in order."""
    counts = Counter(column for row in sheet.rows for column, cell in enumerate(row) if is_figure(cell))
    figures = sorted(column for column, count in counts.items() if count)
    first = figures[0] if figures else 1
    names = _name_column(sheet, 0, first)
    years = tuple(
        YearColumn(place, column.year, column.kind, column.label)
        for place, column in zip([f for f in figures if f != names], columns, strict=False)
    )
    return Head(-1, -1, names, None, years, _unit(sheet, -1, years))


def _belongs(sheet: RawSheet, row: int, columns: list[int]) -> bool:
    """A row below the years with only words over the figures: Utfall, tkr."""
    over = [cell for column in columns if (cell := sheet.cell(row, column)) is not None]
    return bool(over) and all(
        cell.is_text and (words.kind_of(cell.text) or words.unit_of(cell.text)) and not is_figure(cell)
        for cell in over
    )


def _name_column(sheet: RawSheet, first_row: int, first_year: int) -> int:
    """Of the columns before the figures, the one with most different words in it."""
    words_in: dict[int, set[str]] = {}
    for row in sheet.rows[first_row:]:
        for column, cell in enumerate(row[:first_year]):
            if cell is not None and cell.is_text and column not in sheet.hidden_columns:
                words_in.setdefault(column, set()).add(cell.text)
    return max(words_in, key=lambda column: (len(words_in[column]), -column), default=0)


def _is_note(sheet: RawSheet, first: int, last: int, column: int) -> bool:
    cells = (sheet.cell(row, column) for row in range(first, last + 1))
    return any(cell is not None and cell.is_text and words.NOTE_HEAD.search(cell.text) for cell in cells)


def _with_kinds(
    sheet: RawSheet,
    row: int,
    last: int,
    years: tuple[YearColumn, ...],
    plan_year: int | None,
    columns: tuple[Column, ...],
) -> tuple[YearColumn, ...]:
    result: list[YearColumn] = []
    taken: set[tuple[int, str]] = set()
    for year in years:
        near = [row, *range(row + 1, last + 1), row - 1, row - 2]
        said = next(
            (kind for each in near if (kind := words.kind_of(_text_over(sheet, each, year.column, row)))), ""
        )
        kind = _kind(year.year, said, plan_year, columns)
        if (year.year, kind) in taken:  # two columns of a year differ in kind
            kind = next(
                (k for k in ("budget", "forecast", "outcome", "revised") if (year.year, k) not in taken), kind
            )
        taken.add((year.year, kind))
        label = next((c.label for c in columns if (c.year, c.kind) == (year.year, kind)), "")
        result.append(replace(year, kind=kind, label=label))
    return tuple(result)


def _text_over(sheet: RawSheet, row: int, column: int, year_row: int) -> str:
    """What stands in a row of the head over a column; above the years a word may span several columns."""
    cell = sheet.cell(row, column)
    for first, left, end, right in sheet.merged:
        if first <= row <= end and left <= column <= right:
            cell = sheet.cell(first, left)
    if cell is None or not cell.is_text:
        return ""
    if row < year_row and (is_figure(cell) or len(cell.text) > 40):
        return ""
    return cell.text


def _kind(year: int, said: str, plan_year: int | None, columns: tuple[Column, ...]) -> str:
    """The kind that the head says, made to fit the budget's own columns and plan year."""
    there = [column.kind for column in columns if column.year == year]
    if said in there:
        return said
    if len(there) == 1 and (
        not said or ({said, there[0]} <= {"budget", "plan", "forecast"} and year >= (plan_year or 0))
    ):
        return there[0]
    if plan_year is None:
        return said or "outcome"
    if said == "forecast" and year > plan_year:
        return "plan"
    if said == "plan" and year == plan_year:
        return "budget"
    if said:
        return said
    return "plan" if year > plan_year else "budget" if year >= plan_year - 1 else "outcome"


def _unit(sheet: RawSheet, last: int, years: tuple[YearColumn, ...]) -> Unit:
    """What the head or the rows above it say; else by the size of the figures."""
    for row in [*range(last, -1, -1), *range(last + 1, min(last + 3, len(sheet.rows)))]:
        for cell in sheet.rows[row] if row < len(sheet.rows) else ():
            if cell is not None and cell.is_text and len(cell.text) <= 80:
                unit = words.unit_of(cell.text)
                if unit:
                    return unit_named(unit)
    largest = Decimal(0)
    for row_cells in sheet.rows[last + 1 :]:
        for year in years:
            if year.column < len(row_cells):
                try:
                    amount = figure(row_cells[year.column], "SEK", "swedish", year.part, year.parts).amount
                except NoFigureError:
                    continue
                largest = max(largest, abs(amount or Decimal(0)))
    return "kSEK" if 0 < largest < 100_000 else "SEK"
