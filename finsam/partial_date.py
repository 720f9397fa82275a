"""Dates known to the day, the month or only the year, as the documents print them. Standard library only."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from finsam.swedish import MONTHS

PATTERN = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


WRITE_IT = "Skriv datumet som 2021-10-12, 2021-10 eller 2021."

_YEAR, _MONTH, _DAY = "(?P<year>[0-9]{4})", "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
_WAYS = (
    rf"{_YEAR}(-{_MONTH}(-{_DAY})?)?",  # 2021, 2021-10, 2021-10-12
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",  # 20211012
    rf"((den )?{_DAY} ?)?(?P<name>[a-zåäö]{{3,9}})\.?,? ?{_YEAR}",  # den 12 oktober 2021, okt 2021
    rf"{_DAY}/{_MONTH}[ -]{_YEAR}",  # 12/10 2021; with a third stroke it may be American
    rf"{_DAY}\.{_MONTH}\.{_YEAR}",  # 12.10.2021
)


def typed_date(text: str) -> str:
    """The ISO form of a date as Swedes type it: 12 oktober 2021, 12/10 2021, okt 2021, 2021-10-12. Raises
    ValueError, in Swedish, for what is no date or may be two."""
    typed = " ".join(text.split()).casefold()
    for way in _WAYS:
        if found := re.fullmatch(way, typed, re.ASCII):
            known = found.groupdict()
            if "name" in known:
                known["month"] = _month_named(known["name"])
            parts = (known.get(name) for name in ("year", "month", "day"))
            return PartialDate("-".join(f"{int(part):02}" for part in parts if part)).text
    raise ValueError(WRITE_IT)


def _month_named(name: str) -> str:
    """Its number, when only one month begins so: 10 for oktober and okt. Raises ValueError."""
    found = [place for place, month in enumerate(MONTHS, 1) if month.startswith(name)]
    if len(found) != 1:
        raise ValueError(WRITE_IT)
    return str(found[0])


def period(starts: str, ends: str, *, open_ended: bool = False) -> str:
    """A period as Swedish text, of ISO texts that may be empty: september 2010, tills vidare."""
    start = str(PartialDate(starts)) if starts else ""
    if open_ended:
        return f"{start}, tills vidare" if start else "tills vidare"
    end = str(PartialDate(ends)) if ends else ""
    if start and end:
        return start if start == end else f"{start}\u2013{end}"
    if end:
        return f"till och med {end}"
    return f"från {start}" if start else ""


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date such as 2009-09-01, 2010-08 or 2016. `text` is its ISO form, as precise as it is known."""

    text: str

    def __post_init__(self) -> None:
        """Raises ValueError, in Swedish, when the text is no such date."""
        if not re.fullmatch(PATTERN, self.text):
            raise ValueError(f"'{self.text}' är inget datum: skriv ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD.")
        try:
            date.fromisoformat((self.text + "-01-01")[:10])
        except ValueError:
            raise ValueError(f"Datumet '{self.text}' finns inte.") from None

    @property
    def first_day(self) -> date:
        return date.fromisoformat((self.text + "-01-01")[:10])

    @property
    def last_day(self) -> date:
        first = self.first_day
        if len(self.text) == len("2016"):
            return date(first.year, 12, 31)
        if len(self.text) == len("2016-01"):
            return date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
        return first

    def __str__(self) -> str:
        """As Swedish text: 1 september 2009, augusti 2010, 2016."""
        first, precision = self.first_day, len(self.text.split("-"))
        day = [f"{first.day}"] if precision == 3 else []
        month = [MONTHS[first.month - 1]] if precision >= 2 else []
        return " ".join([*day, *month, f"{first.year:04}"])
