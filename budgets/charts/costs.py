"""The costs of each group over the columns, all on one scale."""

from dataclasses import dataclass
from decimal import Decimal

from budgets.charts.heads import Heads, column_name, in_time
from budgets.charts.measure import text_width, wrapped
from budgets.charts.scale import ZERO, Scale, fitting_scale
from budgets.charts.shapes import Chart, Picture, Table, TableRow
from budgets.charts.sketch import NARROW, SIZE, WIDE, Sketch
from budgets.rules.circumstances import Circumstances
from budgets.sheet import Amounts, BudgetSheet, add
from budgets.table import head
from finsam.swedish import Unit, money

TITLE = "Kostnader per grupp"
MOST_GROUPS = 7
COST_SECTIONS = ("cost", "balancing", "financial_cost")
CLASS_NAMES = {
    "board": "Styrelse",
    "administration": "Administration",
    "audit": "Revision",
    "insats": "Insatser",
}
BALANCING, FINANCIAL = "Att fördela", "Finansiella kostnader"
HIGHEST_BAR, BAR_PART, WIDEST_BAR = 72.0, 0.56, 56.0
ROOM_FOR_NAME = 176.0
LINE = 15.0
GAP = 12.0


@dataclass(frozen=True)
class Group:
    name: str
    amounts: Amounts

    @property
    def largest(self) -> Decimal:
        return max((abs(amount) for amount in self.amounts if amount is not None), default=ZERO)


def costs(sheet: BudgetSheet, circumstances: Circumstances, unit: Unit) -> Chart | None:
    """A row of bars for each group, the largest groups first and the rest as one. None without costs."""
    groups = [group for group in cost_groups(sheet) if group.largest]
    if not groups:
        return None
    shown = _shown(groups)
    chart = _Costs(sheet, unit, groups, shown)
    return Chart(
        "kostnader",
        TITLE,
        chart.description(),
        chart.picture(WIDE),
        chart.picture(NARROW),
        chart.table(),
    )


def cost_groups(sheet: BudgetSheet) -> list[Group]:
    """The groups of the costs in the order of the sheet; lines without a group by what they are for."""
    places = range(len(sheet.columns))
    names: dict[tuple[str, str], None] = {}
    for line in sheet.counted:
        if line.section in COST_SECTIONS:
            names[("group", line.group) if line.group else (line.section, line.line_class)] = None
    groups = []
    for kind, name in names:
        if kind == "group":
            amounts = tuple(
                add(sheet.group_total(name, column, section=section) for section in COST_SECTIONS)
                for column in places
            )
        elif kind == "cost":
            amounts = tuple(sheet.class_total(name, column, group="") for column in places)
        else:
            amounts = tuple(sheet.group_total("", column, section=kind) for column in places)
        shown = name if kind == "group" else _name(sheet, kind, name)
        groups.append(Group(shown, amounts))
    return groups


def _name(sheet: BudgetSheet, section: str, line_class: str) -> str:
    """What lines without a group are called: by class, or as the only line there is."""
    if section == "cost":
        return CLASS_NAMES[line_class]
    lines = [line.name for line in sheet.counted if line.section == section and not line.group]
    return lines[0] if len(lines) == 1 else {"balancing": BALANCING, "financial_cost": FINANCIAL}[section]


def _shown(groups: list[Group]) -> list[Group]:
    """The groups of the picture, the largest first; those beyond the most it holds as one."""
    ordered = sorted(groups, key=lambda group: -group.largest)
    if len(ordered) <= MOST_GROUPS:
        return ordered
    kept, rest = ordered[: MOST_GROUPS - 1], ordered[MOST_GROUPS - 1 :]
    together = tuple(add(column) for column in zip(*(group.amounts for group in rest), strict=True))
    return [*kept, Group(f"Övriga {len(rest)} grupper", together)]


