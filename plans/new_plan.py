"""The years shifted: from the budget of one plan to one to start the next plan from
(docs/algorithms/new-plan.md).

Pure: a sheet in, a sheet and everything a person should know about it out. Amounts are SEK.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from budgets.sheet import KIND_NAMES, KINDS, PLANNED_KINDS, BudgetSheet, Column, Line
from budgets.table import head
from finsam.swedish import listed, money

FIRST_YEAR, LAST_YEAR = 2004, 2100
"""What a column may be for: the law (2003:1210) is in force from 2004."""
PLANNED_YEARS = 3
LAST_PLAN_YEAR = LAST_YEAR - PLANNED_YEARS + 1
OPENING = "Ingående eget kapital"

KEPT, MOVED, COPIED, EMPTY = "kept", "moved", "copied", "empty"

T = TypeVar("T")


@dataclass(frozen=True)
class Origin:
    """A column of the new plan and the column of the earlier one that its figures come from. `how`: kept (as
    it is, for comparison), moved (planned then, planned now), copied (from the year before) or empty."""

    column: Column
    source: Column | None
    how: str


@dataclass(frozen=True)
class LeftOutLine:
    """A line that does not follow, and why, in words that follow "insatsen"."""

    name: str
    reason: str


@dataclass(frozen=True)
class NewPlan:
    """`sheet` is the budget to start from, the rest what became of the earlier one. `empty_lines` are names
    of lines that follow but have no figure in any column; `remarks` are Swedish sentences."""

    sheet: BudgetSheet
    origins: tuple[Origin, ...]
    dropped_columns: tuple[Column, ...] = ()
    left_out_lines: tuple[LeftOutLine, ...] = ()
    empty_lines: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def shifted(
    sheet: BudgetSheet,
    plan_year: int,
    *,
    ended: Mapping[str, str] | None = None,
    copy_missing_years: bool = False,
) -> NewPlan:
    """The budget for `plan_year`, made from that of an earlier plan.

    `ended` names the insatser that are over before the plan year, each with the reason in words ("är
    avslutad"). `copy_missing_years` fills a planned year that the earlier plan does not have with the
    amounts of the year before; otherwise it is empty. Raises ValueError for a year that cannot be planned.
    """
    if not FIRST_YEAR <= plan_year <= LAST_PLAN_YEAR:
        raise ValueError(f"Planåret ska vara från {FIRST_YEAR} till {LAST_PLAN_YEAR}.")
    return _Shift(sheet, plan_year, ended or {}, copy_missing_years).new_plan()


def column_name(column: Column) -> str:
    """As in a sentence: 2009 budget (september–december)."""
    shown = head(column)
    return f"{shown.year} {shown.kind}{f' ({shown.detail})' if shown.detail else ''}"


def columns_from_nothing(plan_year: int) -> tuple[Column, ...]:
    """The columns of a plan made from nothing: the year before for comparison, and three planned years."""
    before = [Column(plan_year - 1, "budget")] if plan_year > FIRST_YEAR else []
    return (*before, *(Column(year, _planned_kind(year, plan_year)) for year in _planned(plan_year)))


def _planned(plan_year: int) -> range:
    return range(plan_year, plan_year + PLANNED_YEARS)


def _planned_kind(year: int, plan_year: int) -> str:
    return "budget" if year == plan_year else "plan"


def _is_whole_year(column: Column) -> bool:
    return (column.first_day, column.last_day) == (date(column.year, 1, 1), date(column.year, 12, 31))


@dataclass(frozen=True)
class _Pick:
    """A column of the new sheet and the place of its source in the old one."""

    column: Column
    source: int | None
    how: str

    @property
    def same(self) -> int | None:
        """The old column that this one is, not only takes amounts from."""
        return self.source if self.how in (KEPT, MOVED) else None


class _Shift:
    def __init__(self, sheet: BudgetSheet, plan_year: int, ended: Mapping[str, str], copy: bool) -> None:
        self.sheet, self.plan_year, self.ended, self.copy = sheet, plan_year, ended, copy

    def new_plan(self) -> NewPlan:
        new = replace(
            self.sheet,
            columns=tuple(pick.column for pick in self.picks),
            lines=self.lines,
            totals=(),
            plan_year=self.plan_year,
            source="",
            stated_limits=None,
            unknown_keys=(),
        )
        columns = self.sheet.columns
        return NewPlan(
            sheet=new,
            origins=tuple(
                Origin(p.column, None if p.source is None else columns[p.source], p.how) for p in self.picks
            ),
            dropped_columns=tuple(each for i, each in enumerate(columns) if i not in self.followed),
            left_out_lines=tuple(
                LeftOutLine(line.name, self.ended[line.project])
                for line in self.sheet.lines
                if line.key in self.left_out
            ),
            empty_lines=tuple(line.name for line in new.lines if _says_nothing(line)),
            remarks=tuple(self.remarks(new)),
        )

    # -- columns ---------------------------------------------------------------------------------

    @cached_property
    def picks(self) -> tuple[_Pick, ...]:
        picks = self._comparison()
        for year in _planned(self.plan_year):
            picks += self._planned_year(year, picks)
        return tuple(picks)

    @cached_property
    def followed(self) -> frozenset[int]:
        """The old columns that are columns of the new plan too."""
        return frozenset(pick.same for pick in self.picks if pick.same is not None)

    def _comparison(self) -> list[_Pick]:
        """Every column of the year before, as it is; an empty one when there is none."""
        year = self.plan_year - 1
        kept = [_Pick(each, i, KEPT) for i, each in enumerate(self.sheet.columns) if each.year == year]
        if kept or year < FIRST_YEAR:
            return kept
        return [_Pick(Column(year, "budget"), None, EMPTY)]

    def _planned_year(self, year: int, before: list[_Pick]) -> list[_Pick]:
        kind = _planned_kind(year, self.plan_year)
        sources = self._sources(year)
        if not sources:
            source = self._source_before(year, before) if self.copy else None
            return [_Pick(Column(year, kind), source, EMPTY if source is None else COPIED)]
        columns = [self.sheet.columns[i] for i in sources]
        return [
            # A label tells parts of a year apart; alone, it speaks of what the column was.
            _Pick(replace(old, kind=kind, label=old.label if len(sources) > 1 else ""), i, MOVED)
            for i, old in zip(sources, columns, strict=True)
        ]

    def _sources(self, year: int) -> list[int]:
        """The old columns that planned a year: of the surest kind, and of that kind those that do not
        speak of the same days."""
        planned = [
            i for i, each in enumerate(self.sheet.columns) if each.year == year and each.kind in PLANNED_KINDS
        ]
        surest = min((self.sheet.columns[i].kind for i in planned), key=KINDS.index, default="")
        chosen: list[int] = []
        for i in planned:
            column = self.sheet.columns[i]
            others = [self.sheet.columns[j] for j in chosen]
            overlaps = any(o.first_day <= column.last_day and column.first_day <= o.last_day for o in others)
            if column.kind == surest and not overlaps:
                chosen.append(i)
        return chosen

    def _source_before(self, year: int, before: list[_Pick]) -> int | None:
        """The old column whose amounts the year before has; None unless that is one planned whole year."""
        of_year = [p for p in before if p.column.year == year - 1 and p.column.kind in PLANNED_KINDS]
        surest = min((p.column.kind for p in of_year), key=KINDS.index, default="")
        found = [p for p in of_year if p.column.kind == surest and _is_whole_year(p.column)]
        return found[0].source if len(found) == 1 else None

    # -- lines -----------------------------------------------------------------------------------

    @cached_property
    def left_out(self) -> frozenset[int]:
        """The lines of ended insatser without any amount in what follows, and without parts that have."""
        idle = {
            line.key: line.part_of
            for line in self.sheet.lines
            if line.project in self.ended and all(line.amounts[i] is None for i in self.followed)
        }
        needed = {line.part_of for line in self.sheet.lines if line.key not in idle}
        return frozenset(key for key in idle if key not in needed)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        lines = [self._line(line) for line in self.sheet.lines if line.key not in self.left_out]
        if any(line.section == "opening_equity" for line in lines):
            return tuple(lines)
        place = max((i for i, line in enumerate(lines) if line.section == "income"), default=-1) + 1
        opening = Line(
            key=max((line.key for line in self.sheet.lines), default=0) + 1,
            section="opening_equity",
            name=OPENING,
            amounts=(None,) * len(self.picks),
        )
        return (*lines[:place], self._with_opening(opening), *lines[place:])

    def _line(self, line: Line) -> Line:
        opening = line.section == "opening_equity"
        targets = tuple(self._target(line, pick) for pick in self.picks) if line.targets else ()

        def stays(pick: _Pick) -> bool:
            """Whether the amount of a cell follows: a computed one, or a chained opening, is not entered."""
            if pick.source is None or line.key in self.sheet.figures[pick.source].balancing:
                return False
            return not opening or pick.how == KEPT or self._unchained(pick)

        stay = [stays(pick) for pick in self.picks]

        def moved(row: tuple[T, ...], empty: T) -> tuple[T, ...]:
            return tuple(
                row[pick.source] if row and pick.source is not None and stay[place] else empty
                for place, pick in enumerate(self.picks)
            )

        def same(row: tuple[T, ...], empty: T) -> tuple[T, ...]:
            """What is said about a cell, not copied to another year; () when nothing is."""
            cells = tuple(row[pick.same] if row and pick.same is not None else empty for pick in self.picks)
            return cells if any(cell != empty for cell in cells) else ()

        formulas = moved(line.formulas, "")
        notes = same(line.cell_notes, "")
        if opening and notes:
            notes = tuple(note if stay[place] else "" for place, note in enumerate(notes))
        new = replace(
            line,
            amounts=moved(line.amounts, None),
            formulas=formulas if any(formulas) else (),
            targets=targets,
            printed_texts=(),
            cell_notes=notes,
            statuses=same(line.statuses, ()),
        )
        return self._with_opening(new) if line.key == self._first_opening else new

    @cached_property
    def _first_opening(self) -> int | None:
        return next((line.key for line in self.sheet.lines if line.section == "opening_equity"), None)

    def _target(self, line: Line, pick: _Pick) -> Decimal | None:
        """What a balancing line leaves; a year that is new leaves what the last planned one did."""
        if pick.source is not None:
            return line.target(pick.source)
        stated = [target for target in line.targets if target is not None]
        return stated[-1] if pick.column.year >= self.plan_year and stated else None

    # -- opening equity --------------------------------------------------------------------------

    def _unchained(self, pick: _Pick) -> bool:
        """Whether the plan year has nothing to open with but the figure entered in it."""
        is_first = pick.same is not None and pick.column.year == self.plan_year
        return is_first and self.sheet.figures[pick.same or 0].carried is None

    def _with_opening(self, line: Line) -> Line:
        """The line with the opening equity of the comparison columns that followed from what is gone."""
        amounts = list(line.amounts)
        notes = list(line.cell_notes or ("",) * len(self.picks))
        for place, pick in enumerate(self.picks):
            if pick.how != KEPT or pick.source is None:
                continue
            figures = self.sheet.figures[pick.source]
            if figures.opening_entered is not None:
                if not notes[place] and amounts[place] is not None and self.sheet.plan_year:
                    notes[place] = f"Angivet i planen för {self.sheet.plan_year}."
            elif figures.carried_from is not None and figures.carried_from not in self.followed:
                before = self.sheet.columns[figures.carried_from]
                amounts[place] = figures.opening
                notes[place] = (
                    f"Utgående eget kapital {before.year} enligt {KIND_NAMES[before.kind]} "
                    f"i planen för {self.sheet.plan_year}."
                )
        return replace(line, amounts=tuple(amounts), cell_notes=tuple(notes) if any(notes) else ())

    # -- what a person should know ---------------------------------------------------------------

    def remarks(self, new: BudgetSheet) -> list[str]:
        return [
            self._opening_remark(new),
            *self._replaced_openings(new),
            *self._parts_of_years(),
            *self._ended_that_follow(new),
            *(["Tryckta summor och källans egna gränser följer inte med."] if self._printed else []),
        ]

    @property
    def _printed(self) -> bool:
        return bool(self.sheet.totals or self.sheet.stated_limits)

    def _opening_remark(self, new: BudgetSheet) -> str:
        first = next(i for i, each in enumerate(new.columns) if each.year == self.plan_year)
        figures = new.figures[first]
        if figures.opening is None:
            return (
                f"Ingående eget kapital {self.plan_year} är inte känt: det utgående för "
                f"{self.plan_year - 1} går inte att räkna. Fyll i {self.plan_year - 1}, eller ange det."
            )
        opens = f"{self.plan_year} öppnar med {money(figures.opening, new.unit)}"
        if figures.carried_from is None:
            return f"{opens}, som det var angivet i planen för {self.sheet.plan_year}."
        before = new.columns[figures.carried_from]
        remark = f"{opens}: det utgående egna kapitalet {before.year} enligt {KIND_NAMES[before.kind]}."
        if before.kind in PLANNED_KINDS:
            remark += (
                f" När det finns en prognos för {before.year}: lägg till den som kolumn, "
                f"så öppnar {self.plan_year} med den."
            )
        return remark

    def _replaced_openings(self, new: BudgetSheet) -> list[str]:
        """Figures that were entered and now follow from the year before, where the two differ."""
        remarks = []
        for place, pick in enumerate(self.picks):
            if pick.how != MOVED or pick.source is None:
                continue
            entered = self.sheet.figures[pick.source].opening_entered
            now = new.figures[place]
            if entered is None or now.opening_entered is not None or now.opening == entered:
                continue
            chained = "är inte känt" if now.opening is None else money(now.opening, new.unit)
            remarks.append(
                f"Ingående eget kapital {pick.column.year} var angivet till {money(entered, new.unit)}. "
                f"Nu följer det av året före: {chained}."
            )
        return remarks

    def _parts_of_years(self) -> list[str]:
        partial = [pick.column for pick in self.picks if not _is_whole_year(pick.column)]
        remarks = [f"Kolumnen {column_name(column)} är bara en del av året." for column in partial]
        empty = [str(p.column.year) for p in self.picks if p.how == EMPTY and p.column.year >= self.plan_year]
        if self.copy and empty:
            remarks.append(f"{listed(empty)} är tomt: det finns inget helt planerat år före att kopiera.")
        return remarks

    def _ended_that_follow(self, new: BudgetSheet) -> list[str]:
        remarks = []
        for line in new.lines:
            if line.project in self.ended:
                years = {
                    str(column.year)
                    for column, amount in zip(new.columns, line.amounts, strict=True)
                    if amount is not None
                }
                remarks.append(
                    f"Posten {line.name} följer med, eftersom den har belopp {listed(sorted(years))}, "
                    f"fast insatsen {self.ended[line.project]}."
                )
        return remarks


def _says_nothing(line: Line) -> bool:
    computed = bool(line.targets) or line.section == "opening_equity"
    return not computed and all(amount is None for amount in line.amounts)
