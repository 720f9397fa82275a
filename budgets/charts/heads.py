"""The columns of a budget as words, and as the heads of a picture."""

from collections.abc import Sequence

from budgets.charts.measure import text_width, wrapped
from budgets.charts.sketch import SIZE, Sketch
from budgets.sheet import BudgetSheet, Column
from budgets.table import head
from finsam.swedish import listed

LINE = 15.0
LONGEST_TURNED = 160.0
MOST_NAMED = 3


def column_name(column: Column) -> str:
    """Within a sentence: budget 2021, or prognos 2020 efter augusti."""
    this = head(column)
    return " ".join(filter(None, (this.kind, f"{this.year}", this.detail)))


def column_head(column: Column) -> str:
    """As the head of a table: 2021 budget."""
    this = head(column)
    return ", ".join(filter(None, (f"{this.year} {this.kind}", this.detail)))


def named(sheet: BudgetSheet, columns: Sequence[int]) -> str:
    """A few columns by name, many by their number."""
    if len(columns) > MOST_NAMED and len(columns) == len(sheet.columns):
        return "alla kolumner"
    if len(columns) > MOST_NAMED:
        return f"{len(columns)} av {len(sheet.columns)} kolumner"
    return listed([column_name(sheet.columns[column]) for column in columns])


def in_time(sheet: BudgetSheet, columns: Sequence[int]) -> list[int]:
    """The columns in the order of the calendar; of the same days in the order of the sheet."""
    return sorted(columns, key=lambda i: (sheet.columns[i].last_day, sheet.columns[i].first_day, i))


class Heads:
    """The columns of a sheet beside each other in slots of equal width, with a head each: the year, the
    kind and the detail under each other, or turned where the slots are too narrow for that."""

    def __init__(self, sheet: BudgetSheet, left: float, right: float) -> None:
        self.columns = sheet.columns
        self.left, self.slot = left, (right - left) / len(sheet.columns)
        words = [word for each in map(head, sheet.columns) for word in (f"{each.year}", *each.kind.split())]
        self.turned = max(text_width(word, SIZE, True) for word in words) > self.slot - 2
        self.lines = [
            [*wrapped(each.kind, self.slot - 6, SIZE, 2), *wrapped(each.detail, self.slot - 6, SIZE, 2)]
            for each in map(head, sheet.columns)
        ]

    def centre(self, column: int) -> float:
        return self.left + self.slot * (column + 0.5)

    @property
    def height(self) -> float:
        if self.turned:
            longest = max(text_width(column_head(column), SIZE) for column in self.columns)
            return min(longest, LONGEST_TURNED) + 4
        return LINE * (1 + max(len(lines) for lines in self.lines))

    def draw(self, sketch: Sketch, top: float) -> None:
        for place, column in enumerate(self.columns):
            x = self.centre(place)
            if self.turned:
                bottom = top + self.height
                sketch.text(x + 4, bottom, column_head(column), turned=True, room=LONGEST_TURNED)
                continue
            sketch.text(x, top + SIZE, f"{column.year}", "strong", "middle", bold=True)
            for number, line in enumerate(self.lines[place]):
                sketch.text(x, top + SIZE + LINE * (number + 1), line, "quiet", "middle")


def spread(
    centres: Sequence[float], widths: Sequence[float], low: float, high: float, gap: float = 4.0
) -> list[float]:
    """The centres moved as little as it takes for things of these widths, in order, to stand clear of
    each other between low and high (as far as there is room for all)."""
    placed: list[float] = []
    edge = low
    for centre, width in zip(centres, widths, strict=True):
        x = max(centre, edge + width / 2)
        placed.append(x)
        edge = x + width / 2 + gap
    edge = high
    for place in range(len(placed) - 1, -1, -1):
        placed[place] = min(placed[place], edge - widths[place] / 2)
        edge = placed[place] - widths[place] / 2 - gap
    return placed
