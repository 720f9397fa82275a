"""How wide the columns of a table become, and how large its text: a figure is never broken. Pure."""

from collections.abc import Iterator, Sequence

from budgets.charts.measure import text_width
from plans.document import Table

SIZES = (9.5, 8.5, 7.5, 6.5, 6.0)
"""Of the text of a table, in points; the first that lets all words and figures stand whole."""
NARROW = 0.9
"""How wide Calibri is beside the widest common font."""
LONGEST_WORD = 0.3
"""A word may claim at most this part of the width; longer ones are broken."""


def size_and_widths(table: Table, total: float, margin: float) -> tuple[float, list[float]]:
    """The size of the text and the width of each column, in points. `margin` is left and right of a cell."""
    least: list[float] = []
    for size in SIZES:
        least = [2 * margin + width for width in _least(table, size, total)]
        if sum(least) <= total:
            return size, _shared([column.weight for column in table.columns], least, total)
    return SIZES[-1], [width * total / sum(least) for width in least]


def _least(table: Table, size: float, total: float) -> list[float]:
    """What must stand on one line in each column: a figure, the longest word of a text."""
    least = [0.0] * len(table.columns)
    for row in (*table.head, *table.rows):
        at = 0
        for cell in row.cells:
            if cell.columns == 1:
                whole = table.columns[at].kind == "figure" and row not in table.head
                widths = [NARROW * text_width(text, size, bold=True) for text in _pieces(cell.text, whole)]
                width = max(widths, default=0.0)
                least[at] = max(least[at], width if whole else min(width, LONGEST_WORD * total))
            at += cell.columns
    return least


def _pieces(text: str, whole: bool) -> Iterator[str]:
    yield from [text] if whole else text.split()


def _shared(weights: Sequence[float], least: Sequence[float], total: float) -> list[float]:
    """The total by weight, but to none less than its least (which fit together)."""
    tight: set[int] = set()
    while True:
        free = [at for at in range(len(weights)) if at not in tight]
        left = total - sum(least[at] for at in tight)
        weight = sum(weights[at] for at in free)
        widths = [least[at] if at in tight else left * weights[at] / weight for at in range(len(weights))]
        more = {at for at in free if widths[at] < least[at]}
        if not more:
            return widths
        tight |= more
