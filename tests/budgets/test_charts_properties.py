"""Whatever the budget, the charts stay within their frame and agree with the sheet."""

import math
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.charts import Chart, charts
from budgets.charts.measure import shortened, text_width, wrapped
from budgets.charts.scale import MOST_TICKS, SCALES, axis, fitting_scale
from budgets.charts.shapes import Path, Picture, Rect, Text
from budgets.rules import Circumstances, ProjectFacts
from tests.budgets.made_sheets import odd_sheet
from tests.budgets.strategies import PROJECTS, amounts, sheets, texts, units

days = st.none() | st.dates(date(2005, 1, 1), date(2035, 12, 31))
HUGE = st.integers(-(10**14), 10**14).map(lambda number: Decimal(number).scaleb(-2))


@st.composite
def circumstances(draw):
    facts = []
    for name in draw(st.lists(st.sampled_from([*PROJECTS[1:], "Ny insats"]), unique=True)):
        first, last = sorted([draw(days), draw(days)], key=lambda day: day or date.max)
        facts.append(ProjectFacts(name, first, last, last is None and draw(st.booleans()), None, draw(texts)))
    return Circumstances(projects=tuple(facts))


def numbers(mark: Rect | Path | Text) -> list[float]:
    if isinstance(mark, Path):
        return [number for stroke in mark.strokes for point in stroke for number in point]
    if isinstance(mark, Rect):
        return [mark.x, mark.y, mark.width, mark.height]
    return [mark.x, mark.y, mark.size]


def outside(picture: Picture) -> list[object]:
    """The marks that reach more than half a pixel out of the picture, or are nowhere at all."""
    wrong = []
    for mark in picture.marks:
        box = mark.box
        inside = (
            all(map(math.isfinite, numbers(mark)))
            and box.left >= -0.5
            and box.right <= picture.width + 0.5
            and box.top >= -0.5
            and box.bottom <= picture.height + 0.5
        )
        if not inside:
            wrong.append(mark)
    return wrong


def check(made: tuple[Chart, ...]) -> None:
    assert len({each.key for each in made}) == len(made)
    for each in made:
        assert each.description.endswith(".")
        for picture in (each.wide, each.narrow):
            assert outside(picture) == []
            assert all(mark.width >= 0 and mark.height >= 0 for mark in picture.marks if mark.kind == "rect")
            assert all(text.text.strip() for text in picture.texts)


@given(sheets(), circumstances(), units())
def test_nothing_is_drawn_outside_the_picture(sheet, known, unit):
    check(charts(sheet, known, unit))


@pytest.mark.parametrize("seed", range(150))
def test_odd_budgets_stay_within_the_picture(seed):
    check(charts(odd_sheet(seed), Circumstances(), "SEK" if seed % 2 else "kSEK"))


@given(sheets(), units())
def test_the_tables_say_what_the_sheet_says(sheet, unit):
    for each in charts(sheet, Circumstances(), unit):
        rows = {row.name: row.cells for row in each.table.rows}
        if each.key == "eget-kapital":
            assert rows["Utgående eget kapital"] == tuple(figures.closing for figures in sheet.figures)
        if each.key == "kostnader":
            assert rows["Summa kostnader"] == tuple(figures.costs for figures in sheet.figures)
        if each.key == "insatser":
            for name, cells in rows.items():
                assert cells == tuple(sheet.project_total(name, c) for c in range(len(sheet.columns)))


@given(sheets(), units())
def test_an_equity_bar_is_in_proportion_and_on_its_side_of_zero(sheet, unit):
    made = [each for each in charts(sheet, Circumstances(), unit) if each.key == "eget-kapital"]
    for picture in (picture for each in made for picture in (each.wide, each.narrow)):
        bars = [mark for mark in picture.marks if mark.kind == "rect" and mark.role in ("accent", "negative")]
        known = [figures.closing for figures in sheet.figures if figures.closing is not None]
        zero = next(m for m in picture.marks if m.kind == "path" and m.role == "axis").strokes[0][0][1]
        pixels = max(bar.height for bar in bars) / float(max(map(abs, known)) or 1)
        for bar, amount in zip(bars, known, strict=True):
            assert bar.height == pytest.approx(float(abs(amount)) * pixels, abs=0.03)
            assert (bar.y if amount < 0 else bar.y + bar.height) == pytest.approx(zero, abs=0.03)


@given(st.lists(st.one_of(amounts, HUGE), max_size=12), units())
def test_an_axis_holds_zero_and_all_amounts_in_a_few_round_steps(stated, unit):
    scaled = axis(stated, SCALES[unit][0])
    assert scaled.low < scaled.high
    assert scaled.low <= min([*stated, 0])
    assert scaled.high >= max([*stated, 0])
    assert Decimal(0) in scaled.ticks
    assert 2 <= len(scaled.ticks) <= MOST_TICKS
    assert len(set(scaled.labels)) == len(scaled.ticks), "each label is another"
    steps = {later - earlier for earlier, later in zip(scaled.ticks, scaled.ticks[1:], strict=False)}
    assert len(steps) == 1
    assert steps.pop().normalize().as_tuple().digits in {(1,), (2,), (5,), (2, 5)}
    assert all(0 <= scaled.part(amount) <= 1 for amount in stated)


@given(st.lists(st.one_of(amounts, HUGE), min_size=1, max_size=12), units(), st.floats(10, 200))
def test_a_scale_that_fits_does_fit(stated, unit, room):
    scale, fits = fitting_scale(stated, unit, room, 12)
    widest = max(text_width(scale.label(amount), 12) for amount in stated)
    assert fits == (widest <= room)
    assert scale.name in (("tkr", "mkr") if unit == "kSEK" else ("kr", "tkr", "mkr"))


@given(st.text(max_size=60), st.floats(0, 300))
def test_a_shortened_text_fits_and_is_the_beginning_of_the_whole(text, room):
    cut = shortened(text, room, 12)
    assert text_width(cut, 12) <= room + 1e-6
    assert text.startswith(cut.removesuffix("…"))


@given(st.text(max_size=200), st.floats(30, 300), st.integers(1, 4))
def test_wrapped_lines_fit(text, room, most):
    lines = wrapped(text, room, 12, most)
    assert len(lines) <= most
    assert all(text_width(line, 12) <= room + 1e-6 for line in lines)
