"""The form where somebody says what a table means: what it shows, and what was answered. Pure."""

from collections.abc import Mapping as Answers
from collections.abc import Sequence
from dataclasses import dataclass, replace

from budgets.exchange.mapping import MEANING_NAMES, STYLES, Mapping, YearColumn
from budgets.exchange.raw import RawSheet, column_letters
from budgets.sheet import KIND_NAMES, KINDS
from finsam.swedish import unit_named

MAX_FORM_ROWS = 300
"""Rows whose meaning the form asks for: Django takes a thousand fields."""
SHOWN_COLUMNS = 12


@dataclass(frozen=True)
class YearField:
    """A column of the table: its letters, what its first cells hold, and the answers."""

    key: str
    column: int
    part: int
    parts: int
    letters: str
    sample: str
    year: str
    kind: str


@dataclass(frozen=True)
class RowField:
    """A row of the table as the form shows it, with its meaning; `asked` is False where it is not asked."""

    row: int
    number: int
    cells: tuple[str, ...]
    meaning: str
    asked: bool
    hidden: bool


@dataclass(frozen=True)
class MappingForm:
    sheet: RawSheet
    mapping: Mapping
    faults: tuple[str, ...] = ()
    typed_years: Answers[str, str] | None = None

    meaning_names = MEANING_NAMES
    kind_names = {kind: KIND_NAMES[kind] for kind in KINDS}
    styles = STYLES

    @property
    def columns(self) -> list[tuple[int, str]]:
        """Every column of the sheet with its letters."""
        return [(column, column_letters(column)) for column in range(self.sheet.width)]

    @property
    def shown_columns(self) -> list[tuple[int, str]]:
        """The columns that the rows are shown with: names, years, and others as far as there is room."""
        wanted = {self.mapping.name_column, *(year.column for year in self.mapping.years)}
        if self.mapping.note_column is not None:
            wanted.add(self.mapping.note_column)
        others = [column for column, _ in self.columns if column not in wanted][
            : max(0, SHOWN_COLUMNS - len(wanted))
        ]
        return [(column, letters) for column, letters in self.columns if column in wanted or column in others]

    @property
    def years(self) -> list[YearField]:
        """A field for every column with something in it but the names."""
        fields = []
        chosen = {(year.column, year.part): year for year in self.mapping.years}
        for column, letters in self.columns:
            parts = next((year.parts for year in self.mapping.years if year.column == column), 1)
            sample = self._sample(column)
            if column == self.mapping.name_column or not sample:
                continue
            for part in range(parts):
                year = chosen.get((column, part))
                key = f"{column}-{part}"
                typed = (self.typed_years or {}).get(key, str(year.year) if year else "")
                fields.append(
                    YearField(
                        key, column, part, parts, letters, sample, typed, year.kind if year else "budget"
                    )
                )
        return fields

    def _sample(self, column: int) -> str:
        """The first words or figures of a column, from the head on."""
        first = max(0, self.mapping.head_row - 2)
        cells = (self.sheet.cell(row, column) for row in range(first, len(self.sheet.rows)))
        texts = [cell.text.strip()[:30] for cell in cells if cell is not None]
        return " · ".join(texts[:3])

    @property
    def rows(self) -> list[RowField]:
        """The rows from the head on, as many as the form shows; empty ones are left out."""
        fields: list[RowField] = []
        for row in range(len(self.sheet.rows)):
            if not self.sheet.rows[row]:
                continue
            if len(fields) >= MAX_FORM_ROWS:
                break
            cells = tuple(self._text(row, column) for column, _ in self.shown_columns)
            asked = row > self.mapping.head_row
            fields.append(
                RowField(
                    row, row + 1, cells, self.mapping.meanings[row], asked, row in self.sheet.hidden_rows
                )
            )
        return fields

    def _text(self, row: int, column: int) -> str:
        cell = self.sheet.cell(row, column)
        return cell.text[:80] if cell is not None else ""

    @property
    def rows_left_out(self) -> int:
        filled = sum(bool(row) for row in self.sheet.rows)
        return max(0, filled - MAX_FORM_ROWS)


def answered(sheet: RawSheet, mapping: Mapping, answers: Answers[str, str]) -> MappingForm:
    """The mapping with what was answered; answers that make no sense are faults, and change nothing."""
    faults: list[str] = []
    head = (
        _number(answers.get("head_row", ""), mapping.head_row + 1, 0, len(sheet.rows), "Rubrikraden", faults)
        - 1
    )
    name = _choice(answers.get("name_column", ""), mapping.name_column, range(sheet.width))
    note_text = answers.get("note_column", "")
    note = None if not note_text.isdigit() else _choice(note_text, -1, range(sheet.width))
    years, typed = [], {}
    for field in MappingForm(sheet, replace(mapping, name_column=name)).years:
        text = answers.get(f"year-{field.key}", "").strip()
        typed[field.key] = text
        kind = answers.get(f"kind-{field.key}", field.kind)
        if not text:
            continue
        if not (text.isascii() and text.isdigit() and len(text) < 9 and 2004 <= int(text) <= 2100):
            faults.append(
                f"Kolumn {field.letters}: skriv ett år mellan 2004 och 2100, eller lämna rutan tom."
            )
            continue
        label = next((y.label for y in mapping.years if (y.column, y.part) == (field.column, field.part)), "")
        years.append(
            YearColumn(
                field.column, int(text), kind if kind in KINDS else field.kind, label, field.part, field.parts
            )
        )
    if not years and not faults:
        faults.append("Peka ut minst en kolumn som ett år.")
    same = {(year.year, year.kind, year.label) for year in years}
    if len(same) < len(years):
        faults.append(
            "Två kolumner är samma år och slag. Välj olika slag, eller töm året för den som inte ska läsas."
        )
    if note is not None and (note == name or note in {year.column for year in years}):
        note = None
    unit = answers.get("unit", mapping.unit)
    changed = replace(
        mapping,
        head_row=head,
        name_column=name,
        note_column=note,
        unit=unit_named(unit),
        style=answers.get("style", mapping.style) if answers.get("style", "") in STYLES else mapping.style,
        years=tuple(years),
    ).with_meanings(_meanings(answers, len(sheet.rows)))
    return MappingForm(sheet, changed, tuple(faults), typed)


def _meanings(answers: Answers[str, str], rows: int) -> dict[int, str]:
    return {row: answers[f"row-{row}"] for row in range(rows) if f"row-{row}" in answers}


def _number(text: str, default: int, least: int, most: int, what: str, faults: list[str]) -> int:
    if text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most:
        return int(text)
    if text:
        faults.append(f"{what} är en rad i tabellen: 1–{most}, eller 0 om det inte finns någon.")
    return default


def _choice(text: str, default: int, among: Sequence[int]) -> int:
    return (
        int(text) if text.isascii() and text.isdigit() and len(text) < 9 and int(text) in among else default
    )
