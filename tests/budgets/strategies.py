"""Budgets for hypothesis to try: columns of every kind, lines in every section, empty cells."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from budgets.sheet import (
    COST_CLASSES,
    KINDS,
    PAYERS,
    SECTIONS,
    Amounts,
    BudgetSheet,
    Column,
    Line,
    PrintedTotal,
    StatedLimits,
    Status,
)
from finsam.swedish import Unit
from finsam.typed_amount import typed_amount

Draw = Callable[[st.SearchStrategy[Any]], Any]

GROUPS = ("", "Administration", "Projekt")
SUBGROUPS = ("", "Inköpta tjänster")
PROJECTS = ("", "JobbSam", "Krami")

kronor = st.integers(-50, 9_000).map(lambda thousands: Decimal(thousands * 1_000))
ore = st.integers(-10_000_000, 2_000_000_000).map(lambda number: Decimal(number).scaleb(-2))
amounts = st.one_of(kronor, ore)
cells = st.one_of(st.none(), amounts)
texts = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12).map(str.strip)
names = texts.filter(bool)


@st.composite
def column_sets(draw: Draw) -> tuple[Column, ...]:
    """One to four years in a row: whole, in two kinds, in two parts, or only the last part."""
    columns = []
    first = draw(st.integers(2010, 2026))
    for year in range(first, first + draw(st.integers(1, 4))):
        kind, other = draw(st.permutations(KINDS))[:2]
        spring = Column(year, kind, "våren", date(year, 1, 1), date(year, 8, 31))
        autumn = Column(year, kind, "hösten", date(year, 9, 1), date(year, 12, 31))
        columns += draw(
            st.sampled_from(
                [
                    [Column(year, kind)],
                    [Column(year, kind)],
                    [Column(year, kind), Column(year, other)],
                    [spring, autumn],
                    [autumn],
                ]
            )
        )
    return tuple(draw(st.permutations(columns)) if draw(st.booleans()) else columns)


def _line(draw: Draw, section: str, name: str, width: int) -> Line:
    group = draw(st.sampled_from(GROUPS))
    payer = draw(st.sampled_from(("", *PAYERS))) if section == "income" else ""
    line_class = {"income": "contribution", "cost": draw(st.sampled_from(COST_CLASSES))}.get(section, "")
    if section == "income" and not payer:
        line_class = draw(st.sampled_from(("esf", "other")))
    return Line(
        key=0,
        section=section,
        name=name,
        amounts=tuple(draw(cells) for _ in range(width)),
        line_class=line_class,
        group=group,
        subgroup=draw(st.sampled_from(SUBGROUPS)) if group else "",
        member_kind=payer,
        project=draw(st.sampled_from(PROJECTS)) if section in ("income", "cost") else "",
    )


@st.composite
def sheets(draw: Draw, *, balancing: bool = True) -> BudgetSheet:
    """A budget with at most one balancing line that has a target in each column."""
    columns = draw(column_sets())
    width = len(columns)
    sections = [name for name in SECTIONS if balancing or name != "balancing"]
    lines = [
        _line(draw, section, f"Post {number}", width)
        for number, section in enumerate(draw(st.lists(st.sampled_from(sections), max_size=9)))
    ]
    places = [place for place, line in enumerate(lines) if line.section == "balancing"]
    targets: dict[int, list[Decimal | None]] = {place: [None] * width for place in places}
    if places:
        for column in range(width):
            if draw(st.booleans()):
                targets[draw(st.sampled_from(places))][column] = draw(amounts)
    for place, each in targets.items():
        lines[place] = replace(lines[place], targets=tuple(each))
    whole = BudgetSheet(
        columns=columns,
        lines=tuple(replace(line, key=key) for key, line in enumerate(lines)),
        totals=tuple(draw(st.lists(_totals(lines, width), max_size=3))),
        unit=draw(st.sampled_from(("SEK", "kSEK"))),
    )
    return replace(whole, plan_year=whole.first_planned_year())


def with_parts(draw: Draw, sheet: BudgetSheet) -> BudgetSheet:
    """The sheet with up to six lines more that are part of those it has, anywhere among them. Keys stay; the
    parts have keys from 1 000 and names of their own."""
    wholes = [line for line in sheet.lines if line.section not in ("opening_equity", "balancing")]
    lines = list(sheet.lines)
    for number in range(draw(st.integers(1, 6)) if wholes else 0):
        whole = draw(st.sampled_from(wholes))
        part = _line(draw, whole.section, f"Del {number}", len(sheet.columns))
        place = draw(st.integers(0, len(lines)))
        lines.insert(place, replace(part, key=1_000 + number, part_of=whole.key))
    return replace(sheet, lines=tuple(lines))


def by_place(sheet: BudgetSheet) -> BudgetSheet:
    """The sheet with its lines numbered as they stand, as they are when read from a file."""
    places: dict[int | None, int] = {line.key: place for place, line in enumerate(sheet.lines)}
    lines = (replace(line, key=places[line.key], part_of=places.get(line.part_of)) for line in sheet.lines)
    return replace(sheet, lines=tuple(lines))


@st.composite
def formulas(draw: Draw) -> str:
    """What somebody may type to have an amount computed."""
    first, second = draw(st.integers(1, 999)), draw(st.integers(1, 99))
    sign = draw(st.sampled_from("+-*/"))
    return f"={first}{sign}{second},5{draw(st.sampled_from(['', ' kr', ' tkr']))}"


@st.composite
def _totals(draw: Draw, lines: list[Line], width: int) -> PrintedTotal:
    """A printed total of lines, of groups, or of sections less sections."""
    some_names = sorted({line.name for line in lines})
    some_groups = sorted({line.group for line in lines} - {""})
    kind = draw(st.sampled_from(["sections"] + ["names"] * bool(some_names) + ["groups"] * bool(some_groups)))
    parts = {"names": some_names, "groups": some_groups, "sections": list(SECTIONS)}[kind]
    chosen = draw(st.lists(st.sampled_from(parts), min_size=1, max_size=3, unique=True))
    minus = draw(st.lists(st.sampled_from(SECTIONS), max_size=2, unique=True))
    printed: Amounts = tuple(draw(cells) for _ in range(width))
    return PrintedTotal(draw(names), printed, **{kind: tuple(chosen)}, minus=tuple(minus))


@st.composite
def documents(draw: Draw) -> BudgetSheet:
    """A budget with everything that a budget file can hold."""
    sheet: BudgetSheet = draw(sheets())
    sheet = by_place(with_parts(draw, sheet)) if draw(st.booleans()) else sheet
    width = len(sheet.columns)
    lines = []
    for line in sheet.lines:
        is_contribution = bool(line.member_kind)
        typed = [typed_amount(text, sheet.unit) for text in _some(draw, width, st.just("") | formulas())]
        if typed:
            computed = zip(typed, line.amounts, strict=True)
            line = replace(
                line,
                amounts=tuple(each.amount if each.formula else amount for each, amount in computed),
                formulas=tuple(each.formula for each in typed),
            )
        lines.append(
            replace(
                line,
                name=draw(names),
                member=draw(texts) if is_contribution else "",
                note=draw(texts),
                printed_texts=_some(draw, width, texts),
                cell_notes=_some(draw, width, texts),
                statuses=_some(draw, width, st.lists(_statuses(), max_size=2).map(tuple))
                if is_contribution
                else (),
            )
        )
    limits = st.builds(StatedLimits, amounts, amounts, amounts, texts)
    return replace(
        sheet,
        lines=tuple(lines),
        totals=tuple(draw(st.lists(_totals(lines, width), max_size=3))),
        federation=draw(texts),
        organisation_number=draw(texts),
        source=draw(texts),
        stated_limits=draw(st.none() | limits),
    )


def _some(draw: Draw, width: int, each: st.SearchStrategy[Any]) -> tuple[Any, ...]:
    """Something in each column, or nothing at all."""
    row = tuple(draw(each) for _ in range(width)) if draw(st.booleans()) else ()
    return row if any(row) else ()


def _statuses() -> st.SearchStrategy[Status]:
    return st.builds(
        Status,
        st.sampled_from(("applied", "preliminary", "granted", "declined")),
        st.one_of(kronor, ore).map(abs),
        st.sampled_from(("", "2020", "2020-11", "2020-11-30")),
        texts,
    )


def units() -> st.SearchStrategy[Unit]:
    return st.sampled_from(("SEK", "kSEK"))
