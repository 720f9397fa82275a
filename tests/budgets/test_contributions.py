"""The members' contributions out of several budgets: which figure, its change, its share, its status."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.contributions import Contributions, Row, contributions
from budgets.sheet import BudgetSheet, Line, Status
from tests.budgets.examples import fixture, line, sheet
from tests.budgets.strategies import column_sets, kronor

KASSAN, REGIONEN, KOMMUNEN = "Försäkringskassan", "Region Norr", "Norrby kommun"
MEMBERS = (KASSAN, "Arbetsförmedlingen", REGIONEN, KOMMUNEN)
KINDS = {KASSAN: "state", REGIONEN: "region", KOMMUNEN: "municipality"}


def paid(member: str, *amounts: object, **more) -> Line:
    return line("income", *amounts, name=f"Bidrag {member}", member=member, member_kind=KINDS[member], **more)


def row_of(found: Contributions, name: str = KASSAN) -> Row:
    (row,) = [row for row in found.rows if row.name == name]
    return row


def amounts(found: Contributions, name: str = KASSAN) -> list[tuple[int, str, int | None]]:
    return [
        (year.column.year, year.column.kind, None if cell.amount is None else int(cell.amount))
        for year, cell in zip(found.years, row_of(found, name).cells, strict=True)
    ]


# what is unusual | the budgets | year, kind and amount
WHICH = [
    (
        "the latest budget that has the year",
        [
            sheet("2020 budget, 2021 plan", paid(KASSAN, 100, 110)),
            sheet("2021 budget, 2022 plan", paid(KASSAN, 115, 120), plan_year=2021),
        ],
        [(2020, "budget", 100), (2021, "budget", 115), (2022, "plan", 120)],
    ),
    (
        "the order that the budgets come in makes no difference",
        [
            sheet("2021 budget, 2022 plan", paid(KASSAN, 115, 120), plan_year=2021),
            sheet("2020 budget, 2021 plan", paid(KASSAN, 100, 110)),
        ],
        [(2020, "budget", 100), (2021, "budget", 115), (2022, "plan", 120)],
    ),
    (
        "outcome before forecast before budget",
        [sheet("2020 budget, 2020 outcome, 2020 forecast, 2021 plan", paid(KASSAN, 1, 2, 3, 4))],
        [(2020, "outcome", 2), (2021, "plan", 4)],
    ),
    (
        "a whole year before a part of it",
        [sheet("2020 outcome 2020-01-01 2020-06-30, 2020 budget", paid(KASSAN, 50, 100))],
        [(2020, "budget", 100)],
    ),
    (
        "a later budget without a figure leaves the older one standing",
        [
            sheet("2020 budget, 2021 plan", paid(KASSAN, 100, 110)),
            sheet("2021 budget", paid(KASSAN, None), plan_year=2021),
        ],
        [(2020, "budget", 100), (2021, "plan", 110)],
    ),
    (
        "a file of outcomes is made after its last year",
        [
            sheet("2020 outcome", paid(KASSAN, 99), plan_year=None),
            sheet("2020 budget", paid(KASSAN, 100)),
        ],
        [(2020, "outcome", 99)],
    ),
    (
        "an empty cell is no zero",
        [sheet("2020 budget, 2021 plan", paid(KASSAN, 0, None))],
        [(2020, "budget", 0), (2021, "plan", None)],
    ),
    (
        "several lines of a member are one contribution",
        [sheet("2020 budget", paid(KASSAN, 60), paid(KASSAN, 40))],
        [(2020, "budget", 100)],
    ),
]


@pytest.mark.parametrize(
    ("sheets", "expected"), [each[1:] for each in WHICH], ids=[each[0] for each in WHICH]
)
def test_which_figure_stands_for_a_year(sheets, expected):
    assert amounts(contributions(sheets, MEMBERS)) == expected


def test_the_change_from_the_year_before_in_kronor_and_as_a_part():
    found = contributions([sheet("2020 budget, 2021 plan, 2022 plan", paid(KASSAN, 200, 150, 150))], MEMBERS)
    cells = row_of(found).cells
    assert [cell.change for cell in cells] == [None, Decimal(-50), Decimal(0)]
    assert [cell.growth for cell in cells] == [None, Decimal("-0.25"), Decimal(0)]
    assert [cell.change for cell in found.total] == [None, Decimal(-50), Decimal(0)]


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ("2019 budget, 2021 plan", "the year between is not known"),
        ("2020 budget 2020-09-01 2020-12-31, 2021 budget", "part of a year is not to be compared"),
    ],
)
def test_what_cannot_be_compared_has_no_change(columns, why):
    found = contributions([sheet(columns, paid(KASSAN, 100, 300))], MEMBERS)
    assert [cell.change for cell in row_of(found).cells] == [None, None], why


def test_something_from_nothing_has_no_growth():
    found = contributions([sheet("2020 budget, 2021 plan", paid(KASSAN, 0, 10))], MEMBERS)
    assert (row_of(found).cells[1].change, row_of(found).cells[1].growth) == (Decimal(10), None)


def outside(name: str, kind: str, amount: int, share: object = None) -> Line:
    agreed = None if share is None else Decimal(str(share))
    return line("income", amount, name=name, member=name, member_kind=kind, agreed_share=agreed)


# what is unusual | lines | each payer: share and legal share in percent, and whether it is off
SHARES = [
    (
        "half, a quarter, a quarter",
        [paid(KASSAN, 200), paid(REGIONEN, 100), paid(KOMMUNEN, 100)],
        {KASSAN: (50, 50, False), REGIONEN: (25, 25, False), KOMMUNEN: (25, 25, False)},
    ),
    (
        "the kommun pays too little",
        [paid(KASSAN, 200), paid(REGIONEN, 100), paid(KOMMUNEN, 20)],
        {KASSAN: (62.5, 50, True), REGIONEN: (31.25, 25, True), KOMMUNEN: (6.25, 25, True)},
    ),
    (
        "a krona too little is a rounding",
        [paid(KASSAN, 2001), paid(REGIONEN, 1000), paid(KOMMUNEN, 1000)],
        {KASSAN: (50.0125, 50, False), REGIONEN: (24.9938, 25, False), KOMMUNEN: (24.9938, 25, False)},
    ),
    (
        "kommuner that have agreed on their quarter",
        [
            paid(KASSAN, 200),
            paid(REGIONEN, 100),
            outside("A", "municipality", 60, 60),
            outside("B", "municipality", 40, 40),
        ],
        {"A": (15, 15, False), "B": (10, 10, False)},
    ),
    (
        "kommuner of which it is not known what they have agreed",
        [
            paid(KASSAN, 200),
            paid(REGIONEN, 100),
            outside("A", "municipality", 60),
            outside("B", "municipality", 40),
        ],
        {KASSAN: (50, 50, False), "A": (15, None, False), "B": (10, None, False)},
    ),
    (
        "a kommun outside a region pays half (5 a §)",
        [paid(KASSAN, 200), outside("Gotland", "region_municipality", 200)],
        {KASSAN: (50, 50, False), "Gotland": (50, 50, False)},
    ),
    (
        "beside another kommun they pay the half together",
        [
            paid(KASSAN, 200),
            outside("Gotland", "region_municipality", 150),
            outside("A", "municipality", 50),
        ],
        {KASSAN: (50, 50, False), "Gotland": (37.5, None, False), "A": (12.5, None, False)},
    ),
    (
        "regions and kommuner in one figure",
        [paid(KASSAN, 200), line("income", 200, name="Övriga", member_kind="region_and_municipalities")],
        {KASSAN: (50, 50, False), "Övriga": (50, 50, False)},
    ),
    (
        "all members in one figure",
        [line("income", 400, name="Ägarbidrag", member_kind="all")],
        {"Ägarbidrag": (100, None, False)},
    ),
]


@pytest.mark.parametrize(
    ("lines", "expected"), [each[1:] for each in SHARES], ids=[each[0] for each in SHARES]
)
def test_the_share_of_the_year_and_the_legal_share(lines, expected):
    found = contributions([sheet("2020 budget", *lines)], MEMBERS)

    def percent(share: Decimal | None) -> float | None:
        return None if share is None else float(round(share * 100, 4))

    told = {row.name: row.cells[0] for row in found.rows}
    assert {
        name: (percent(told[name].share), percent(told[name].legal), told[name].off) for name in expected
    } == expected


def test_a_document_in_thousands_is_judged_to_a_thousand():
    lines = [paid(KASSAN, 201_000), paid(REGIONEN, 100_000), paid(KOMMUNEN, 100_000)]
    for unit, off in (("SEK", True), ("kSEK", False)):
        found = contributions([sheet("2020 budget", *lines, unit=unit)], MEMBERS)
        assert {cell.off for row in found.rows for cell in row.cells} == {off}


def status(word: str, amount: int) -> Status:
    return Status(word, Decimal(amount))


def test_a_status_of_an_older_budget_stands_while_the_latest_has_none():
    applied, granted = status("applied", 100), status("granted", 100)
    older = sheet("2020 budget, 2021 plan", paid(KASSAN, 100, 110, statuses=((granted,), (applied,))))
    newer = sheet("2021 budget", paid(KASSAN, 115), plan_year=2021)
    cells = row_of(contributions([newer, older], MEMBERS)).cells
    assert [cell.statuses for cell in cells] == [(granted,), (applied,)]
    assert cells[1].status_source and cells[1].status_source.budget == 1
    told = replace(newer, lines=(replace(newer.lines[0], statuses=((granted,),)),))
    assert row_of(contributions([told, older], MEMBERS)).cells[1].statuses == (granted,)


def test_every_status_is_told_the_latest_year_first():
    declined, granted, applied = status("declined", 120), status("granted", 100), status("applied", 110)
    budget = sheet(
        "2020 budget, 2021 plan", paid(KASSAN, 100, 110, statuses=((declined, granted), (applied,)))
    )
    told = contributions([budget], MEMBERS).told
    assert [(year.column.year, each) for _, year, each in told] == [
        (2021, applied),
        (2020, declined),
        (2020, granted),
    ]


def test_a_member_that_is_part_of_a_line_is_shown_and_not_summed_twice():
    """Varav: the kommuner's line has the money; who pays what of it is told."""
    whole = line("income", 100, name="Kommunerna", member_kind="municipality")
    part = replace(paid(KOMMUNEN, 60), part_of=1)
    found = contributions([sheet("2020 budget", paid(KASSAN, 100), whole, part)], MEMBERS)
    assert [row.name for row in found.rows] == [KASSAN, KOMMUNEN, "Kommunerna"]
    assert row_of(found, KOMMUNEN).within == "Kommunerna"
    assert found.total[0].amount == Decimal(200)


