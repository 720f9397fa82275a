"""The budget as an Excel workbook: with live sums, findings and notes, and the marks by which it can come
back (own_marks.py). Nothing in it is a formula but our own; a text is always written as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from budgets.exchange import own_marks as marks
from budgets.exchange.raw import address
from budgets.exchange.workbook_formulas import Formulas, Places, places
from budgets.exchange.workbook_looks import ACCENT, QUIET, RULE, borders, short
from budgets.exchange.workbook_looks import height as height_of
from budgets.exchange.workbook_looks import look as look_of
from budgets.footnotes import cell_place
from budgets.page import BudgetPage
from budgets.sheet import BudgetSheet, Line
from budgets.table import STATUS_NAMES, Row
from finsam.swedish import UNIT_NAME, UNIT_SIZE, money

KEYS, NAMES, FIRST = 0, 1, 2
"""The columns of row keys, of names, and of the first year."""
KEY_ROW, HEAD_ROW, FIRST_ROW = 5, 6, 8

SEVERITY_COLOURS = {"error": "#A8201A", "warning": "#8A5200", "notice": "#315C94"}


@dataclass(frozen=True)
class About:
    """Which state of which budget the workbook shows. `state` as people say it: Utkast 2021-11-02 14.10.
    `budget` and `change` name the budget and its last change, for when the workbook comes back."""

    state: str
    made_at: datetime
    made_by: str = ""
    budget: str = ""
    change: int = 0
    filter: str = "Alla poster och alla kolumner"
    address: str = ""


def workbook(page: BudgetPage, about: About) -> bytes:
    """The workbook of a page's sheet, in its unit."""
    return _Workbook(page, about).made()


