"""How far a contribution has come, as a form: a row for each status of the cell and an empty one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budgets.editing.amounts import TOO_MUCH, stored
from budgets.editing.steps import Values
from budgets.forms import Was, in_one_line, sent_was
from budgets.table import STATUS_NAMES
from finsam.json_input import UnreadableError, check_characters
from finsam.partial_date import PartialDate
from finsam.swedish import Unit, money
from finsam.typed_amount import NotAnAmount, as_typed, typed_amount

NEW = "ny"
LONGEST_NOTE = 300
REMOVED = ""
"""The choice of status that takes the row away, and leaves the empty one empty."""


@dataclass
class StatusRow:
    """A row as it is shown: what stands in its fields, and what is wrong with them. `key` is the status's
    primary key, or NEW; `was` what it was made from."""

    key: str
    status: str = REMOVED
    amount: str = ""
    date: str = ""
    note: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.key == NEW


@dataclass(frozen=True)
class Sent:
    """What a posted form asks for: `wanted` by primary key (None: removed) and `new`, when all is well."""

    rows: list[StatusRow]
    wanted: dict[int, Values | None]
    new: Values | None

    @property
    def faulty(self) -> bool:
        return any(row.errors for row in self.rows)


def rows_of(now: Mapping[int, Values], unit: Unit) -> list[StatusRow]:
    """The rows of a cell as they are stored, and the empty one."""
    return [_row(key, values, unit) for key, values in now.items()] + [StatusRow(NEW)]


def _row(key: int, values: Values, unit: Unit) -> StatusRow:
    amount = as_typed(Decimal(str(values["amount"])), unit)
    return StatusRow(str(key), str(values["status"]), amount, str(values["date"]), str(values["note"]))


def was_of(now: Mapping[int, Values]) -> Was:
    """What the form is made from, in one line for each status."""
    return {str(key): _in_words(values, "SEK") for key, values in now.items()}


def read(data: Mapping[str, str], now: Mapping[int, Values], unit: Unit) -> Sent:
    """A posted form against the statuses that there are now. What somebody else has changed since the form
    was shown stands until the user has seen it; a status that is gone and was changed here becomes new."""
    was = sent_was(data.get("was_statuses", ""), was_of(now))
    rows: list[StatusRow] = []
    wanted: dict[int, Values | None] = {}
    new: Values | None = None
    for key, values in now.items():
        row, typed = (
            _read(data, str(key), unit) if f"status-{key}" in data else (_row(key, values, unit), values)
        )
        theirs = _in_words(values, "SEK")
        mine = "" if typed is None else _in_words(typed, "SEK")
        if not row.errors and theirs not in (was.get(str(key)), mine):
            if mine == was.get(str(key)):
                row, typed = _row(key, values, unit), values
            else:
                row.errors["status"] = (
                    f"Någon annan har ändrat till \u201d{_in_words(values, unit)}\u201d. "
                    "Spara igen för att behålla ditt."
                )
        rows.append(row)
        wanted[key] = typed
    row, new = _read(data, NEW, unit)
    if row == StatusRow(NEW):
        row = _gone_meanwhile(data, was, now, unit) or row
    rows.append(row)
    return Sent(rows, wanted, new)


def _gone_meanwhile(
    data: Mapping[str, str], was: Was, now: Mapping[int, Values], unit: Unit
) -> StatusRow | None:
    """A status that somebody else has taken away while it was changed here, to be added anew."""
    for key, earlier in was.items():
        if f"status-{key}" in data and key not in {str(each) for each in now}:
            row, typed = _read(data, key, unit)
            if typed is not None and _in_words(typed, "SEK") != earlier:
                told = "Någon annan har tagit bort läget medan du skrev. Spara igen för att lägga till det."
                return replace(row, key=NEW, errors={"status": told})
    return None


def _read(data: Mapping[str, str], key: str, unit: Unit) -> tuple[StatusRow, Values | None]:
    """A row as typed, and what it comes to: None where no status is chosen, or something is wrong."""

    def typed(name: str) -> str:
        return in_one_line(data.get(f"{name}-{key}", ""))

    row = StatusRow(key, typed("status"), typed("status-amount"), typed("status-date"), typed("status-note"))
    if row.status == REMOVED:
        if row.is_new and (row.amount or row.date or row.note):
            row.errors["status"] = "Välj ett läge."
        return row, None
    if row.status not in STATUS_NAMES:
        row.errors["status"] = "Välj ett av lägena."
    amount = None
    try:
        amount = typed_amount(row.amount, unit).amount
        if amount is None:
            row.errors["amount"] = "Skriv beloppet."
        elif not 0 <= amount < TOO_MUCH:
            row.errors["amount"] = "Ett bidrag är noll eller mer, och mindre än en biljon."
    except NotAnAmount as error:
        row.errors["amount"] = str(error)
    try:
        if row.date:
            PartialDate(row.date)
    except ValueError as error:
        row.errors["date"] = str(error)
    try:
        check_characters(row.note, "")
        if len(row.note) > LONGEST_NOTE:
            row.errors["note"] = f"Anmärkningen är längre än {LONGEST_NOTE} tecken."
    except UnreadableError as error:
        row.errors["note"] = error.what
    if row.errors:
        return row, None
    return row, {"status": row.status, "amount": stored(amount), "date": row.date, "note": row.note}


def _in_words(values: Values, unit: Unit) -> str:
    """beslutat 3 150 tkr, 2016, anmärkning."""
    amount = money(Decimal(str(values["amount"])), unit)
    said = f"{STATUS_NAMES.get(str(values['status']), '')} {amount}"
    return ", ".join(filter(None, (said, str(values["date"]), str(values["note"]))))
