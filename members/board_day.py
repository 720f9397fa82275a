"""Which day the board is shown on, and until when it is looked ahead. Pure."""

from dataclasses import dataclass
from datetime import date

from finsam.partial_date import PartialDate

FIRST, LAST = date(2004, 1, 1), date(2100, 12, 31)
"""From the year of the law on."""


@dataclass(frozen=True)
class BoardDay:
    """`through` is the last day of the plan year that is looked at; `fault` says why a chosen day cannot be,
    which is then passed over."""

    day: date
    through: date
    chosen: bool = False
    fault: str = ""

    @property
    def words(self) -> str:
        return str(PartialDate(self.day.isoformat()))


def board_day(text: str, today: date, plan_year: int | None) -> BoardDay:
    """The day that was asked for (ÅÅÅÅ-MM-DD, or a month or year: its first day). Without one today, or
    where the latest plan is of an earlier year, the first day of that."""
    if plan_year is not None and plan_year < today.year:
        usual = BoardDay(date(plan_year, 1, 1), date(plan_year, 12, 31))
    else:
        usual = BoardDay(today, date(max(today.year, plan_year or 0), 12, 31))
    if not text:
        return usual
    try:
        day = PartialDate(text).first_day
    except ValueError as error:
        return BoardDay(usual.day, usual.through, fault=str(error))
    if not FIRST <= day <= LAST:
        return BoardDay(usual.day, usual.through, fault="Välj en dag från 2004 till 2100.")
    return BoardDay(day, date(day.year, 12, 31), chosen=True)
