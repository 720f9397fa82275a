"""A proposal as the steps of one change, judged against the state that the budget is in. Pure.

Nothing is removed: lines and figures that the file does not have stay as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from budgets.editing.state import BudgetState, changed
from budgets.editing.steps import Step, Table, Value, cell
from budgets.exchange.proposal import Proposal, ProposedColumn, ProposedLine
from budgets.sheet import KIND_NAMES


@dataclass(frozen=True)
class Difference:
    """Something that becomes another. `column` is empty for a name or a note; amounts are SEK."""

    line: str
    what: str
    place: str
    before: Decimal | str | None
    after: Decimal | str | None
    is_amount: bool = True


@dataclass(frozen=True)
class Changes:
    """The steps of the import, and what they come to in words."""

    steps: tuple[Step, ...]
    differences: tuple[Difference, ...]
    added: tuple[ProposedLine, ...]
    new_columns: tuple[ProposedColumn, ...]
    gone: tuple[str, ...] = ()
    """Places in the file of lines that somebody has removed from the budget since."""

    @property
    def any(self) -> bool:
        return bool(self.steps)


def changes(proposal: Proposal, state: BudgetState) -> Changes:
    """What the proposal changes in the state."""
    return _Steps(proposal, state).changes()


def steps(proposal: Proposal, state: BudgetState) -> list[Step]:
    """The proposal as one change, all or nothing; empty when nothing differs."""
    return list(changes(proposal, state).steps)


def column_name(column: ProposedColumn) -> str:
    return " ".join(filter(None, (str(column.year), KIND_NAMES[column.kind], column.label)))


class _Steps:
    def __init__(self, proposal: Proposal, state: BudgetState) -> None:
        self.proposal, self.state = proposal, state
        self.steps: list[Step] = []
        self.differences: list[Difference] = []
        self.next_key = 0
        self.groups: dict[tuple[str, Value], int] = {
            (str(row["name"]), row["parent_id"]): key for key, row in state.rows[Table.GROUP].items()
        }
        self.ends = {table: self._end(table) for table in (Table.YEAR, Table.GROUP, Table.LINE)}

    def _end(self, table: Table) -> int:
        return max((int(str(row["position"])) for row in self.state.rows[table].values()), default=-1) + 1

    def _new(self, table: Table, values: Mapping[str, Value]) -> int:
        self.next_key -= 1
        self.steps.append(Step(table, self.next_key, None, {**values, "position": self.ends[table]}))
        self.ends[table] += 1
        return self.next_key

    def changes(self) -> Changes:
        used = {
            column
            for line in self.proposal.lines
            for column, amount in line.cells.items()
            if amount is not None
        }
        new_columns, years = [], dict[int, int]()
        for place, column in enumerate(self.proposal.columns):
            if column.key is not None and self.state.row(Table.YEAR, column.key) is not None:
                years[place] = column.key
            elif place in used or not self.state.rows[Table.YEAR]:
                years[place] = self._year(column)
                new_columns.append(column)
        added, gone, keys = [], [], list[int | None]()
        for line in self.proposal.lines:
            if line.key is None:
                keys.append(self._add(line, years, keys))
                added.append(line)
            elif self.state.row(Table.LINE, line.key) is None:
                keys.append(None)
                gone.append(line.place)
            else:
                self._edit(line, line.key, years)
                keys.append(line.key)
        return Changes(
            tuple(self.steps), tuple(self.differences), tuple(added), tuple(new_columns), tuple(gone)
        )

    def _year(self, column: ProposedColumn) -> int:
        values: dict[str, Value] = {"year": column.year, "kind": column.kind, "label": column.label}
        return self._new(Table.YEAR, {**values, "starts": None, "ends": None})

    def _group(self, line: ProposedLine) -> int | None:
        key: int | None = None
        for name in filter(None, (line.group, line.subgroup if line.group else "")):
            there = self.groups.get((name, key))
            if there is None:
                there = self.groups[name, key] = self._new(Table.GROUP, {"parent_id": key, "name": name})
            key = there
        return key

    def _add(self, line: ProposedLine, years: Mapping[int, int], keys: list[int | None]) -> int:
        values: dict[str, Value] = {
            "section": line.section,
            "line_class": line.line_class,
            "member_kind": line.member_kind,
            "member_id": line.member,
            "project_id": None,
            "group_id": self._group(line),
            "part_of_id": keys[line.part_of] if line.part_of is not None else None,
            "name": line.name or "",
            "note": line.note or "",
        }
        key = self._new(Table.LINE, values)
        for place, year in years.items():
            amount, printed = line.cells.get(place), line.printed_texts.get(place, "")
            if amount is not None:
                self.steps.append(cell(key, year, {"amount": None}, {"amount": as_stored(amount)}))
            if printed:
                self.steps.append(cell(key, year, {"printed_text": ""}, {"printed_text": printed}))
        return key

    def _edit(self, line: ProposedLine, key: int, years: Mapping[int, int]) -> None:
        row = self.state.rows[Table.LINE][key]
        name = str(row["name"])
        said = {"name": line.name, "note": line.note}
        before, after = changed(row, **{field: value for field, value in said.items() if value is not None})
        if after:
            self.steps.append(Step(Table.LINE, key, before, after))
            for field, what in (("name", "namn"), ("note", "anmärkning")):
                if field in after:
                    self.differences.append(
                        Difference(
                            name, what, line.place, str(before[field]), str(after[field]), is_amount=False
                        )
                    )
        for place, amount in line.cells.items():
            if place in years:
                self._cell(line, key, name, place, years[place], amount)
        for place, note in line.cell_notes.items():
            if place in years and self._now(key, years[place], "note") != note:
                now = self._now(key, years[place], "note")
                self.steps.append(cell(key, years[place], {"note": now}, {"note": note}))
                what = f"anmärkning {column_name(self.proposal.columns[place])}"
                self.differences.append(
                    Difference(name, what, line.place, str(now or ""), note, is_amount=False)
                )

    def _now(self, line: int, year: int, field: str) -> Value:
        return self.state.cell(line, year)[field] if year > 0 else "" if field != "amount" else None

    def _cell(
        self, line: ProposedLine, key: int, name: str, place: int, year: int, amount: Decimal | None
    ) -> None:
        now = self._now(key, year, "amount")
        before = None if now is None else Decimal(str(now))
        if before == amount:
            return
        formula = self._now(key, year, "formula")
        values: dict[str, Value] = {"amount": now, "formula": formula} if formula else {"amount": now}
        self.steps.append(
            cell(
                key,
                year,
                values,
                {**dict.fromkeys(values, ""), "amount": None if amount is None else as_stored(amount)},
            )
        )
        what = column_name(self.proposal.columns[place])
        self.differences.append(Difference(name, what, line.place, before, amount))


def as_stored(amount: Decimal) -> str:
    """An amount as a state holds it: exact SEK with two decimals."""
    return str(amount.quantize(Decimal("0.01")))
