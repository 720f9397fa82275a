"""What each payer contributes, against the legal shares."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from budgets.charts.heads import column_name, named, spread
from budgets.charts.measure import text_width, wrapped
from budgets.charts.scale import Scale, fitting_scale
from budgets.charts.shapes import Chart, Picture, Role, Table, TableRow
from budgets.charts.sketch import NARROW, SIZE, WIDE, Sketch
from budgets.rules.circumstances import Circumstances
from budgets.rules.finding import Finding
from budgets.rules.legal_values import law_year, share_values
from budgets.rules.sentences import PAYER_NAMES
from budgets.rules.shares import shares
from budgets.sheet import PAYERS, BudgetSheet
from budgets.table import Head, head
from finsam.swedish import Unit, listed, money, percent

TITLE = "Medlemsbidrag mot lagens andelar"
NAMES = PAYER_NAMES | {"all": "Alla medlemmar i en post"}
SHORT_NAMES = NAMES | {
    "region": "Regioner",
    "municipality": "Kommuner",
    "region_municipality": "Kommun utanför region",
    "region_and_municipalities": "Regioner och kommuner",
}
ROLES: dict[str, tuple[Role, bool]] = {  # the fill, and whether it is hatched
    "state": ("accent", False),
    "region": ("tint", True),
    "municipality": ("tint", False),
    "region_municipality": ("tint", False),
    "region_and_municipalities": ("tint", True),
    "all": ("tint", True),
}
LINE = 15.0
BAR = 18.0
GAP = 14.0
BEYOND = 4.0
"""How far a legal mark reaches beyond its bar."""
NARROW_SIZE = 11.0
"""Of the payers' names where they are beside each other on a phone."""
ROOM_FOR_NAME, ROOM_FOR_TOTAL = 146.0, 84.0
TRIANGLE = 4.0


@dataclass(frozen=True)
class _Column:
    """A column with contributions. `parts` are what its payers pay, in order; `legal` what the law asks
    of each (percent) where that can be judged; `wrong` the payers that a rule warns of."""

    place: int
    total: Decimal
    parts: Mapping[str, Decimal]
    legal: Mapping[str, Decimal]
    wrong: tuple[str, ...]

    @property
    def divides(self) -> bool:
        """Whether the parts can be drawn as parts of a whole."""
        return self.total > 0 and all(amount >= 0 for amount in self.parts.values())


def income(sheet: BudgetSheet, circumstances: Circumstances, unit: Unit) -> Chart | None:
    """A bar for each column, divided by payer, with the legal shares across. None without contributions."""
    found = {each.column: each for each in shares(sheet, circumstances)}
    columns = tuple(_columns(sheet, found))
    if not columns:
        return None
    chart = _Income(sheet, unit, columns, found)
    return Chart(
        "intakter",
        TITLE,
        chart.description(),
        chart.picture(WIDE),
        chart.picture(NARROW),
        chart.table(),
    )


def _columns(sheet: BudgetSheet, found: Mapping[int | None, Finding]) -> Iterator[_Column]:
    for place, figures in enumerate(sheet.figures):
        if figures.contributions is not None:
            paid = sheet.payers[place]
            finding = found.get(place)
            wrong = finding.figures.get("payers", ()) if finding else ()
            assert isinstance(wrong, tuple)
            yield _Column(
                place,
                figures.contributions,
                {payer: paid[payer] for payer in PAYERS if payer in paid},
                _legal(sheet, place, frozenset(paid)),
                tuple(str(each[0]) for each in wrong if isinstance(each, tuple)),
            )


def _legal(sheet: BudgetSheet, place: int, payers: frozenset[str]) -> dict[str, Decimal]:
    """Percent of the contributions that the law asks of each payer, as far as that can be told apart."""
    if not payers or "all" in payers:
        return {}
    law = share_values(law_year(sheet, place))
    legal = {"state": law.state}
    local = payers - {"state"}
    if local == {"region", "municipality"}:
        return legal | {"region": law.region, "municipality": law.municipality}
    if len(local) == 1:
        return legal | dict.fromkeys(local, law.region + law.municipality)
    return legal