class _Costs:
    def __init__(self, sheet: BudgetSheet, unit: Unit, groups: list[Group], shown: list[Group]) -> None:
        self.sheet, self.unit, self.groups, self.shown = sheet, unit, groups, shown
        self.totals = tuple(figures.costs for figures in sheet.figures)
        self.amounts = [a for group in shown for a in group.amounts if a is not None]
        span = max([ZERO, *self.amounts]) - min([ZERO, *self.amounts])
        self.pixels_per_krona = HIGHEST_BAR / float(span)

    # -- words -----------------------------------------------------------------------------------

    def table(self) -> Table:
        rows = [TableRow(group.name, group.amounts) for group in self.groups]
        rows.append(TableRow("Summa kostnader", self.totals, total=True))
        return Table("Grupp", tuple(map(head, self.sheet.columns)), tuple(rows))

    def description(self) -> str:
        return " ".join(filter(None, (self._course(), self._largest())))

    def _course(self) -> str:
        known = in_time(self.sheet, [c for c, total in enumerate(self.totals) if total is not None])
        first, last = known[0], known[-1]
        if first == last:
            return f"Kostnaderna är {self._of(self.totals, first)}."
        said = f"Kostnaderna går från {self._of(self.totals, first)} till {self._of(self.totals, last)}."
        highest = max(known, key=lambda column: self.totals[column] or ZERO)
        if highest not in (first, last):
            said += f" Högst är de med {self._of(self.totals, highest)}."
        return said

    def _largest(self) -> str:
        group = max(self.groups, key=lambda group: group.largest)
        column = next(c for c, a in enumerate(group.amounts) if a is not None and abs(a) == group.largest)
        return f"Den största gruppen är {group.name}, som mest {self._of(group.amounts, column)}."

    def _of(self, amounts: Amounts, column: int) -> str:
        amount = amounts[column]
        assert amount is not None
        return f"{money(amount, self.unit)} ({column_name(self.sheet.columns[column])})"

    # -- picture ---------------------------------------------------------------------------------

    def picture(self, width: float) -> Picture:
        sketch = Sketch(width)
        left = 0.0 if sketch.is_narrow else ROOM_FOR_NAME
        heads = Heads(self.sheet, left, width)
        totals = [total for total in self.totals if total is not None]
        scale, fits = fitting_scale([*self.amounts, *totals], self.unit, heads.slot - 4, SIZE, True)
        y = 0.0
        if sketch.is_narrow:
            sketch.text(0, SIZE, scale.name, "quiet")
            y = LINE + 2
        else:
            sketch.text(0, heads.height - 3, scale.name, "quiet")
        heads.draw(sketch, y)
        y += heads.height + 4
        sketch.line(0, y, width, y, "axis")
        rows = _Rows(sketch, heads, scale, fits, self.pixels_per_krona)
        y += GAP / 2
        for group in self.shown:
            y = rows.row(group, y)
        sketch.line(0, y, width, y, "axis")
        y = rows.figures(Group("Summa kostnader", self.totals), y + 4)
        return sketch.picture(y)


class _Rows:
    """Rows of bars under common heads. Each row is as high as its own bars ask for."""

    def __init__(
        self, sketch: Sketch, heads: Heads, scale: Scale, fits: bool, pixels_per_krona: float
    ) -> None:
        self.sketch, self.heads, self.scale, self.fits = sketch, heads, scale, fits
        self.pixels_per_krona = pixels_per_krona
        self.bar = min(heads.slot * BAR_PART, WIDEST_BAR)

    def _room(self, amounts: list[Decimal], bold: bool = False) -> float:
        """How high the figures of these amounts stand."""
        if self.fits or not amounts:
            return LINE
        return max(text_width(self.scale.label(amount), SIZE, bold) for amount in amounts) + 4

    def row(self, group: Group, top: float) -> float:
        """A group's name and bars, from top on; returns where the next row begins."""
        stated = [amount for amount in group.amounts if amount is not None]
        if self.sketch.is_narrow:
            top = self._name(group.name, top, self.sketch.width)
        above = [amount for amount in stated if amount >= 0]
        below = [amount for amount in stated if amount < 0]
        zero = top + self._height(max(above, default=ZERO)) + (self._room(above) if above else 0)
        bottom = zero + self._height(min(below, default=ZERO)) + (self._room(below) if below else 0)
        if not self.sketch.is_narrow:
            lines = wrapped(group.name, ROOM_FOR_NAME - 12, SIZE, 2)
            bottom = max(bottom, top + LINE * len(lines))
            if not below:
                zero = bottom
            first = min(zero, bottom) - LINE * (len(lines) - 1) if not below else top + LINE
            for number, line in enumerate(lines):
                self.sketch.text(0, first + LINE * number, line)
        self.sketch.line(self.heads.left, zero, self.sketch.width, zero, "grid")
        for column, amount in enumerate(group.amounts):
            if amount is not None:
                self._bar(self.heads.centre(column), zero, amount)
        return bottom + GAP

    def _name(self, name: str, top: float, room: float) -> float:
        for line in wrapped(name, room, SIZE, 2):
            self.sketch.text(0, top + SIZE, line)
            top += LINE
        return top + 2

    def _height(self, amount: Decimal) -> float:
        return abs(float(amount)) * self.pixels_per_krona

    def _bar(self, centre: float, zero: float, amount: Decimal) -> None:
        height = self._height(amount)
        top = zero if amount < 0 else zero - height
        x = centre - self.bar / 2
        self.sketch.column(x, top, self.bar, height, negative=amount < 0)
        self._figure(centre, zero + height if amount < 0 else zero - height, amount, amount < 0)

    def _figure(self, centre: float, end: float, amount: Decimal, below: bool, bold: bool = False) -> None:
        label = self.scale.label(amount)
        self.sketch.figure(centre, end, label, below=below, turned=not self.fits, bold=bold)

    def figures(self, group: Group, top: float) -> float:
        """A row of figures without bars, as a sum stands in a table."""
        stated = [amount for amount in group.amounts if amount is not None]
        if self.sketch.is_narrow:
            self.sketch.text(0, top + SIZE, group.name, "strong", bold=True)
            top += LINE
        bottom = top + self._room(stated, bold=True) + 2
        if not self.sketch.is_narrow:
            self.sketch.text(0, bottom - 4, group.name, "strong", bold=True)
        for column, amount in enumerate(group.amounts):
            if amount is not None:
                self._figure(self.heads.centre(column), bottom, amount, False, bold=True)
        return bottom + 2
