"""The insatser along a time axis, with the money that the budget gives them each year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from budgets.charts.heads import column_name, named
from budgets.charts.measure import text_width, wrapped
from budgets.charts.scale import ZERO, Scale, fitting_scale
from budgets.charts.shapes import Chart, Picture, Table, TableRow
from budgets.charts.sketch import NARROW, SIZE, WIDE, Sketch
from budgets.rules.circumstances import Circumstances, ProjectFacts
from budgets.sheet import KINDS, Amounts, BudgetSheet, Column
from budgets.table import head
from finsam.swedish import Unit, money

TITLE = "Insatser i tiden, med belopp"
NO_PERIOD = "tiden är inte angiven"
MOST_PROJECTS = 24
ROOM_FOR_NAME = 216.0
LINE = 15.0
BAR = 9.0
GAP = 12.0
CAP = 5.0


@dataclass(frozen=True)
class Insats:
    """A project with its money per column (SEK); `facts` is None for one that is only in the budget."""

    name: str
    facts: ProjectFacts | None
    amounts: Amounts

    @property
    def largest(self) -> Decimal:
        return max((abs(amount) for amount in self.amounts if amount is not None), default=ZERO)

    @property
    def period(self) -> str:
        return self.facts.period if self.facts and self.facts.period else NO_PERIOD


def projects(
    sheet: BudgetSheet, circumstances: Circumstances, unit: Unit, names: Sequence[str] | None = None
) -> Chart | None:
    """A bar in time for each project with money in the budget, or running in its years; only those of the
    `names`, in their order, when there are any given. None without any bar."""
    found = [each for each in _insatser(sheet, circumstances) if each.largest or _runs_within(each, sheet)]
    if names is not None:
        found = sorted(
            (each for each in found if each.name in names), key=lambda each: names.index(each.name)
        )
    if not found:
        return None
    chart = _Projects(sheet, unit, found)
    return Chart(
        "insatser",
        TITLE,
        chart.description(),
        chart.picture(WIDE),
        chart.picture(NARROW),
        chart.table(),
        chart.notes(),
    )


def _insatser(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Insats]:
    """First those of the budget, in its order, then the federation's others."""
    facts = {each.name: each for each in circumstances.projects}
    in_budget = [line.project for line in sheet.lines if line.project]
    for name in dict.fromkeys([*in_budget, *facts]):
        amounts = tuple(sheet.project_total(name, column) for column in range(len(sheet.columns)))
        yield Insats(name, facts.get(name), amounts)


def _runs_within(insats: Insats, sheet: BudgetSheet) -> bool:
    """Whether its dates say for sure that it runs in the years of the sheet."""
    first, last = _window(sheet)
    facts = insats.facts
    if facts is None:
        return False
    if facts.first_day and (facts.last_day or facts.open_ended):
        return facts.first_day <= last and (facts.last_day or last) >= first
    return any(day is not None and first <= day <= last for day in (facts.first_day, facts.last_day))


def _window(sheet: BudgetSheet) -> tuple[date, date]:
    return min(each.first_day for each in sheet.columns), max(each.last_day for each in sheet.columns)


def columns_in_time(sheet: BudgetSheet) -> list[int]:
    """The columns that stand beside each other on the axis. Of those that share days the longest is
    taken, and of equally long ones the surest kind."""
    chosen: list[int] = []
    columns = sheet.columns

    def preferred(place: int) -> tuple[int, int, int]:
        days = (columns[place].last_day - columns[place].first_day).days
        return -days, KINDS.index(columns[place].kind), -place

    for place in sorted(range(len(columns)), key=preferred):
        this = columns[place]
        if all(
            this.first_day > columns[other].last_day or this.last_day < columns[other].first_day
            for other in chosen
        ):
            chosen.append(place)
    return sorted(chosen, key=lambda place: columns[place].first_day)


class _Projects:
    def __init__(self, sheet: BudgetSheet, unit: Unit, found: list[Insats]) -> None:
        self.sheet, self.unit, self.found = sheet, unit, found
        largest = sorted(found, key=lambda each: -each.largest)[:MOST_PROJECTS]
        self.shown = [each for each in found if each in largest][:MOST_PROJECTS]
        self.columns = columns_in_time(sheet)
        self.first, self.last = _window(sheet)

    # -- words -----------------------------------------------------------------------------------

    def table(self) -> Table:
        rows = tuple(TableRow(each.name, each.amounts, note=each.period) for each in self.found)
        return Table("Insats", tuple(map(head, self.sheet.columns)), rows)

    def description(self) -> str:
        paid = [each for each in self.found if each.largest]
        said = f"{_counted(len(self.found))} har pengar i budgeten eller pågår under åren."
        if len(paid) == len(self.found):
            said = f"{_counted(len(self.found))} har pengar i budgeten."
        elif not paid:
            said = f"{_counted(len(self.found))} pågår under åren, utan pengar i budgeten."
        money_of = {
            (each.name, column): amount
            for each in paid
            for column, amount in enumerate(each.amounts)
            if amount is not None
        }
        if money_of:
            (name, column), amount = max(money_of.items(), key=lambda item: item[1])
            most = next(each for each in paid if each.name == name)
            where = column_name(self.sheet.columns[column])
            said += f" Mest får {most.name}: {money(amount, self.unit)} ({where})."
            if most.period != NO_PERIOD:
                said += f" Dess tid är {most.period}."
        unknown = sum(each.period == NO_PERIOD for each in self.found)
        if unknown:
            said += f" För {unknown} av dem är tiden inte angiven."
        return said

    def notes(self) -> tuple[str, ...]:
        said = []
        if len(self.shown) < len(self.found):
            said.append(
                f"Diagrammet visar de {len(self.shown)} största av {len(self.found)} insatser. "
                "Alla står i tabellen."
            )
        left_out = [place for place in range(len(self.sheet.columns)) if place not in self.columns]
        if left_out:
            said.append(
                f"Där kolumner gäller samma tid visar diagrammet den säkraste; {named(self.sheet, left_out)} "
                "står bara i tabellen."
            )
        return tuple(said)

    # -- picture ---------------------------------------------------------------------------------

    def picture(self, width: float) -> Picture:
        sketch = Sketch(width)
        left = 0.0 if sketch.is_narrow else ROOM_FOR_NAME
        time = _Time(self.first, self.last, left + 1, width - 1)
        amounts = [
            amount
            for each in self.shown
            for place in self.columns
            if (amount := each.amounts[place]) is not None
        ]
        columns = [self.sheet.columns[place] for place in self.columns]
        slot = min(end - start for start, end in map(time.of, columns))
        scale, fits = fitting_scale(amounts, self.unit, slot - 4, SIZE)
        y = self._heads(sketch, time, scale.name if amounts else "")
        top = y
        rows = _Rows(sketch, time, self.sheet, self.columns, scale, fits)
        marks_before = len(sketch.marks)
        for each in self.shown:
            y = rows.row(each, y)
        self._bounds(sketch, time, top, y, marks_before)
        return sketch.picture(y)

    def _heads(self, sketch: Sketch, time: "_Time", unit: str) -> float:
        """The years over the axis, in as many words as there is room for."""
        top = 0.0
        if sketch.is_narrow:
            sketch.text(0, SIZE, unit, "quiet")
            top = LINE + 2
        heads = [(head(column), *time.of(column)) for column in (self.sheet.columns[i] for i in self.columns)]
        kinds = all(
            text_width(this.detail or this.kind, SIZE) <= end - start - 4 for this, start, end in heads
        )
        for this, start, end in heads:
            middle, room = (start + end) / 2, end - start - 4
            year = f"{this.year}"
            if text_width(year, SIZE, True) > room:
                year = f"\u2019{this.year % 100:02}"
            sketch.text(middle, top + SIZE, year, "strong", "middle", bold=True)
            if kinds:
                sketch.text(middle, top + SIZE + LINE, this.detail or this.kind, "quiet", "middle")
        bottom = top + LINE * (2 if kinds else 1) + 4
        if not sketch.is_narrow:
            sketch.text(0, bottom - 7, unit, "quiet")
        sketch.line(0, bottom, sketch.width, bottom, "axis")
        return bottom + GAP / 2

    def _bounds(self, sketch: Sketch, time: "_Time", top: float, bottom: float, beneath: int) -> None:
        """Hairlines between the years, painted beneath the rows."""
        count = len(sketch.marks)
        for place in self.columns:
            x = time.x(self.sheet.columns[place].first_day)
            if x > time.left + 1:
                sketch.line(x, top - GAP / 2, x, bottom, "grid")
        lines = sketch.marks[count:]
        del sketch.marks[count:]
        sketch.marks[beneath:beneath] = lines


class _Time:
    """Days as places on the x axis."""

    def __init__(self, first: date, last: date, left: float, right: float) -> None:
        self.first, self.last, self.left, self.right = first, last, left, right
        self.days = (last - first).days + 1

    def x(self, day: date) -> float:
        """Where a day begins, held within the axis."""
        part = min(max((day - self.first).days / self.days, 0), 1)
        return self.left + (self.right - self.left) * part

    def after(self, day: date) -> float:
        """Where a day ends."""
        return self.right if day >= self.last else self.x(day + timedelta(days=1))

    def of(self, column: Column) -> tuple[float, float]:
        return self.x(column.first_day), self.after(column.last_day)