class _Workbook:
    def __init__(self, page: BudgetPage, about: About) -> None:
        self.page, self.about = page, about
        self.sheet: BudgetSheet = page.sheet
        self.table = page.table
        self.file = BytesIO()
        self.book = xlsxwriter.Workbook(
            self.file,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "remove_timezone": True,
            },
        )
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.places: Places = places(self.table.rows, FIRST_ROW)
        self.formulas = Formulas(self.sheet, page.unit, self.places, FIRST)
        self.note_column = FIRST + len(self.sheet.columns)

    def made(self) -> bytes:
        title = f"Budget {self.sheet.plan_year or ''}".strip()
        self.book.set_properties(
            {
                "title": f"{title}, {self.sheet.federation}",
                "subject": self.about.state,
                "author": "Finsam",
                "created": self.about.made_at,
            }
        )
        self.book.set_size(2400, 1400)
        self._budget(title)
        self._remarks()
        self._notes()
        self._about(title)
        self._keeper()
        self.book.close()
        return self.file.getvalue()

    def format(self, **properties: Any) -> Format:
        """A format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {"font_name": "Calibri", "font_size": 11, "valign": "top", **properties}
            )
        return self.formats[key]

    # -- the budget --------------------------------------------------------------------------------

    def _budget(self, title: str) -> None:
        sheet = self.book.add_worksheet(marks.BUDGET)
        width = len(self.sheet.columns)
        sheet.hide_gridlines(2)
        sheet.set_column(KEYS, KEYS, 12, None, {"hidden": True})
        sheet.set_column(NAMES, NAMES, 46)
        if width:
            sheet.set_column(FIRST, FIRST + width - 1, 15)
        sheet.set_column(self.note_column, self.note_column, 50)
        sheet.set_row(0, 28)
        sheet.write_string(0, NAMES, title, self.format(bold=True, font_size=18, font_color=ACCENT))
        number = self.sheet.organisation_number
        who = f"{self.sheet.federation} ({number})" if number else self.sheet.federation
        self._text(sheet, 1, NAMES, who, self.format(bold=True))
        self._text(sheet, 2, NAMES, self.about.state, self.format())
        self._text(sheet, 3, NAMES, f"Belopp i {UNIT_NAME[self.page.unit]}", self.format(font_color=QUIET))
        self._heads(sheet)
        for at, row in enumerate(self.table.rows, FIRST_ROW):
            self._row(sheet, at, row)
        sheet.freeze_panes(FIRST_ROW, FIRST)
        self._print(sheet, (HEAD_ROW, FIRST_ROW - 1), self.note_column)

    def _heads(self, sheet: Worksheet) -> None:
        sheet.set_row(KEY_ROW, None, None, {"hidden": True})
        sheet.write_string(KEY_ROW, NAMES, marks.NAMES)
        sheet.write_string(KEY_ROW, self.note_column, marks.NOTE)
        over = self.format(bold=True, align="right")
        under = self.format(align="right", font_color=QUIET, bottom=2, bottom_color=RULE, text_wrap=True)
        left = self.format(bold=True, bottom=2, bottom_color=RULE)
        sheet.write_string(HEAD_ROW + 1, NAMES, "Post", left)
        for place, (column, head) in enumerate(zip(self.sheet.columns, self.table.heads, strict=True)):
            sheet.write_string(KEY_ROW, FIRST + place, f"{marks.YEAR}{column.key or place + 1}")
            sheet.write_number(HEAD_ROW, FIRST + place, head.year, over)
            self._text(
                sheet, HEAD_ROW + 1, FIRST + place, ", ".join(filter(None, (head.kind, head.detail))), under
            )
        sheet.write_string(
            HEAD_ROW + 1,
            self.note_column,
            "Anmärkning",
            self.format(bold=True, bottom=2, bottom_color=RULE, indent=2),
        )

    def _row(self, sheet: Worksheet, at: int, row: Row) -> None:
        look = look_of(row.kind)
        if (height := height_of(row)) != 15.75:
            sheet.set_row(at, height)
        sheet.write_string(at, KEYS, self._mark(row, at))
        self._text(sheet, at, NAMES, row.label, self.format(**look, indent=row.depth, text_wrap=True))
        for column, cell in enumerate(row.cells):
            formula = self.formulas.of(row, column)
            form = self.format(**look, num_format=self._number_format(cell.amount))
            value = None if cell.amount is None else float(cell.amount / UNIT_SIZE[self.page.unit])
            if formula:
                sheet.write_formula(at, FIRST + column, f"={formula}", form, "" if value is None else value)
            elif value is not None:
                sheet.write_number(at, FIRST + column, value, form)
            else:
                sheet.write_blank(at, FIRST + column, None, form)
            self._comment(sheet, at, column, row)
        if row.kind == "section":
            for column in range(FIRST, self.note_column + 1):
                sheet.write_blank(at, column, None, self.format(**look))
        elif row.note or borders(look):
            self._text(
                sheet,
                at,
                self.note_column,
                row.note,
                self.format(font_color=QUIET, indent=2, text_wrap=True, **borders(look)),
            )

    def _mark(self, row: Row, at: int) -> str:
        """The key of a row; of a heading also the first line under it."""
        if row.line is not None:
            return f"{marks.PART if row.kind == 'part' else marks.LINE}{row.line}"
        if row.kind in ("section", "group", "subgroup"):
            below = self.table.rows[at - FIRST_ROW + 1 :]
            first = next((each.line for each in below if each.kind in ("line", "key")), None)
            return f"{marks.ROW}{row.kind}" + (f"@{first}" if first is not None else "")
        return f"{marks.ROW}{row.key}"

    def _comment(self, sheet: Worksheet, at: int, column: int, row: Row) -> None:
        number = self.page.footnotes.numbers.get(cell_place(row, column))
        if number is not None:
            text = self.page.footnotes.notes[number - 1].text
            sheet.write_comment(at, FIRST + column, text, {"author": "Finsam", "x_scale": 1.6})

    def _number_format(self, amount: Decimal | None) -> str:
        """Thousands and a true minus; öre where there are any."""
        digits = "#,##0.00" if amount is not None and self.page.unit == "SEK" and amount % 1 else "#,##0"
        return f'{digits};"\u2212"{digits};{digits}'

    def _text(self, sheet: Worksheet, row: int, column: int, text: str, form: Format | None = None) -> None:
        """A text as text, whatever it begins with."""
        if text:
            sheet.write_string(row, column, text, form)
        else:
            sheet.write_blank(row, column, None, form)

    def _print(self, sheet: Worksheet, heads: tuple[int, int], last_column: int) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.8)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(*heads)
        state = self.about.state.replace("&", "&&")
        federation = self.sheet.federation.replace("&", "&&")
        sheet.set_footer(f"&L&8{short(federation)}&C&8{short(state)}&R&8Sida &P av &N")

    # -- findings, notes, facts --------------------------------------------------------------------

    def _head(self, sheet: Worksheet, titles: Sequence[tuple[str, int]], first: int) -> None:
        sheet.hide_gridlines(2)
        form = self.format(bold=True, bottom=2, bottom_color=RULE)
        for column, (title, width) in enumerate(titles, first):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, form)
        sheet.freeze_panes(1, 0)
        self._print(sheet, (0, 0), first + len(titles) - 1)

    def _remarks(self) -> None:
        sheet = self.book.add_worksheet(marks.REMARKS)
        self._head(sheet, (("Allvar", 14), ("Anmärkning", 90), ("Paragraf", 40), ("Cell", 10)), 0)
        wrapped = self.format(text_wrap=True)
        for at, remark in enumerate(self.page.remarks, 1):
            colour = SEVERITY_COLOURS[remark.severity.value]
            self._text(
                sheet, at, 0, remark.severity_name.capitalize(), self.format(bold=True, font_color=colour)
            )
            self._text(sheet, at, 1, remark.sentence, wrapped)
            self._text(sheet, at, 2, remark.reference, wrapped)
            key, _, column = remark.anchor.rpartition("-")
            if key in self.places.rows:
                self._link(sheet, at, 3, self.places.rows[key], int(column))
        if not self.page.remarks:
            sheet.write_string(1, 1, "Inga anmärkningar.", wrapped)

    def _link(self, sheet: Worksheet, at: int, column: int, row: int, year: int) -> None:
        cell = address(row, FIRST + year)
        form = self.format(font_color=ACCENT, underline=1)
        sheet.write_url(at, column, f"internal:'{marks.BUDGET}'!{cell}", form, cell)

    def _notes(self) -> None:
        sheet = self.book.add_worksheet(marks.NOTES)
        titles = (
            ("Cell", 8),
            ("Post", 40),
            ("Kolumn", 20),
            ("Anmärkning", 60),
            ("Tryckt i källan", 24),
            ("Läge", 50),
        )
        self._head(sheet, titles, 1)
        sheet.set_column(0, 0, 12, None, {"hidden": True})
        wrapped, at = self.format(text_wrap=True), 1
        for line in self.sheet.lines:
            if line.key not in self.places.lines:
                continue
            for place, column in enumerate(self.sheet.columns):
                note = line.cell_notes[place] if line.cell_notes else ""
                printed = line.printed_texts[place] if line.printed_texts else ""
                statuses = line.statuses[place] if line.statuses else ()
                if not (note or printed or statuses):
                    continue
                sheet.write_string(at, 0, f"cell:{line.key}:{column.key or place + 1}")
                self._link(sheet, at, 1, self.places.lines[line.key], place)
                head = self.table.heads[place]
                self._text(sheet, at, 2, line.name, wrapped)
                self._text(
                    sheet, at, 3, " ".join(filter(None, (str(head.year), head.kind, head.detail))), wrapped
                )
                self._text(sheet, at, 4, note, wrapped)
                self._text(sheet, at, 5, printed, wrapped)
                said = "; ".join(
                    f"{STATUS_NAMES[s.status]} {money(s.amount, self.page.unit)} {s.date} {s.note}".strip()
                    for s in statuses
                )
                self._text(sheet, at, 6, said, wrapped)
                at += 1
        if at == 1:
            sheet.write_string(1, 4, "Inga noter till enskilda belopp.", wrapped)

    def _about(self, title: str) -> None:
        sheet = self.book.add_worksheet(marks.ABOUT)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 100)
        facts = [
            ("Vad", f"{title}, {self.sheet.federation}"),
            ("Läge", self.about.state),
            (
                "Gjord",
                f"{self.about.made_at:%Y-%m-%d %H.%M}"
                + (f" av {self.about.made_by}" if self.about.made_by else ""),
            ),
            ("Urval", self.about.filter),
            ("Enhet", f"Belopp i {UNIT_NAME[self.page.unit]}; talen är exakta, visningen avrundar."),
            ("Källa", self.sheet.source),
            ("Adress", self.about.address),
            (
                "Formler",
                "Summor, resultat och eget kapital är formler. Högsta och lägsta nivå och "
                "anmärkningarna räknas i "
                "Finsam och följer inte med när ett belopp ändras här.",
            ),
            (
                "Tillbaka till Finsam",
                "Ändra belopp, namn och anmärkningar, lägg till rader i en grupp, flytta rader och "
                "kolumner som du "
                "vill, spara och läs in filen i samma budget. Du får se vad som ändras innan något "
                "sparas. En rad "
                "som tas bort här tas inte bort i Finsam.",
            ),
        ]
        for at, (what, text) in enumerate(facts):
            sheet.write_string(at, 0, what, self.format(bold=True))
            self._text(sheet, at, 1, text, self.format(text_wrap=True))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _keeper(self) -> None:
        """What every cell held when the file was made (own_workbook.read_base)."""
        sheet = self.book.add_worksheet(marks.KEEPER)
        sheet.very_hidden()
        rows: list[tuple[str, ...]] = [
            (marks.FORMAT,),
            ("fact", "budget", self.about.budget),
            ("fact", "change", str(self.about.change)),
            ("fact", "unit", self.page.unit),
            ("fact", "made", self.about.made_at.isoformat()),
        ]
        keys = [column.key or place + 1 for place, column in enumerate(self.sheet.columns)]
        rows.append(("years", *map(str, keys)))
        for line in self.sheet.lines:
            amounts = (self._kept(line, place) for place in range(len(keys)))
            rows.append(("line", str(line.key), line.name, line.note, *amounts))
            for key, note in zip(keys, line.cell_notes, strict=False):
                if note:
                    rows.append(("note", str(line.key), str(key), note))
        for at, row in enumerate(rows):
            for column_at, text in enumerate(row):
                if text:
                    sheet.write_string(at, column_at, text)

    def _kept(self, line: Line, place: int) -> str:
        """An amount in SEK, or = where the workbook computes it."""
        figures = self.sheet.figures[place]
        if line.key in figures.balancing:
            return "="
        if (
            line.section == "opening_equity"
            and figures.opening_entered is None
            and self._only_opening(line.key)
        ):
            return "=" if figures.opening is not None else ""
        amount = line.amounts[place]
        return "" if amount is None else f"{amount:f}"

    def _only_opening(self, key: int) -> bool:
        return [line.key for line in self.sheet.lines if line.section == "opening_equity"] == [key]
