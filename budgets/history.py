"""The history of a budget in words: who, when, and each thing as it was and as it became."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from budgets.editing.state import BudgetState
from budgets.editing.steps import Step, Table, Value, Values
from budgets.editing.undo import step_of
from budgets.models import Budget, Change, ChangeStep, LineClass, MemberKind, Section
from budgets.sheet_parts import KIND_NAMES
from budgets.table import STATUS_NAMES
from finsam.swedish import Unit, money

FIELD_NAMES = {
    "amount": "belopp",
    "formula": "formel",
    "target": "mål för utgående eget kapital",
    "note": "anmärkning",
    "printed_text": "som tryckt",
    "name": "namn",
    "section": "avdelning",
    "line_class": "slag",
    "member_kind": "betalare",
    "member_id": "medlem",
    "project_id": "insats",
    "group_id": "grupp",
    "part_of_id": "del av",
    "year": "år",
    "kind": "slag",
    "label": "beteckning",
    "starts": "från",
    "ends": "till",
}
WHOLE_ROW = {Table.LINE: "posten", Table.GROUP: "gruppen", Table.YEAR: "kolumnen"}
CHOICES: dict[str, dict[Any, Any]] = {
    "section": dict(Section.choices),
    "line_class": dict(LineClass.choices),
    "member_kind": dict(MemberKind.choices),
    "kind": KIND_NAMES,
    "status": STATUS_NAMES,
}
IN_SEK = ("amount", "target")


@dataclass(frozen=True)
class Event:
    """One thing that became different."""

    what: str
    before: str
    after: str
    line: int | None = None
    year: int | None = None


ORDER_ONLY = (Event("Ordningen", "", ""),)


@dataclass(frozen=True)
class Entry:
    """One change: everything that it made different."""

    number: int
    made_at: datetime
    made_by: str
    action: str
    kind: str
    events: tuple[Event, ...]


class History:
    """Reads changes and tells them in words. Rows that are gone keep the names they had."""

    def __init__(self, budget: Budget, state: BudgetState, unit: Unit) -> None:
        self.budget, self.state, self.unit = budget, state, unit
        self.names: dict[tuple[Table, int], str] = {}
        self.status_cells: dict[int, tuple[int, int]] = {}
        rows = ChangeStep.objects.filter(
            change__budget=budget, table__in=[Table.LINE, Table.GROUP, Table.YEAR, Table.STATUS]
        ).order_by("change__number", "position")
        for step in map(step_of, rows):
            for values in (step.before, step.after):
                self._learn(step.table, step.row, values)
        for table in (Table.LINE, Table.GROUP, Table.YEAR, Table.STATUS):
            for key, row in state.rows[table].items():
                self._learn(table, key, row)
        federation = budget.federation
        self.outside = {
            "member_id": dict(federation.members.values_list("pk", "name")),
            "project_id": dict(federation.projects.values_list("pk", "name")),
        }

    def _learn(self, table: Table, key: int, values: Values | None) -> None:
        if not values:
            return
        if table == Table.YEAR and {"year", "kind"} <= values.keys():
            self.names[table, key] = " ".join(
                filter(
                    None,
                    (str(values["year"]), KIND_NAMES[str(values["kind"])], str(values.get("label") or "")),
                )
            )
        elif table == Table.STATUS:
            line, year = values.get("line_id"), values.get("year_id")
            if isinstance(line, int) and isinstance(year, int):
                self.status_cells[key] = line, year
        elif "name" in values:
            self.names[table, key] = str(values["name"])

    def entries(self, changes: Iterable[Change]) -> list[Entry]:
        """The changes in the order given, in two queries."""
        changes = list(changes)
        steps: dict[int, list[Step]] = {change.pk: [] for change in changes}
        for row in ChangeStep.objects.filter(change__in=changes).order_by("position"):
            steps[row.change_id].append(step_of(row))
        return [
            Entry(
                number=change.number,
                made_at=change.made_at,
                made_by=change.made_by_name,
                action=change.get_action_display(),
                kind="" if change.kind == Change.Kind.EDIT else change.get_kind_display(),
                events=tuple(event for step in steps[change.pk] for event in self.events(step)) or ORDER_ONLY,
            )
            for change in changes
        ]

    def events(self, step: Step) -> list[Event]:
        """What a step made different; moves and rows that only the machine knows of say nothing."""
        where = self.names.get((step.table, step.row), "")
        if step.table == Table.CELL:
            assert step.before is not None and step.after is not None and step.year is not None
            place = f"{self.name(Table.LINE, step.row)}, {self.name(Table.YEAR, step.year)}"
            return [
                Event(
                    place if field == "amount" else f"{place}, {FIELD_NAMES[field]}",
                    self._shown(field, step.before.get(field)),
                    self._shown(field, after),
                    step.row,
                    step.year,
                )
                for field, after in step.after.items()
                if step.before.get(field) != after
            ]
        if step.table == Table.STATUS:
            return self._of_status(step)
        if step.table not in WHOLE_ROW:
            return []
        line = step.row if step.table == Table.LINE else None
        year = step.row if step.table == Table.YEAR else None
        if step.before is None or step.after is None:
            what = f"{WHOLE_ROW[step.table]} {where}"
            return [Event(what, "finns" if step.before else "", "finns" if step.after else "", line, year)]
        return [
            Event(
                f"{where}, {FIELD_NAMES[field]}",
                self._shown(field, step.before.get(field)),
                self._shown(field, after),
                line,
                year,
            )
            for field, after in step.after.items()
            if field in FIELD_NAMES
        ]

    def _of_status(self, step: Step) -> list[Event]:
        """A status that came, went or became another: its fields that differ, in one."""
        line, year = self.status_cells[step.row]
        place = f"{self.name(Table.LINE, line)}, {self.name(Table.YEAR, year)}, läge"
        before, after = ({} if values is None else values for values in (step.before, step.after))
        return [Event(place, self._status(before), self._status(after), line, year)]

    def _status(self, values: Values) -> str:
        fields = ("status", "amount", "date", "note")
        return ", ".join(filter(None, (self._shown(field, values.get(field)) for field in fields)))

    def status_keys(self, line: int, year: int | None) -> list[int]:
        """The statuses, also those that are gone, of a line, perhaps in one column."""
        return [
            key
            for key, (of_line, of_year) in self.status_cells.items()
            if of_line == line and year in (None, of_year)
        ]

    def name(self, table: Table, key: int) -> str:
        return self.names.get((table, key), "borttagen post")

    def _shown(self, field: str, value: Value) -> str:
        if value is None or value == "":
            return ""
        if field in IN_SEK:
            return money(Decimal(str(value)), self.unit)
        if field in self.outside and isinstance(value, int):
            return self.outside[field].get(value, "")
        if field == "group_id" and isinstance(value, int):
            return self.name(Table.GROUP, value)
        if field == "part_of_id" and isinstance(value, int):
            return self.name(Table.LINE, value)
        if field in CHOICES:
            return str(CHOICES[field].get(str(value), value))
        return str(value)
