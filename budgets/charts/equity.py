"""Closing equity of each column, against the highest and the lowest level."""

from decimal import Decimal

from budgets.charts.heads import Heads, column_name, in_time, named, spread
from budgets.charts.measure import text_width
from budgets.charts.scale import ZERO, Axis, Scale, axis, fitting_scale
from budgets.charts.shapes import Chart, Picture, Point, Role, Table, TableRow
from budgets.charts.sketch import NARROW, SIZE, WIDE, Sketch
from budgets.rules.circumstances import Circumstances
from budgets.rules.equity_limits import equity_limits
from budgets.sheet import BudgetSheet
from budgets.table import head
from finsam.swedish import Unit, money

TITLE, WITHOUT_LEVELS = "Eget kapital mot högsta och lägsta nivå", "Eget kapital"
UNKNOWN, SHORT_UNKNOWN = "okänt", "?"
PLOT_HEIGHT = 230.0
ROOM_FOR_TICKS, ROOM_FOR_LEVELS = 64.0, 150.0
BAR_PART, WIDEST_BAR = 0.5, 72.0
MOST_BESIDE = 8
LINE = 16.0
LIMIT: Role = "limit"
LIMIT_DASHED: Role = "limit-dashed"

Amounts = list[Decimal | None]


def equity(sheet: BudgetSheet, circumstances: Circumstances, unit: Unit) -> Chart | None:
    """Bars from zero up or down, with the span between the levels behind them. None when no column has
    a closing equity."""
    closing: Amounts = [figures.closing for figures in sheet.figures]
    if not any(amount is not None for amount in closing):
        return None
    limits = [equity_limits(sheet, circumstances, column) for column in range(len(sheet.columns))]
    highest: Amounts = [each.highest.amount if each and each.highest else None for each in limits]
    lowest: Amounts = [each.lowest.amount if each and each.lowest else None for each in limits]
    chart = _Equity(sheet, unit, closing, highest, lowest)
    return Chart(
        "eget-kapital",
        TITLE if chart.levels else WITHOUT_LEVELS,
        chart.description(),
        chart.picture(WIDE),
        chart.picture(NARROW),
        chart.table(),
    )


class _Equity:
    def __init__(
        self, sheet: BudgetSheet, unit: Unit, closing: Amounts, highest: Amounts, lowest: Amounts
    ) -> None:
        self.sheet, self.unit = sheet, unit
        self.closing, self.highest, self.lowest = closing, highest, lowest
        self.known = {column: amount for column, amount in enumerate(closing) if amount is not None}

    # -- words -----------------------------------------------------------------------------------

    def table(self) -> Table:
        rows = [TableRow("Utgående eget kapital", tuple(self.closing))]
        for name, amounts in (("Högsta nivå", self.highest), ("Lägsta nivå", self.lowest)):
            if any(amount is not None for amount in amounts):
                rows.append(TableRow(name, tuple(amounts)))
        return Table("Eget kapital", tuple(map(head, self.sheet.columns)), tuple(rows))

    def description(self) -> str:
        return " ".join(
            filter(None, (self._course(), self._worst(), self._against_levels(), self._unknown()))
        )

    def _of(self, column: int) -> str:
        return f"{money(self.known[column], self.unit)} ({column_name(self.sheet.columns[column])})"

    def _course(self) -> str:
        ordered = in_time(self.sheet, list(self.known))
        first, last = ordered[0], ordered[-1]
        if first == last:
            return f"Utgående eget kapital är {self._of(first)}."
        return f"Utgående eget kapital går från {self._of(first)} till {self._of(last)}."

    def _worst(self) -> str:
        ordered = in_time(self.sheet, list(self.known))
        worst = min(ordered, key=lambda column: self.known[column])
        below = ", alltså under noll" if self.known[worst] < 0 else ""
        if len(ordered) == 1:
            return "Det är under noll." if below else ""
        where = column_name(self.sheet.columns[worst])
        return f"Lägst är det i {where}: {money(self.known[worst], self.unit)}{below}."

    def _against_levels(self) -> str:
        above = [c for c, amount in self.known.items() if _is_above(amount, self.highest[c])]
        under = [c for c, amount in self.known.items() if _is_above(self.lowest[c], amount)]
        if not self.levels:
            return "Inga nivåer gäller för åren."
        judged = [c for c in self.known if self.highest[c] is not None and self.lowest[c] is not None]
        said = []
        if above:
            said.append(f"Det är över högsta nivån i {named(self.sheet, above)}.")
        if under:
            said.append(f"Det är under lägsta nivån i {named(self.sheet, under)}.")
        if judged and not said:
            said.append("Det ligger mellan lägsta och högsta nivån.")
        return " ".join(said)

    def _unknown(self) -> str:
        unknown = [column for column in range(len(self.sheet.columns)) if column not in self.known]
        return f"I {named(self.sheet, unknown)} går det inte att räkna ut." if unknown else ""

    # -- picture ---------------------------------------------------------------------------------

    @property
    def levels(self) -> list[Decimal]:
        return [amount for amount in (*self.highest, *self.lowest) if amount is not None]

    def picture(self, width: float) -> Picture:
        sketch = Sketch(width)
        beside = bool(self.levels) and not sketch.is_narrow and len(self.closing) <= MOST_BESIDE
        right = width - (ROOM_FOR_LEVELS if beside else 0)
        scale, fits = self._scale((right - ROOM_FOR_TICKS) / len(self.closing) - 4)
        scaled = axis([*self.known.values(), *self.levels], scale)
        left = max(text_width(label, SIZE) for label in scaled.labels) + 8
        heads = Heads(self.sheet, left, right)
        sketch.text(0, SIZE, scale.name, "quiet")
        top = LINE if beside or not self.levels else self._key(sketch)
        turned_room = (
            0.0 if fits else max(text_width(scale.label(a), SIZE, True) for a in self.known.values())
        )
        plot = _Plot(sketch, scaled, heads, top + max(LINE, turned_room), turned_room)
        plot.grid(left, right)
        plot.levels(self.highest, self.lowest)
        for column, amount in enumerate(self.closing):
            plot.bar(column, amount, scale, not fits)
        plot.zero(left, right)
        if beside:
            self._level_labels(plot, scale, right)
        bottom = plot.bottom + (max(LINE, turned_room) if any(a < 0 for a in self.known.values()) else 0)
        heads.draw(sketch, bottom + 4)
        return sketch.picture(bottom + 4 + heads.height + 4)

    def _scale(self, room: float) -> tuple[Scale, bool]:
        return fitting_scale(self.known.values(), self.unit, room, SIZE, bold=True)

    def _last(self, amounts: Amounts) -> Decimal | None:
        """The level of the last column that has one."""
        return next((amount for amount in reversed(amounts) if amount is not None), None)

    def _named_levels(self) -> list[tuple[str, Decimal, Role]]:
        pairs = (
            ("Högsta nivå", self._last(self.highest), LIMIT),
            ("Lägsta nivå", self._last(self.lowest), LIMIT_DASHED),
        )
        return [(name, amount, role) for name, amount, role in pairs if amount is not None]

    def _key(self, sketch: Sketch) -> float:
        """Above the plot, where there is no room beside it: what the lines are. Returns its bottom."""
        y = 2 * LINE
        for name, _, role in self._named_levels():
            sketch.line(0, y + 6, 26, y + 6, role)
            sketch.text(32, y + 10, name)
            y += LINE + 2
        return y

    def _level_labels(self, plot: "_Plot", scale: Scale, right: float) -> None:
        levels = sorted(self._named_levels(), key=lambda level: -level[1])
        wanted = [plot.y(amount) for _, amount, _ in levels]
        for (name, amount, _), y in zip(
            levels, spread(wanted, [LINE] * len(levels), plot.top, plot.bottom, 0), strict=True
        ):
            text = f"{name} {scale.label(amount)}"
            plot.sketch.text(right + 8, y + 4, text, room=plot.sketch.width - right - 8)