def test_members_stand_in_the_federations_order_and_other_payers_last():
    found = contributions(
        [
            sheet(
                "2020 budget",
                line("income", 1, name="Övriga", member_kind="all"),
                paid(KOMMUNEN, 1),
                paid(KASSAN, 1),
            )
        ],
        MEMBERS,
    )
    assert [row.name for row in found.rows] == [KASSAN, KOMMUNEN, "Övriga"]


def test_lund_as_its_plan_prints_it():
    found = contributions([fixture("lund")], (KASSAN, "Arbetsförmedlingen", "Region Skåne", "Lunds kommun"))
    assert amounts(found) == [
        (2016, "forecast", 3_150_000),
        (2017, "budget", 3_500_000),
        (2018, "plan", 3_150_000),
        (2019, "plan", 3_150_000),
    ]
    assert [cell.off for cell in row_of(found).cells] == [False, False, True, True]
    assert [[each.status for each in cell.statuses] for cell in row_of(found).cells] == [
        ["declined", "granted"],
        ["applied"],
        [],
        [],
    ]


def test_no_budgets_and_budgets_without_contributions_are_empty():
    assert contributions([], MEMBERS).rows == ()
    assert contributions([sheet("2020 budget", line("cost", 5))], MEMBERS).rows == ()


@st.composite
def budgets(draw) -> list[BudgetSheet]:
    found = []
    for _ in range(draw(st.integers(1, 3))):
        columns = draw(column_sets())
        lines = [
            replace(paid(member, *[draw(st.one_of(st.none(), kronor)) for _ in columns]), key=key)
            for key, member in enumerate(draw(st.lists(st.sampled_from(list(KINDS)), max_size=4)))
        ]
        found.append(BudgetSheet(columns, tuple(lines), plan_year=draw(st.integers(2010, 2026))))
    return found


@given(budgets())
def test_each_year_once_and_the_rows_add_up_to_the_whole(sheets):
    found = contributions(sheets, MEMBERS)
    years = [year.column.year for year in found.years]
    assert years == sorted({column.year for sheet in sheets for column in sheet.columns})
    for place, total in enumerate(found.total):
        stated = [row.cells[place].amount for row in found.rows if row.cells[place].amount is not None]
        assert total.amount == (sum(stated) if stated else None)
        shares = [row.cells[place].share for row in found.rows if row.cells[place].share is not None]
        assert not shares or abs(sum(shares) - 1) < Decimal("0.00001")
