"""The budget in the document: its table, the equity bridge, the members' shares and the printed faults."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args

from budgets.footnotes import cell_place, footnotes
from budgets.table import Row
from finsam.swedish import listed, percent
from plans.compose.writing import EMPTY, Writing, paragraph, text_cell
from plans.document import Block, Cell, RowKind, Span, Table, TableColumn, TableRow

Settings = Mapping[str, Any]

PARTS = {"INTÄKTER": "income", "KOSTNADER": "costs", "RESULTAT OCH EGET KAPITAL": "equity"}
"""The parts of the budget by the heading of their rows; what only a source printed is none of them."""

CAPTIONS = {
    ("income",): "Intäkter",
    ("costs",): "Kostnader",
    ("equity",): "Resultat och eget kapital",
    ("income", "costs"): "Intäkter och kostnader",
    ("income", "costs", "equity"): "Budget",
}
KINDS = set(get_args(RowKind))
HEAD_WIDTH, FIGURE_WIDTH = 34.0, 11.0


def budget_table(writing: Writing, settings: Settings, level: int) -> Iterator[Block]:
    """The budget, or the chosen part of it: some years, some groups, in full or only its sums. Notes on a
    line or cell become footnotes."""
    columns = writing.columns(settings.get("years"))
    rows = list(_chosen(writing, settings, columns))
    if not columns or not rows:
        if not writing.plan.sheet.lines:
            yield paragraph("Budgeten har inga belopp än.")
        return
    parts = tuple(part for part in PARTS.values() if part in settings.get("parts", PARTS.values()))
    caption = CAPTIONS.get(parts, "Budget")
    groups = [row.label for row in rows if row.kind == "group"]
    if settings.get("groups") and groups:
        caption = f"Kostnader: {listed(groups)}"
    years = sorted({writing.plan.sheet.columns[column].year for column in columns})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
    notes = footnotes(writing.table, writing.plan.sheet.unit)

    def marked(text: str, place: str) -> Cell:
        number = notes.numbers.get(place)
        mark = (Span("", note=writing.footnote(notes.notes[number - 1].text)),) if number else ()
        return Cell(((Span(text),) if text else ()) + mark)

    yield Table(
        caption=f"{caption} {span}",
        columns=(TableColumn(HEAD_WIDTH), *[TableColumn(FIGURE_WIDTH, "figure")] * len(columns)),
        head=(TableRow((text_cell("Post"), *(text_cell(writing.head(c)) for c in columns))),),
        rows=tuple(
            TableRow(
                (
                    marked(row.label, row.key),
                    *(marked(writing.amount(row.cells[c].amount), cell_place(row, c)) for c in columns),
                )
                if row.cells
                else (text_cell(row.label, 1 + len(columns)),),
                _kind(row),
                row.depth,
            )
            for row in rows
        ),
        unit=writing.unit_name,
    )


def _chosen(writing: Writing, settings: Settings, columns: list[int]) -> Iterator[Row]:
    """The rows that are shown, in order; a heading only with something under it."""
    parts = settings.get("parts", list(PARTS.values()))
    wanted = _groups(writing, settings)
    detail = settings.get("detail", "lines")
    part, group, several = "", "", len(parts) > 1
    headings: dict[str, Row] = {}  # those that nothing is shown under yet
    for row in writing.table.rows:
        if row.kind == "section":
            part, group, headings = PARTS.get(row.label, ""), "", {}
            if part in parts and several and wanted is None:
                headings["section"] = replace(row, kind="group", label=row.label.capitalize())
            continue
        if row.kind == "group":
            group = row.label
        shown = part in parts and (wanted is None or group in wanted)
        if shown and _detailed(row, detail) and _says_something(row, columns):
            if row.cells:
                yield from headings.values()
                headings = {}
                yield row
            else:
                headings[row.kind] = row
        if row.kind == "subtotal":
            headings.pop("subgroup", None)
            if not row.depth:
                headings.pop("group", None)
                group = ""


def _groups(writing: Writing, settings: Settings) -> list[str] | None:
    """The groups asked for that are still there; None when none are asked for."""
    if "groups" not in settings:
        return None
    known = writing.plan.group_names
    return [known[key][0] for key in settings["groups"] if key in known]


def _says_something(row: Row, columns: list[int]) -> bool:
    """Whether a row has something to tell of the chosen columns, of those that have any cells; a line
    without an amount in any of them is left out of a table of some years, not of all."""
    if not row.cells or len(columns) == len(row.cells):
        return True
    cells = [row.cells[column] for column in columns]
    return any(cell.amount is not None or cell.note or cell.printed_text for cell in cells)


def _detailed(row: Row, detail: str) -> bool:
    """Whether a row is shown at that detail: groups leave out the lines within groups, totals all lines."""
    if detail == "lines" or row.kind in ("total", "key", "limit"):
        return True
    return detail == "groups" and (row.kind == "subtotal" or (row.kind == "line" and not row.depth))


def _kind(row: Row) -> RowKind:
    kind: Any = row.kind if row.kind in KINDS else "line"
    found: RowKind = kind
    return found


def equity_bridge(writing: Writing, settings: Settings, level: int) -> Iterator[Block]:
    """From opening to closing equity of each year, beside the limits: the result and the funds available."""
    columns = writing.columns(settings.get("years"))
    wanted = ("opening", "income", "cost", "result", "closing", "highest", "lowest", "funds")
    labels = {"income": "Intäkter", "cost": "Kostnader"}
    rows = {row.key: row for row in writing.table.rows if row.key in wanted}
    shown = [rows[key] for key in wanted if key in rows]
    if not columns or not shown:
        return
    yield Table(
        caption="Från ingående till utgående eget kapital",
        columns=(TableColumn(HEAD_WIDTH), *[TableColumn(FIGURE_WIDTH, "figure")] * len(columns)),
        head=(TableRow((text_cell("Eget kapital"), *(text_cell(writing.head(c)) for c in columns))),),
        rows=tuple(
            TableRow(
                (
                    text_cell(labels.get(row.key, row.label)),
                    *(text_cell(writing.amount(row.cells[c].amount)) for c in columns),
                ),
                "total" if row.key == "closing" else "line" if row.key in labels else _kind(row),
            )
            for row in shown
        ),
        unit=writing.unit_name,
    )


def members_and_shares(writing: Writing, settings: Settings, level: int) -> Iterator[Block]:
    """What each member pays, and its part of the contributions. Contributions that are one figure for
    several members stand as they are entered."""
    sheet = writing.plan.sheet
    columns = writing.columns(settings.get("years"))
    lines = [line for line in sheet.counted if line.line_class == "contribution"]
    if not columns or not lines:
        return
    rows = []
    for line in lines:
        cells = []
        for column in columns:
            total, amount = sheet.figures[column].contributions, sheet.amount(line, column)
            share = percent(amount / total) if amount is not None and total else EMPTY
            cells += [text_cell(writing.amount(amount)), text_cell(share)]
        rows.append(TableRow((text_cell(line.name), *cells)))
    totals = [
        cell
        for column in columns
        for cell in (text_cell(writing.amount(sheet.figures[column].contributions)), text_cell(""))
    ]
    rows.append(TableRow((text_cell("Summa medlemsbidrag"), *totals), "total"))
    pair = (TableColumn(FIGURE_WIDTH, "figure"), TableColumn(8.0, "figure"))
    heads = (text_cell(writing.unit_name), text_cell("andel"))
    yield Table(
        caption="Medlemmarnas bidrag och andelar",
        columns=(TableColumn(HEAD_WIDTH - 8), *pair * len(columns)),
        head=(
            TableRow((text_cell(""), *(text_cell(writing.head(c), 2) for c in columns))),
            TableRow((text_cell("Medlem"), *heads * len(columns))),
        ),
        rows=tuple(rows),
    )


def printed_faults(writing: Writing, settings: Settings, level: int) -> Iterator[Block]:
    """The sums that the printed original has and its own lines do not give."""
    sheet = writing.plan.sheet
    if not sheet.totals:
        yield paragraph("Inga tryckta summor finns att jämföra med.")
        return
    found = sheet.discrepancies()
    if not found:
        yield paragraph("Alla summor i det tryckta originalet stämmer med sina rader.")
        return
    yield Table(
        caption="Summor i originalet som inte stämmer med sina rader",
        columns=(TableColumn(HEAD_WIDTH), TableColumn(12.0), *[TableColumn(FIGURE_WIDTH, "figure")] * 3),
        head=(TableRow(tuple(map(text_cell, ("Summa", "Kolumn", "Tryckt", "Rader ger", "Skillnad")))),),
        rows=tuple(
            TableRow(
                (
                    text_cell(each.total),
                    text_cell(writing.head(each.column)),
                    text_cell(writing.amount(each.printed)),
                    text_cell(writing.amount(each.computed)),
                    text_cell(writing.amount(each.difference)),
                )
            )
            for each in found
        ),
        unit=writing.unit_name,
    )