def _is_above(amount: Decimal | None, level: Decimal | None) -> bool:
    return amount is not None and level is not None and amount > level


class _Plot:
    """The area of the bars: from `top` down to `bottom`, with room above for the figure of a full bar."""

    def __init__(self, sketch: Sketch, scaled: Axis, heads: Heads, top: float, turned_room: float) -> None:
        self.sketch, self.axis, self.heads, self.top = sketch, scaled, heads, top
        self.bottom = top + PLOT_HEIGHT

    def y(self, amount: Decimal) -> float:
        return self.bottom - (self.bottom - self.top) * self.axis.part(amount)

    def grid(self, left: float, right: float) -> None:
        for tick, label in zip(self.axis.ticks, self.axis.labels, strict=True):
            y = self.y(tick)
            if tick:
                self.sketch.line(left, y, right, y, "grid")
            self.sketch.text(left - 8, y + 4, label, "quiet", "end")

    def zero(self, left: float, right: float) -> None:
        self.sketch.line(left, self.y(ZERO), right, self.y(ZERO), "axis")

    def levels(self, highest: Amounts, lowest: Amounts) -> None:
        """The span between the levels, and each level as a staircase where it goes on unbroken."""
        spans = [high if _is_above(high, low) else None for high, low in zip(highest, lowest, strict=True)]
        for run in _runs(spans):
            above = [point for column in run for point in self._step(column, highest[column])]
            below = [point for column in run for point in self._step(column, lowest[column])]
            self.sketch.path([[*above, *reversed(below)]], "tint", True)
        for amounts, role in ((highest, LIMIT), (lowest, LIMIT_DASHED)):
            strokes = [
                [point for column in run for point in self._step(column, amounts[column])]
                for run in _runs(amounts)
            ]
            self.sketch.path(strokes, role)

    def _step(self, column: int, amount: Decimal | None) -> list[Point]:
        assert amount is not None
        left = self.heads.left + self.heads.slot * column
        return [(left, self.y(amount)), (left + self.heads.slot, self.y(amount))]

    def bar(self, column: int, amount: Decimal | None, scale: Scale, turned: bool) -> None:
        centre, width = self.heads.centre(column), min(self.heads.slot * BAR_PART, WIDEST_BAR)
        zero = self.y(ZERO)
        if amount is None:
            fits = text_width(UNKNOWN, SIZE) < self.heads.slot
            shown = UNKNOWN if fits else SHORT_UNKNOWN
            self.sketch.text(centre, zero - 5, shown, "quiet", "middle", halo=True)
            return
        end = self.y(amount)
        top, height = min(zero, end), abs(zero - end)
        self.sketch.column(centre - width / 2, top, width, height, negative=amount < 0)
        self.sketch.figure(
            centre, end, scale.label(amount), below=amount < 0, turned=turned, bold=True, halo=True
        )


def _runs(amounts: Amounts) -> list[list[int]]:
    """The columns with an amount, those beside each other together."""
    runs: list[list[int]] = []
    for column, amount in enumerate(amounts):
        if amount is None:
            continue
        if runs and runs[-1][-1] == column - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs
