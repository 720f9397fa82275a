"""The charts of the budget as figures of the document, each with its table."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from budgets.charts import Chart
from budgets.charts.shapes import TableRow as ChartRow
from finsam.swedish import percent
from plans.compose.writing import EMPTY, Writing, text_cell
from plans.document import Block, Cell, Figure, Span, Table, TableColumn, TableRow

CHART_OF = {"equity": "eget-kapital", "income": "intakter", "costs": "kostnader", "projects": "insatser"}
"""What the settings of a block call each chart, and the key that it has on pages."""


def charts(writing: Writing, settings: Mapping[str, Any], level: int) -> Iterator[Block]:
    """The chosen charts that have something to show, in the order they are read."""
    wanted = {CHART_OF[name] for name in settings.get("charts", CHART_OF)}
    for chart in writing.charts:
        if chart.key in wanted:
            yield figure(writing, chart)


def figure(writing: Writing, chart: Chart) -> Figure:
    """A chart with its figures in the document's unit."""
    width = len(chart.table.heads)
    heads = [f"{head.year} {head.detail or head.kind}" for head in chart.table.heads]
    return Figure(
        title=chart.title,
        description=chart.description,
        wide=chart.wide,
        narrow=chart.narrow,
        table=Table(
            caption=f"{chart.title}: siffrorna",
            columns=(TableColumn(3), *[TableColumn(1.2, "figure")] * width),
            head=(TableRow((text_cell(chart.table.corner), *map(text_cell, heads))),),
            rows=tuple(_row(writing, row) for row in chart.table.rows),
            unit=writing.unit_name,
        ),
        notes=chart.notes,
        anchor=writing.anchor(f"diagram-{chart.key}"),
    )


def _row(writing: Writing, row: ChartRow) -> TableRow:
    name = f"{row.name}, {row.note}" if row.note else row.name
    cells = [Cell((Span(_shown(writing, row, value)),)) for value in row.cells]
    if row.total:
        return TableRow((text_cell(name), *cells), "total")
    return TableRow((text_cell(name), *cells), depth=int(row.kind == "share"))


def _shown(writing: Writing, row: ChartRow, value: Decimal | None) -> str:
    if row.kind == "share":
        return EMPTY if value is None else percent(value)
    return writing.amount(value)
