"""How wide the columns of a table are: by their weights, but never so narrow that a figure breaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.document import TableColumn
from plans.render.pdf.styles import MEASURE

GAP, NARROW_GAP, MANY_COLUMNS = 10.0, 6.0, 8
"""Between columns; narrower when there are more than many of them."""
ONE_LINE = 68.0
"""So wide a column of figures may be for a head on one line, though the first column needs room."""
ROOMY, TIGHT = 80.0, 34.0
"""How much of its longest word a column of text is given room for: when there is room, and when not."""
SMALLEST, FLOOR = 0.72, 0.25
"""How far type is made smaller before words are broken, and at most."""


@dataclass(frozen=True)
class Widths:
    """`lefts` and `widths` of the columns, in points; `scale` is how much smaller the type is set."""

    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    scale: float

    def span(self, column: int, columns: int) -> tuple[float, float]:
        """The left edge and width of a cell."""
        last = column + columns - 1
        return self.lefts[column], self.lefts[last] + self.widths[last] - self.lefts[column]


def fitted(columns: Sequence[TableColumn], longest: Sequence[float], whole: Sequence[float]) -> Widths:
    """`longest` is what must not break in each column (a figure, or the longest word), `whole` what is
    never broken if the column is so wide; both at full size."""
    if not columns:
        return Widths((), (), 1.0)
    gap = GAP if len(columns) <= MANY_COLUMNS else NARROW_GAP
    gap = min(gap, MEASURE / (4 * len(columns)))
    room = MEASURE - gap * (len(columns) - 1)
    needs = _needs(columns, longest, ROOMY)
    scale = min(1.0, room / max(sum(needs), 1.0))
    if scale < SMALLEST:
        needs = _needs(columns, longest, TIGHT)
        scale = max(FLOOR, min(1.0, room / max(sum(needs), 1.0)))
    least = [need * scale for need in needs]
    if sum(least) > room:
        least = [need * room / sum(least) for need in least]
    widths = _shared(room, [max(column.weight, 0.01) for column in columns], least)
    wanted = [max(need, min(wide, ONE_LINE)) * scale for need, wide in zip(needs, whole, strict=True)]
    widths = _first_widened(widths, whole[0] * scale, _alike(wanted, columns), columns)
    lefts = [sum(widths[:at]) + gap * at for at in range(len(widths))]
    return Widths(tuple(lefts), tuple(widths), scale)


def _needs(columns: Sequence[TableColumn], longest: Sequence[float], most_text: float) -> list[float]:
    return [
        wide if column.kind == "figure" else min(wide, most_text)
        for column, wide in zip(columns, longest, strict=True)
    ]


def _first_widened(
    widths: Sequence[float], wanted_first: float, wanted: Sequence[float], columns: Sequence[TableColumn]
) -> list[float]:
    """The first column as wide as it wants to be, as far as columns of figures have more than they want."""
    spare = [
        max(0.0, wide - want) if at > 0 and column.kind == "figure" else 0.0
        for at, (wide, want, column) in enumerate(zip(widths, wanted, columns, strict=True))
    ]
    given = min(max(0.0, wanted_first - widths[0]), sum(spare))
    if not given:
        return list(widths)
    left = [wide - given * part / sum(spare) for wide, part in zip(widths, spare, strict=True)]
    return [left[0] + given, *left[1:]]


def _alike(wanted: Sequence[float], columns: Sequence[TableColumn]) -> list[float]:
    """As much for each as for the one that wants most of those with its weight and kind, so that what
    belongs together is evenly spaced."""
    most: dict[TableColumn, float] = {}
    for want, column in zip(wanted, columns, strict=True):
        most[column] = max(want, most.get(column, 0.0))
    return [most[column] for column in columns]


def _shared(room: float, weights: Sequence[float], least: Sequence[float]) -> list[float]:
    """The room shared by weight, where none gets less than its least."""
    narrow: set[int] = set()
    while True:
        left = room - sum(least[at] for at in narrow)
        weight = sum(each for at, each in enumerate(weights) if at not in narrow)
        shares = [least[at] if at in narrow else left * each / weight for at, each in enumerate(weights)]
        below = {at for at, share in enumerate(shares) if share < least[at] - 0.001}
        if not below - narrow:
            return shares
        narrow |= below
