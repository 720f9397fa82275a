"""Which day the board is shown on when nobody, or somebody, has chosen one."""

from datetime import date

import pytest

from members.board_day import board_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("asked", "plan_year", "day", "through"),
    [
        ("", None, "2026-11-22", "2026-12-31"),
        ("", 2026, "2026-11-22", "2026-12-31"),
        ("", 2027, "2026-11-22", "2027-12-31"),  # the plan that is being written
        ("", 2009, "2009-01-01", "2009-12-31"),
        ("2015-04-01", 2021, "2015-04-01", "2015-12-31"),
        ("2015-04", 2021, "2015-04-01", "2015-12-31"),
    ],
)
def test_the_day_and_how_far_ahead(asked, plan_year, day, through):
    found = board_day(asked, TODAY, plan_year)
    assert (found.day.isoformat(), found.through.isoformat(), found.fault) == (day, through, "")
    assert found.chosen is bool(asked)


@pytest.mark.parametrize("asked", ["igår", "2021-02-30", "1999-01-01", "9999-12-31", "2021-1-1", "-1"])
def test_what_is_no_day_is_told_and_passed_over(asked):
    found = board_day(asked, TODAY, 2009)
    assert found.day == date(2009, 1, 1)
    assert found.fault
    assert not found.chosen
