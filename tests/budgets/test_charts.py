"""The charts of a budget: what is drawn is what the figures say, and the words and tables say the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from math import isclose

import pytest

from budgets.charts import Chart, charts
from budgets.charts.costs import MOST_GROUPS, cost_groups
from budgets.charts.projects import MOST_PROJECTS, columns_in_time
from budgets.charts.shapes import Path, Picture, Rect, Role
from budgets.rules import Circumstances, Policy, ProjectFacts
from budgets.rules.equity_limits import equity_limits
from budgets.sheet import BudgetSheet
from tests.budgets.examples import FILES, fixture, line, sheet
from tests.budgets.made_sheets import large_sheet, odd_sheet

NOTHING = Circumstances()
UNITS = ("SEK", "kSEK")


def chart(key: str, budget: BudgetSheet, circumstances: Circumstances = NOTHING, unit="kSEK") -> Chart:
    return next(each for each in charts(budget, circumstances, unit) if each.key == key)


def rects(picture: Picture, *roles: Role) -> list[Rect]:
    return [mark for mark in picture.marks if isinstance(mark, Rect) and mark.role in roles]


def paths(picture: Picture, role: Role) -> list[Path]:
    return [mark for mark in picture.marks if isinstance(mark, Path) and mark.role == role]


def words(picture: Picture) -> list[str]:
    return [text.text for text in picture.texts]


def both(each: Chart) -> tuple[Picture, Picture]:
    return each.wide, each.narrow


def row(each: Chart, name: str) -> tuple[Decimal | None, ...]:
    return next(row.cells for row in each.table.rows if row.name == name)


def project(name: str, first: str = "", last: str = "", *, open_ended: bool = False) -> ProjectFacts:
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    return ProjectFacts(name, days[0], days[1], open_ended, None, f"{first}\u2013{last}".strip("\u2013"))


# -- closing equity -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_equity_bars_are_as_high_as_the_closing_equity_from_a_common_zero(name):
    budget = fixture(name)
    known = [figures.closing for figures in budget.figures if figures.closing is not None]
    for picture in both(chart("eget-kapital", budget)):
        bars = rects(picture, "accent", "negative")
        zero = paths(picture, "axis")[0].strokes[0][0][1]
        largest = max(range(len(known)), key=lambda i: abs(known[i]))
        pixels = bars[largest].height / float(abs(known[largest]))
        assert pixels > 0
        for bar, amount in zip(bars, known, strict=True):
            assert isclose(bar.height, float(abs(amount)) * pixels, abs_tol=0.03)
            assert isclose(bar.y if amount < 0 else bar.y + bar.height, zero, abs_tol=0.03)
            assert bar.role == ("negative" if amount < 0 else "accent")


def test_a_negative_equity_hangs_below_zero_hatched_and_is_said_to_be_the_worst():
    this = chart("eget-kapital", fixture("introduktion"))
    assert "Lägst är det i plan 2019: −683\u00a0tkr, alltså under noll." in this.description
    for picture in both(this):
        (bar,) = rects(picture, "negative")
        hatched = paths(picture, "negative-line")
        assert len(hatched) == 2, "hatching and an edge"
        assert all(bar.y <= path.box.top and path.box.bottom <= bar.y + bar.height for path in hatched)
        assert any(text.endswith("683") and text.startswith("−") for text in words(picture))


@pytest.mark.parametrize("name", ["gotland", "lund", "introduktion"])
def test_the_levels_stand_where_their_amounts_do(name):
    budget = fixture(name)
    limits = [equity_limits(budget, NOTHING, column) for column in range(len(budget.columns))]
    for picture in both(chart("eget-kapital", budget)):
        first = next(i for i, figures in enumerate(budget.figures) if figures.closing)
        bar = rects(picture, "accent", "negative")[first]
        zero = paths(picture, "axis")[0].strokes[0][0][1]
        pixels = bar.height / float(budget.figures[first].closing)
        plot = [path for path in paths(picture, "limit") if len(path.strokes[0]) > 2]
        dashed = [path for path in paths(picture, "limit-dashed") if len(path.strokes[0]) > 2]
        for path, which in ((plot[0], "highest"), (dashed[0], "lowest")):
            heights = [y for _, y in path.strokes[0][::2]]
            expected = [zero - float(getattr(each, which).amount) * pixels for each in limits]
            assert heights == pytest.approx(expected, abs=0.3)


def test_the_description_says_which_years_are_outside_the_levels():
    assert "under lägsta nivån i budget 2021, plan 2022 och plan 2023" in (
        chart("eget-kapital", fixture("gotland")).description
    )
    assert "över högsta nivån i alla kolumner" in chart("eget-kapital", fixture("lund")).description


def test_years_that_cannot_be_computed_are_said_and_shown_as_unknown():
    this = chart("eget-kapital", fixture("skelleftea"))
    assert "I plan 2015 och plan 2016 går det inte att räkna ut." in this.description
    assert all(words(picture).count("okänt") == 2 for picture in both(this))


def test_equity_without_levels_says_so():
    this = chart("eget-kapital", fixture("landskrona-svalov"))
    assert this.title == "Eget kapital"
    assert "Inga nivåer gäller" in this.description
    assert not paths(this.wide, "limit")


def test_a_single_own_level_is_a_line_without_a_span():
    own = Circumstances((Policy("equity_highest", Decimal(900_000), 2000, None, "styrelsen"),))
    budget = sheet("2009 budget", line("income", 100, member_kind="state"), line("opening_equity", 5))
    picture = chart("eget-kapital", budget, own).wide
    assert paths(picture, "limit")
    assert not paths(picture, "limit-dashed")
    assert not paths(picture, "tint")


# -- income ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gotland", "lund", "skelleftea"])
def test_the_parts_of_a_contribution_bar_are_the_payers_shares(name):
    budget = fixture(name)
    for picture in both(chart("intakter", budget)):
        parts = rects(picture, "accent", "tint")
        bars: dict[float, list[Rect]] = {}
        for part in parts:
            bars.setdefault(part.y, []).append(part)
        columns = [column for column in range(len(budget.columns)) if budget.payers[column]]
        assert len(bars) == len(columns)
        for bar, column in zip(bars.values(), columns, strict=True):
            whole = sum(part.width for part in bar)
            shares = [float(share) for share in budget.payer_shares(column).values()]
            assert [part.width / whole for part in bar] == pytest.approx(shares, abs=0.001)


def test_the_legal_shares_are_marked_at_a_half_and_three_quarters():
    for picture in both(chart("intakter", fixture("lund"))):
        parts = rects(picture, "accent", "tint")
        left = min(part.x for part in parts)
        width = max(part.x + part.width for part in parts) - left
        marks = {round((path.box.left - left) / width, 3) for path in paths(picture, "limit-dashed")}
        assert marks == {0.5, 0.75}
        assert len(paths(picture, "limit-dashed")) == 2 * 4


def test_only_shares_that_the_rule_warns_of_get_a_triangle():
    this = chart("intakter", fixture("lund"))
    assert "Andelarna stämmer inte med lagen i plan 2018 och plan 2019." in this.description
    for picture in both(this):
        assert len(paths(picture, "warning")) == 2 * 3
        assert words(picture).count("47,4\u00a0%") == 2
    right = chart("intakter", fixture("gotland"))
    assert "Andelarna stämmer med lagen." in right.description
    assert not paths(right.wide, "warning")


def test_one_figure_for_all_members_is_not_compared_with_the_law():
    this = chart("intakter", fixture("introduktion"))
    assert "kan inte jämföras med lagens andelar" in this.description
    assert not paths(this.wide, "limit-dashed")
    assert "Lagens andelar" not in words(this.wide)


def test_negative_contributions_are_told_and_not_drawn():
    budget = sheet(
        "2021 budget",
        line("income", -5000, member_kind="state"),
        line("income", 9000, name="Kommunen", member_kind="municipality"),
    )
    picture = chart("intakter", budget).wide
    assert "kan inte visas som andelar" in words(picture)
    assert not rects(picture, "accent", "tint")


# -- costs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_all_cost_bars_share_one_scale(name):
    budget = fixture(name)
    groups = [group for group in cost_groups(budget) if any(group.amounts)]
    amounts = sorted(float(a) for group in groups for a in group.amounts if a is not None)
    for picture in both(chart("kostnader", budget)):
        heights = sorted(bar.height for bar in rects(picture, "accent"))
        pixels = heights[-1] / amounts[-1]
        assert heights == pytest.approx([amount * pixels for amount in amounts], abs=0.02)


@pytest.mark.parametrize("budget", [*map(fixture, FILES), *map(odd_sheet, range(30)), large_sheet(60, 4)])
def test_the_groups_come_to_the_costs_of_the_sheet(budget):
    groups = cost_groups(budget)
    for column, figures in enumerate(budget.figures):
        assert sum(group.amounts[column] or 0 for group in groups) == (figures.costs or 0)


def test_of_many_groups_the_largest_are_shown_and_the_rest_as_one():
    lines = [line("cost", 1000 * (number + 1), group=f"Grupp {number}") for number in range(60)]
    this = chart("kostnader", sheet("2021 budget", *lines))
    for picture in both(this):
        assert len(rects(picture, "accent")) == MOST_GROUPS
        assert "Grupp 59" in words(picture)
        assert "Grupp 0" not in words(picture)
        assert "Övriga 54 grupper" in words(picture)
        assert "1\u00a0485" in words(picture)
    assert len(this.table.rows) == 61, "the table has them all, and their sum"


# -- projects -------------------------------------------------------------------------------------


def test_a_project_bar_runs_from_its_first_day_to_its_last():
    budget = sheet("2020 budget, 2021 plan, 2022 plan", line("cost", 1, 2, 3, project="A", name="A"))
    known = Circumstances(projects=(project("A", "2020-07-01", "2021-12-31"),))
    for picture in both(chart("insatser", budget, known)):
        (bar,) = paths(picture, "accent")
        left = 216 if picture.width == 640 else 0
        days = (date(2022, 12, 31) - date(2020, 1, 1)).days + 1
        width = picture.width - left - 2
        begins, ends = (date(2020, 7, 1) - date(2020, 1, 1)).days, (date(2022, 1, 1) - date(2020, 1, 1)).days
        assert bar.box.left == pytest.approx(left + 1 + width * begins / days, abs=0.1)
        assert bar.box.right == pytest.approx(left + 1 + width * ends / days, abs=0.1)
        assert not paths(picture, "uncertain")


@pytest.mark.parametrize(
    ("facts", "solid", "dotted"),
    [
        (project("A"), 0, 1),
        (project("A", "2020-03-01"), 0, 1),
        (project("A", "", "2021-03-01"), 0, 1),
        (project("A", "2020-03-01", open_ended=True), 1, 0),
        (project("A", open_ended=True), 1, 1),
        (project("A", "2010-01-01", "2030-01-01"), 1, 0),
        (project("A", "2030-01-01", "2031-01-01"), 1, 0),
        (project("A", "2000-01-01", "2001-01-01"), 1, 0),
    ],
)
def test_what_is_not_known_of_a_projects_time_is_dotted(facts, solid, dotted):
    budget = sheet("2020 budget, 2021 plan", line("cost", 1000, 2000, project="A", name="A"))
    picture = chart("insatser", budget, Circumstances(projects=(facts,))).wide
    assert len(paths(picture, "accent")) == solid
    assert len(paths(picture, "uncertain")) == dotted


def test_without_any_date_only_the_years_with_money_are_marked():
    budget = sheet("2020 budget, 2021 plan", line("cost", 1000, None, project="A", name="A"))
    this = chart("insatser", budget)
    (dots,) = paths(this.wide, "uncertain")
    assert len(dots.strokes) == 1
    assert "tiden inte angiven" in this.description


def test_projects_that_do_not_reach_the_budget_are_left_out():
    others = (project("Förbi", "2010-01-01", "2011-01-01"), project("Oviss", "2010-01-01"))
    running = project("Pågår", "2019-01-01", "2024-12-31")
    budget = sheet("2021 budget", line("cost", 5))
    assert all(each.key != "insatser" for each in charts(budget, Circumstances(projects=others), "SEK"))
    this = chart("insatser", budget, Circumstances(projects=(*others, running)))
    assert [each.name for each in this.table.rows] == ["Pågår"]
    assert "utan pengar i budgeten" in this.description


def test_of_columns_for_the_same_time_the_surest_stands_on_the_axis():
    budget = sheet("2020 budget, 2020 outcome, 2021 budget, 2020 outcome 2020-01-01 2020-08-31")
    assert columns_in_time(budget) == [1, 2]


def test_of_many_projects_the_largest_are_shown_and_all_are_in_the_table():
    lines = [line("cost", 1000 + number, name=f"P{number}", project=f"P{number}") for number in range(100)]
    this = chart("insatser", sheet("2021 budget", *lines))
    assert len(this.table.rows) == 100
    shown = [text for text in words(this.wide) if text.startswith("P")]
    assert shown == [f"P{number}" for number in range(100 - MOST_PROJECTS, 100)]
    assert any("24 största av 100" in note for note in this.notes)


# -- all of them ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_the_tables_hold_the_figures_of_the_sheet(name):
    budget = fixture(name)
    columns = range(len(budget.columns))
    made = {each.key: each for each in charts(budget, NOTHING, "SEK")}
    assert row(made["eget-kapital"], "Utgående eget kapital") == tuple(f.closing for f in budget.figures)
    assert row(made["kostnader"], "Summa kostnader") == tuple(f.costs for f in budget.figures)
    assert row(made["intakter"], "Summa medlemsbidrag") == tuple(f.contributions for f in budget.figures)
    for each in made["insatser"].table.rows if "insatser" in made else ():
        assert each.cells == tuple(budget.project_total(each.name, column) for column in columns)
    for each in made.values():
        assert len(each.table.heads) == len(budget.columns)
        assert all(len(row.cells) == len(budget.columns) for row in each.table.rows)


def overlapping(picture: Picture) -> list[tuple[str, str]]:
    return [
        (one.text, other.text)
        for one, other in combinations(picture.texts, 2)
        if one.box.overlaps(other.box, slack=0.5)
    ]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("name", FILES)
def test_no_label_covers_another(name, unit):
    for each in charts(fixture(name), projects_of(name), unit):
        for picture in both(each):
            assert overlapping(picture) == []


def projects_of(name: str) -> Circumstances:
    """All insatser of the budget, with times of every kind."""
    names = dict.fromkeys(line.project for line in fixture(name).lines if line.project)
    kinds = [("2008-01-01", "2030-12-31"), ("", "2018-06-30"), ("2016-08-01", ""), ("", "")]
    return Circumstances(
        projects=tuple(project(each, *kinds[number % 4]) for number, each in enumerate(names))
    )


@pytest.mark.parametrize("columns", [1, 2, 6, 8])
def test_many_columns_and_groups_leave_no_label_over_another(columns):
    for each in charts(large_sheet(60, columns), NOTHING, "SEK"):
        for picture in both(each):
            assert overlapping(picture) == []


def test_twelve_years_of_large_and_negative_figures_stay_apart():
    years = ", ".join(f"{year} {'outcome' if year < 2020 else 'plan'}" for year in range(2012, 2024))
    swings = [(-1) ** number * 123_456_789 * (number + 1) for number in range(12)]
    budget = sheet(
        years,
        line("income", *[1000 + abs(each) for each in swings], member_kind="state"),
        line("opening_equity", *swings),
        line("cost", *swings, project="A", name="A", group="Grupp"),
    )
    for unit in UNITS:
        for each in charts(budget, NOTHING, unit):
            for picture in both(each):
                assert overlapping(picture) == []


def test_text_is_never_under_eleven_pixels():
    for name in FILES:
        for each in charts(fixture(name), NOTHING, "SEK"):
            assert min(text.size for text in each.narrow.texts) >= 11
            assert each.narrow.width == 328


def test_long_names_are_cut_and_kept_whole_in_the_table():
    long = "Insatsnamn " * 18
    budget = sheet("2021 budget", line("cost", 5000, name=long, project=long, group=long))
    for each in charts(budget, NOTHING, "SEK"):
        assert long in [row.name for row in each.table.rows]
        for picture in both(each):
            assert all(text.box.right <= picture.width + 0.5 for text in picture.texts)


def test_nothing_to_show_gives_no_chart():
    assert charts(BudgetSheet((), ()), NOTHING, "SEK") == ()
    assert charts(sheet("2021 budget"), NOTHING, "SEK") == ()


def test_only_zeros_are_shown_as_zero():
    budget = sheet("2021 budget", line("income", 0, member_kind="state"), line("opening_equity", 0))
    this = chart("eget-kapital", budget, unit="SEK")
    assert "är 0\u00a0kr" in this.description
    assert rects(this.wide, "accent")[0].height == 0


def test_the_order_of_columns_is_that_of_the_sheet():
    budget = fixture("gotland")
    turned = replace(
        budget,
        columns=budget.columns[::-1],
        lines=tuple(
            replace(each, amounts=each.amounts[::-1], printed_texts=(), cell_notes=(), statuses=())
            for each in budget.lines
        ),
        totals=(),
    )
    heads = [head.year for head in chart("eget-kapital", turned).table.heads]
    assert heads == [2023, 2022, 2021, 2020]
    description = chart("eget-kapital", turned, unit="SEK").description
    assert "går från 433\u00a0699\u00a0kr (budget 2020) till" in description, "in the order of time"
