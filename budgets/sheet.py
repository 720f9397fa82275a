"""The frozen picture of a budget, and all arithmetic on it. Nobody else sums.

A sum is None when every cell in it is empty. A column is judged by its calendar days, so that part of a
year (September–December) opens and closes like a whole one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from budgets.sheet_parts import (
    ADMINISTRATION_CLASSES,
    COST_CLASSES,
    INCOME_CLASSES,
    KIND_NAMES,
    KINDS,
    PAYERS,
    PLANNED_KINDS,
    SECTIONS,
    Amounts,
    Column,
    Discrepancy,
    Line,
    PrintedTotal,
    StatedLimits,
    Status,
    YearFigures,
    add,
)
from finsam.swedish import Unit

__all__ = [
    "COST_CLASSES",
    "INCOME_CLASSES",
    "KINDS",
    "KIND_NAMES",
    "PAYERS",
    "PLANNED_KINDS",
    "SECTIONS",
    "Amounts",
    "BudgetSheet",
    "Column",
    "Discrepancy",
    "Line",
    "PrintedTotal",
    "StatedLimits",
    "Status",
    "YearFigures",
    "add",
]


@dataclass(frozen=True)
class BudgetSheet:
    """A whole budget as data, with its arithmetic."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    totals: tuple[PrintedTotal, ...] = ()
    federation: str = ""
    organisation_number: str = ""
    plan_year: int | None = None
    unit: Unit = "SEK"
    source: str = ""
    stated_limits: StatedLimits | None = None
    unknown_keys: tuple[str, ...] = field(default=(), compare=False)

    # -- sums ------------------------------------------------------------------------------------

    @cached_property
    def counted(self) -> tuple[Line, ...]:
        """The lines that sums are made of: all but those that are part of another ("varav")."""
        return tuple(line for line in self.lines if line.part_of is None)

    @cached_property
    def _leaves(self) -> dict[tuple[str, str, str, str, str], list[Decimal | None]]:
        """Sums per section, class, payer, group and subgroup, of the amounts as entered; every other
        sum is made of these. Balancing lines are left out where they are computed."""
        leaves: dict[tuple[str, str, str, str, str], list[Decimal | None]] = {}
        for line in self.counted:
            where = (line.section, line.line_class, line.member_kind, line.group, line.subgroup)
            sums = leaves.get(where)
            if sums is None:
                sums = leaves[where] = [None] * len(self.columns)
            computed = self._computed_balancing.get(line.key, ())
            for column, amount in enumerate(line.amounts):
                if amount is not None and column not in computed:
                    so_far = sums[column]
                    sums[column] = amount if so_far is None else so_far + amount
        return leaves

    @cached_property
    def _computed_balancing(self) -> dict[int, tuple[int, ...]]:
        """The columns where each balancing line is computed. Of several in a column the last is; the
        others stand as stated."""
        last: dict[int, int] = {}
        for line in self.lines:
            if line.section == "balancing":
                for column in range(len(self.columns)):
                    if line.target(column) is not None:
                        last[column] = line.key
        by_line: dict[int, list[int]] = {}
        for column, key in last.items():
            by_line.setdefault(key, []).append(column)
        return {key: tuple(columns) for key, columns in by_line.items()}

    def _sum(
        self,
        column: int,
        *,
        section: str | None = None,
        line_class: str | None = None,
        payer: str | None = None,
        group: str | None = None,
        subgroup: str | None = None,
    ) -> Decimal | None:
        wanted = (section, line_class, payer, group, subgroup)
        chosen = tuple(i for i, name in enumerate(wanted) if name is not None)
        index = self._indexes.get(chosen)
        if index is None:
            index = self._indexes[chosen] = self._index(chosen)
        sums = index.get(tuple(wanted[i] for i in chosen))
        return sums[column] if sums else None

    @cached_property
    def _indexes(self) -> dict[tuple[int, ...], dict[tuple[str | None, ...], list[Decimal | None]]]:
        return {}

    def _index(self, chosen: tuple[int, ...]) -> dict[tuple[str | None, ...], list[Decimal | None]]:
        """The leaves added up by the chosen parts of their place, so that each sum is one look-up."""
        index: dict[tuple[str | None, ...], list[Decimal | None]] = {}
        for where, sums in self._leaves.items():
            so_far = index.setdefault(tuple(where[i] for i in chosen), [None] * len(sums))
            for column, amount in enumerate(sums):
                so_far[column] = add([so_far[column], amount])
        return index

    def section_total(self, section: str, column: int) -> Decimal | None:
        """All lines of a section, balancing lines as computed; opening equity as entered."""
        total = self._sum(column, section=section)
        if section == "balancing":
            return add([total, *self.figures[column].balancing.values()])
        return total

    def class_total(self, line_class: str, column: int, *, group: str | None = None) -> Decimal | None:
        """All lines of a class: contribution, esf, other; board, administration, audit, insats; of one
        group ("": those without), or of all."""
        return self._sum(column, line_class=line_class, group=group)

    def group_total(
        self, group: str, column: int, *, section: str | None = None, subgroup: str | None = None
    ) -> Decimal | None:
        """All lines of a group (and subgroup), in one section or in all."""
        total = self._sum(column, section=section, group=group, subgroup=subgroup)
        if section not in (None, "balancing"):
            return total
        return add([total, *self._balancing_in_group(group, subgroup, column)])

    def _balancing_in_group(self, group: str, subgroup: str | None, column: int) -> list[Decimal | None]:
        computed = self.figures[column].balancing
        return [
            computed[key]
            for key in computed
            if self._line(key).group == group and subgroup in (None, self._line(key).subgroup)
        ]

    @cached_property
    def _lines_by_key(self) -> dict[int, Line]:
        return {line.key: line for line in self.lines}

    def _line(self, key: int) -> Line:
        return self._lines_by_key[key]

    def whole(self, line: Line) -> Line | None:
        """What a line is part of ("varav"), None for a line of its own."""
        return None if line.part_of is None else self._lines_by_key.get(line.part_of)

    def amount(self, line: Line, column: int) -> Decimal | None:
        """What a cell shows: its amount, or what a balancing line comes to."""
        if line.key in self.figures[column].balancing:
            return self.figures[column].balancing[line.key]
        return line.amounts[column]

    # -- income by payer -------------------------------------------------------------------------

    @cached_property
    def payers(self) -> tuple[dict[str, Decimal], ...]:
        """Per column, what each payer contributes, SEK per year; payers without a figure are left out."""
        result = []
        for column in range(len(self.columns)):
            sums = {payer: self._sum(column, payer=payer) for payer in PAYERS}
            result.append({payer: total for payer, total in sums.items() if total is not None})
        return tuple(result)

    def payer_shares(self, column: int) -> dict[str, Decimal]:
        """Each payer's part of the contributions, 0 to 1; empty when nothing is contributed."""
        total = self.figures[column].contributions
        if not total:
            return {}
        return {payer: amount / total for payer, amount in self.payers[column].items()}

    # -- administration, projects, levels --------------------------------------------------------

    def administration(self, column: int) -> Decimal | None:
        """Board, administration and audit together, SEK."""
        return add(self.class_total(name, column) for name in ADMINISTRATION_CLASSES)

    def administration_share(self, column: int) -> Decimal | None:
        """Board, administration and audit as a part of all costs of the year, 0 to 1."""
        administration, costs = self.administration(column), self.figures[column].costs
        return None if administration is None or not costs else administration / costs

    def costs_its_project(self, line: Line) -> bool:
        """Whether a line is money for its project; a part is, unless its whole is the project's too."""
        whole = self.whole(line)
        return bool(line.project) and line.section == "cost" and not (whole and whole.project == line.project)

    @cached_property
    def _projects(self) -> dict[str, list[Decimal | None]]:
        """Costs of each project per column."""
        sums: dict[str, list[Decimal | None]] = {}
        for line in self.lines:
            if self.costs_its_project(line):
                so_far = sums.setdefault(line.project, [None] * len(self.columns))
                for column, amount in enumerate(line.amounts):
                    so_far[column] = add([so_far[column], amount])
        return sums

    def project_total(self, project: str, column: int) -> Decimal | None:
        """What a project costs the federation in a column."""
        return self._projects[project][column] if project in self._projects else None

    def level_total(self, level: str, column: int) -> Decimal | None:
        """Costs of insatser of a level: individual, structural, or '' for those without one."""
        return add(
            line.amounts[column]
            for line in self.counted
            if line.line_class == "insats" and line.level == level
        )

    # -- result and equity -----------------------------------------------------------------------

    def predecessors(self, column: int) -> list[int]:
        """The columns that end the day before this one begins, the surest kind first."""
        eve = self.columns[column].first_day - timedelta(days=1)
        before = [i for i, other in enumerate(self.columns) if other.last_day == eve]
        return sorted(before, key=lambda i: (KINDS.index(self.columns[i].kind), -i))

    @cached_property
    def figures(self) -> tuple[YearFigures, ...]:
        """Result, funds available and equity of every column, chained in calendar order."""
        done: dict[int, YearFigures] = {}
        for column in sorted(range(len(self.columns)), key=lambda i: self.columns[i].first_day):
            done[column] = self._year(column, done)
        return tuple(done[i] for i in range(len(self.columns)))

    def _year(self, column: int, done: Mapping[int, YearFigures]) -> YearFigures:
        stated_income = self._sum(column, section="income")
        income = (
            None
            if stated_income is None
            else add([stated_income, self._sum(column, section="financial_income")])
        )
        entered_costs = add(
            self._sum(column, section=name) for name in ("cost", "financial_cost", "balancing")
        )
        carried_from = next((i for i in self.predecessors(column) if done[i].closing is not None), None)
        carried = None if carried_from is None else done[carried_from].closing
        entered = self._sum(column, section="opening_equity")
        opening = entered if entered is not None else carried
        funds = None if income is None or opening is None else income + opening

        balancing: dict[int, Decimal | None] = {}
        for key, columns in self._computed_balancing.items():
            if column in columns:
                target = self._line(key).target(column)
                assert target is not None
                balancing[key] = None if funds is None else funds - (entered_costs or Decimal(0)) - target
        costs = add([entered_costs, *balancing.values()])
        # A balancing line that cannot be computed leaves the costs, and so the result, unknown.
        known = income is not None and None not in balancing.values()
        result = income - (costs or Decimal(0)) if known and income is not None else None
        closing = None if result is None or opening is None else opening + result
        return YearFigures(
            income=income,
            costs=costs,
            contributions=self._sum(column, line_class="contribution"),
            opening=opening,
            opening_entered=entered,
            carried=carried,
            carried_from=carried_from,
            balancing=balancing,
            result=result,
            closing=closing,
            funds_available=funds,
        )

    # -- printed totals --------------------------------------------------------------------------

    @cached_property
    def _names(self) -> dict[str, list[Decimal | None]]:
        sums: dict[str, list[Decimal | None]] = {}
        for line in self.lines:
            so_far = sums.setdefault(line.name, [None] * len(self.columns))
            for column in range(len(self.columns)):
                so_far[column] = add([so_far[column], self.amount(line, column)])
        return sums

    def summed_by(self, total: PrintedTotal) -> frozenset[int]:
        """The lines (keys) that a printed total adds up; empty when it also subtracts."""
        if total.minus:
            return frozenset()

        def picked(line: Line) -> bool:
            if total.names:
                return line.name in total.names
            if line.part_of is not None:
                return False
            return line.group in total.groups if total.groups else line.section in total.sections

        return frozenset(line.key for line in self.lines if picked(line))

    def printed_total(self, total: PrintedTotal, column: int) -> Decimal:
        """What the lines of a printed total come to, SEK; empty cells add nothing."""
        if total.names:
            plus = add(self._names[name][column] for name in total.names if name in self._names)
        elif total.groups:
            plus = add(self.group_total(group, column) for group in total.groups)
        else:
            plus = add(self.section_total(section, column) for section in total.sections)
        minus = add(self.section_total(section, column) for section in total.minus)
        return (plus or Decimal(0)) - (minus or Decimal(0))

    def discrepancies(self, tolerance: Decimal = Decimal(0)) -> list[Discrepancy]:
        """Printed figures further than `tolerance` (SEK) from what their lines give: the printed
        totals in order, then balancing lines whose printed amount is not what is left."""
        found = [
            Discrepancy(total.name, column, printed, self.printed_total(total, column), place)
            for place, total in enumerate(self.totals)
            for column, printed in enumerate(total.printed)
            if printed is not None
        ]
        for key, columns in self._computed_balancing.items():
            line = self._line(key)
            for column in columns:
                printed, computed = line.amounts[column], self.figures[column].balancing[key]
                if printed is not None and computed is not None:
                    found.append(Discrepancy(line.name, column, printed, computed, line=key))
        return [each for each in found if abs(each.difference) > tolerance]

    # -- the plan --------------------------------------------------------------------------------

    @property
    def judged(self) -> list[int]:
        """The columns that rules judge: the plan year and later. Earlier ones are comparison."""
        if self.plan_year is None:
            return []
        return [i for i, column in enumerate(self.columns) if column.year >= self.plan_year]

    def first_planned_year(self) -> int | None:
        """The first year of a budget, revised or plan column: the plan year of a file without one."""
        planned = [c.year for c in self.columns if c.kind in PLANNED_KINDS]
        return min(planned, default=None)