class _Income:
    def __init__(
        self,
        sheet: BudgetSheet,
        unit: Unit,
        columns: tuple[_Column, ...],
        found: Mapping[int | None, Finding],
    ) -> None:
        self.sheet, self.unit, self.columns, self.found = sheet, unit, columns, found
        self.compares = any(column.legal for column in columns)
        self.largest = max(column.total for column in columns)

    # -- words -----------------------------------------------------------------------------------

    def table(self) -> Table:
        paid = {payer for column in self.columns for payer in column.parts}
        places = range(len(self.sheet.columns))
        rows = []
        for payer in (each for each in PAYERS if each in paid):
            rows.append(
                TableRow(NAMES[payer], tuple(self.sheet.payers[place].get(payer) for place in places))
            )
            if payer != "all":
                rows.append(self._shares(payer))
        rows.append(
            TableRow(
                "Summa medlemsbidrag",
                tuple(figures.contributions for figures in self.sheet.figures),
                total=True,
            )
        )
        return Table("Betalare", tuple(map(head, self.sheet.columns)), tuple(rows))

    def _shares(self, payer: str) -> TableRow:
        legal = {column.legal[payer] for column in self.columns if payer in column.legal}
        says = f" (lagen: {percent(legal.pop() / 100, 0)})" if len(legal) == 1 else ""
        cells = tuple(self.sheet.payer_shares(place).get(payer) for place in range(len(self.sheet.columns)))
        return TableRow(f"andel{says}", cells, "share")

    def description(self) -> str:
        return " ".join(filter(None, (self._first(), self._wrong(), self._not_compared())))

    def _first(self) -> str:
        """The plan year as it is, or the first column there is."""
        judged = [column for column in self.columns if column.place in self.sheet.judged]
        this = (judged or self.columns)[0]
        where = column_name(self.sheet.columns[this.place])
        said = f"Medlemsbidragen i {where} är {money(this.total, self.unit)}."
        if this.divides and "all" not in this.parts:
            divided = self.sheet.payer_shares(this.place)
            parts = [
                f"{_mid_sentence(NAMES[payer])} {percent(divided[payer])} ({money(amount, self.unit)})"
                for payer, amount in this.parts.items()
            ]
            said += f" Av dem betalar {listed(parts)}."
        return said

    def _wrong(self) -> str:
        wrong = [column for column in self.columns if column.wrong]
        if wrong:
            return f"Andelarna stämmer inte med lagen i {named(self.sheet, [c.place for c in wrong])}."
        judged = [column for column in self.columns if column.place in self.sheet.judged]
        clear = [column for column in judged if column.place not in self.found and column.total > 0]
        if judged and len(clear) == len(judged):
            return "Andelarna stämmer med lagen."
        return ""

    def _not_compared(self) -> str:
        unclear = [column.place for column in self.columns if not column.legal]
        if not unclear:
            return ""
        which = "" if len(unclear) == len(self.columns) else f" i {named(self.sheet, unclear)}"
        return f"Bidragen{which} är en post för alla medlemmar och kan inte jämföras med lagens andelar."

    # -- picture ---------------------------------------------------------------------------------

    def picture(self, width: float) -> Picture:
        sketch = Sketch(width)
        left, right = (0.0, width) if sketch.is_narrow else (ROOM_FOR_NAME, width - ROOM_FOR_TOTAL)
        scale, _ = fitting_scale(
            [column.total for column in self.columns], self.unit, ROOM_FOR_TOTAL - 8, SIZE, True
        )
        rows = _Rows(sketch, left, right, scale)
        for _, alike in groupby(self.columns, key=lambda column: tuple(column.legal.items())):
            block = list(alike)
            rows.head(block[0].legal)
            for column in block:
                rows.row(column, self._part(column), head(self.sheet.columns[column.place]))
        return sketch.picture(rows.y)

    def _part(self, column: _Column) -> float:
        """How much of the width a bar takes: all of it, to compare shares; without shares to compare,
        as much as its total is of the largest."""
        if not column.divides:
            return 0.0
        return 1.0 if self.compares else float(column.total / self.largest)