class _Rows:
    def __init__(
        self, sketch: Sketch, time: _Time, sheet: BudgetSheet, columns: list[int], scale: Scale, fits: bool
    ) -> None:
        self.sketch, self.time, self.sheet, self.columns = sketch, time, sheet, columns
        self.scale, self.fits = scale, fits

    def row(self, insats: Insats, top: float) -> float:
        """Name and period, the figures of each year, and the bar below them."""
        bottom = top
        if self.sketch.is_narrow:
            for line in wrapped(insats.name, self.sketch.width, SIZE, 2):
                self.sketch.text(0, top + SIZE, line, "strong", halo=True)
                top += LINE
            self.sketch.text(0, top + SIZE, insats.period, "quiet", room=self.sketch.width, halo=True)
            top += LINE
        else:
            room = ROOM_FOR_NAME - 12
            lines = [(line, "strong") for line in wrapped(insats.name, room, SIZE, 2)]
            lines += [(line, "quiet") for line in wrapped(insats.period, room, SIZE, 2)]
            for number, (line, role) in enumerate(lines):
                self.sketch.text(
                    0, top + SIZE + LINE * number, line, "strong" if role == "strong" else "quiet"
                )
            bottom = top + LINE * len(lines)
        base = top + self._figures(insats, top) + 3
        self._bar(insats, base)
        return max(bottom, base + BAR) + GAP

    def _figures(self, insats: Insats, top: float) -> float:
        """Returns how high they stand."""
        stated = [(place, a) for place in self.columns if (a := insats.amounts[place]) is not None]
        height = LINE
        if not self.fits and stated:
            height = max(text_width(self.scale.label(amount), SIZE) for _, amount in stated) + 4
        for place, amount in stated:
            start, end = self.time.of(self.sheet.columns[place])
            label, x = self.scale.label(amount), (start + end) / 2
            if self.fits:
                self.sketch.text(x, top + SIZE, label, "strong", "middle", halo=True)
            else:
                self.sketch.text(x + 4, top + height, label, "strong", turned=True, halo=True)
        return height

    def _bar(self, insats: Insats, y: float) -> None:
        """Solid where both ends are known, dotted where one is not, and only in the years with money
        where neither is; a head where it goes on outside."""
        facts, time = insats.facts, self.time
        middle = y + BAR / 2
        if facts is None or not (facts.first_day or facts.last_day or facts.open_ended):
            paid = [place for place in self.columns if insats.amounts[place]]
            strokes = [[(x, middle) for x in time.of(self.sheet.columns[place])] for place in paid]
            self.sketch.path(strokes, "uncertain")
            return
        if facts.first_day and facts.first_day > time.last:
            self.sketch.arrow(time.right, middle, 1, "accent")
            return
        if facts.last_day and facts.last_day < time.first:
            self.sketch.arrow(time.left, middle, -1, "accent")
            return
        first_x = time.x(facts.first_day or time.first)
        last_x = time.after(facts.last_day) if facts.last_day else time.right
        before = facts.first_day is not None and facts.first_day < time.first
        after = facts.open_ended or (facts.last_day is not None and facts.last_day > time.last)
        if facts.first_day and (facts.last_day or facts.open_ended):
            self._solid(first_x, last_x, y, before, after)
            return
        self.sketch.line(first_x, middle, last_x, middle, "uncertain")
        if facts.first_day and before:
            self.sketch.arrow(time.left, middle, -1, "accent")
        elif facts.first_day:
            self._cap(first_x, y)
        if (facts.last_day and after) or facts.open_ended:
            self.sketch.arrow(time.right, middle, 1, "accent")
        elif facts.last_day:
            self._cap(last_x - 3, y)

    def _solid(self, first: float, last: float, y: float, before: bool, after: bool) -> None:
        point = min(CAP, (last - first) / 2)
        left = [(first + point, y + BAR), (first, y + BAR / 2), (first + point, y)]
        right = [(last - point, y), (last, y + BAR / 2), (last - point, y + BAR)]
        self.sketch.path(
            [
                [
                    *(left if before else [(first, y + BAR), (first, y)]),
                    *(right if after else [(last, y), (last, y + BAR)]),
                ]
            ],
            "accent",
            True,
        )

    def _cap(self, x: float, y: float) -> None:
        self.sketch.rect(x, y, 3, BAR, "accent")


def _counted(number: int) -> str:
    return "En insats" if number == 1 else f"{number} insatser"