class _Rows:
    """One bar below another; `y` is how far down the picture has come."""

    def __init__(self, sketch: Sketch, left: float, right: float, scale: Scale) -> None:
        self.sketch, self.left, self.right, self.scale = sketch, left, right, scale
        self.y = 0.0

    def x(self, part: float) -> float:
        return self.left + (self.right - self.left) * part

    def head(self, legal: Mapping[str, Decimal]) -> None:
        """What the law asks, over the bars; and the unit of the totals, once."""
        if not self.y:
            self.sketch.text(self.sketch.width, self.y + SIZE, f"Summa, {self.scale.name}", "quiet", "end")
        if not self.y and legal:
            self.sketch.text(0, self.y + SIZE, "Lagens andelar" if self.sketch.is_narrow else "", "quiet")
        top = self.y + (LINE if self.sketch.is_narrow or not legal else 0) + (4 if self.y else 0)
        if not self.sketch.is_narrow and legal and not self.y:
            self.sketch.text(0, top + SIZE, "Lagens andelar", "quiet")
        names, size = (SHORT_NAMES, NARROW_SIZE) if self.sketch.is_narrow else (NAMES, SIZE)
        done, lowest = 0.0, top
        for payer, share in legal.items():
            start, end = self.x(done), self.x(done + float(share) / 100)
            room = end - start - 6
            lines = wrapped(names[payer], room, size, 3, True)
            for number, line in enumerate(lines):
                y = top + SIZE + number * (size + 2)
                self.sketch.text((start + end) / 2, y, line, "strong", "middle", size=size, bold=True)
            y = top + SIZE + len(lines) * (size + 2)
            self.sketch.text((start + end) / 2, y, percent(share / 100, 0), "quiet", "middle", size=size)
            lowest = max(lowest, y + 4)
            done += float(share) / 100
        self.y = lowest + (6 if legal else 4)
        if legal:
            self._scale_line(legal)

    def _scale_line(self, legal: Mapping[str, Decimal]) -> None:
        """A ruler under the names: from 0 to 100 percent with a tick at each legal bound."""
        y, done = self.y, Decimal(0)
        self.sketch.line(self.left, y, self.right, y, "axis")
        for share in (Decimal(0), *legal.values()):
            done += share
            x = min(max(self.x(float(done) / 100), self.left + 0.5), self.right - 0.5)
            self.sketch.line(x, y - 4, x, y, "axis")
        self.y = y + 4

    def row(self, column: _Column, part: float, this: Head) -> None:
        label_y = self.y + (LINE if self.sketch.is_narrow else 0)
        bar_y = label_y + LINE + 3
        total = self.scale.label(column.total)
        year, lowest = f"{this.year}", bar_y
        if self.sketch.is_narrow:
            self.sketch.text(0, self.y + SIZE, year, "strong", bold=True)
            start = text_width(year, SIZE, True) + 4
            room = self.sketch.width - start - text_width(total, SIZE, True) - 8
            kind = ", ".join(filter(None, (this.kind, this.detail)))
            self.sketch.text(start, self.y + SIZE, kind, "quiet", room=room)
            self.sketch.text(self.right, self.y + SIZE, total, "strong", "end", bold=True)
        else:
            self.sketch.text(0, bar_y + 5, year, "strong", bold=True)
            room = ROOM_FOR_NAME - 8
            lines = [*wrapped(this.kind, room, SIZE, 1), *wrapped(this.detail, room, SIZE, 2)]
            for number, line in enumerate(lines):
                lowest = bar_y + 5 + LINE * (number + 1)
                self.sketch.text(0, lowest, line, "quiet")
            self.sketch.text(self.sketch.width, bar_y + BAR - 5, total, "strong", "end", bold=True)
        if column.divides:
            self._bar(column, part, label_y, bar_y)
            self._legal_marks(column.legal, bar_y)
        else:
            self.sketch.text(self.left, bar_y + BAR - 5, "kan inte visas som andelar", "quiet")
        self.y = max(bar_y + BAR, lowest) + GAP

    def _bar(self, column: _Column, part: float, label_y: float, bar_y: float) -> None:
        done, centres, labels = 0.0, [], []
        for payer, amount in column.parts.items():
            share = float(amount / column.total) * part
            x, width = self.x(done), (self.right - self.left) * share
            role, hatched = ROLES[payer]
            self.sketch.rect(x, bar_y, width, BAR, role)
            if hatched:
                self.sketch.hatch(x, bar_y, width, BAR)
            self.sketch.edge(x, bar_y, width, BAR, "outline")
            done += share
            centres.append(x + width / 2)
            labels.append(self._label(column, payer, width))
        widths = [
            text_width(label, SIZE, payer in column.wrong) + (2 * TRIANGLE + 4) * (payer in column.wrong)
            for label, payer in zip(labels, column.parts, strict=True)
        ]
        for payer, label, x, width in zip(
            column.parts, labels, spread(centres, widths, self.left, self.right), widths, strict=True
        ):
            self._share(label, x, width, label_y + SIZE, payer in column.wrong)

    def _label(self, column: _Column, payer: str, width: float) -> str:
        """The share; with its payer where no head names it, as far as there is room."""
        if payer == "all" and len(column.parts) == 1:
            return NAMES["all"]
        share = percent(column.parts[payer] / column.total)
        named_above = payer in column.legal
        longer = f"{NAMES[payer]} {share}"
        return longer if not named_above and text_width(longer, SIZE) <= width else share

    def _share(self, label: str, x: float, width: float, y: float, wrong: bool) -> None:
        left = x - width / 2
        if wrong:
            corners = [(left, y), (left + TRIANGLE, y - 2 * TRIANGLE), (left + 2 * TRIANGLE, y)]
            self.sketch.path([corners], "warning", True)
            left += 2 * TRIANGLE + 4
        self.sketch.text(left, y, label, "strong" if wrong else "ink", bold=wrong, halo=True)

    def _legal_marks(self, legal: Mapping[str, Decimal], bar_y: float) -> None:
        """Where the parts would meet if each paid its legal share, across the bar."""
        done = Decimal(0)
        for share in legal.values():
            done += share
            if done < 100:
                x, top, bottom = self.x(float(done) / 100), bar_y - BEYOND, bar_y + BAR + BEYOND
                self.sketch.line(x, bar_y, x, bar_y + BAR, "halo")
                self.sketch.line(x, top, x, bottom, "limit-dashed")


def _mid_sentence(name: str) -> str:
    return name[0].lower() + name[1:]
