"""Changes of every kind, made up by a dice from a state: as somebody at work a whole day makes them."""

import random
from collections.abc import Callable
from decimal import Decimal

from budgets.editing.amounts import fill_right, set_amount, set_amounts, set_note, set_target
from budgets.editing.lines import (
    add_line,
    add_year,
    edit_line,
    edit_year,
    move_group,
    move_line,
    move_year,
    remove_line,
    remove_totals,
    remove_year,
    rename_group,
)
from budgets.editing.state import BudgetState
from budgets.editing.steps import Step, Table

SECTIONS = {
    "income": ("other", "esf"),
    "cost": ("insats", "board", "administration", "audit"),
    "financial_income": ("",),
    "financial_cost": ("",),
    "balancing": ("",),
}
NAMES = ("Kaffe", "Å & Ö", "Hyra", "Lokal", "Resor", "Utrymme")
GROUPS = ("", "Projekt", "Administration", "Nytt", "Annat")
AMOUNTS = ("0", "-1", "500.25", "1268400", "999999999999.99", "-999999999999.99", "0.01")


class Dice:
    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def steps(self, state: BudgetState) -> list[Step]:
        """Some change, perhaps one that nothing comes of."""
        kinds: list[tuple[int, Callable[[BudgetState], list[Step]]]] = [
            (8, self._amount),
            (3, self._paste),
            (2, self._fill),
            (2, self._note),
            (2, self._target),
            (4, self._add_line),
            (4, self._edit_line),
            (3, self._move_line),
            (3, self._remove_line),
            (2, self._rename_group),
            (2, self._move_group),
            (2, self._add_year),
            (2, self._edit_year),
            (1, self._move_year),
            (1, self._remove_year),
            (1, lambda state: remove_totals(state)),
        ]
        if not state.rows[Table.LINE]:
            return self._add_line(state)
        (make,) = self.dice.choices([make for _, make in kinds], [weight for weight, _ in kinds])
        return make(state)

    def _any(self, state: BudgetState, table: Table) -> int:
        return self.dice.choice(sorted(state.rows[table]))

    def _place(self, state: BudgetState) -> tuple[int, int]:
        return self._any(state, Table.LINE), self._any(state, Table.YEAR)

    def _kronor(self) -> Decimal | None:
        return self.dice.choice((None, *map(Decimal, AMOUNTS)))

    def _amount(self, state: BudgetState) -> list[Step]:
        line, year = self._place(state)
        was = state.cell(line, year)["amount"]
        if self.dice.random() < 0.2:
            return set_amount(state, line, year, was, Decimal(54000), "=12*4500")
        return set_amount(state, line, year, was, self._kronor())

    def _paste(self, state: BudgetState) -> list[Step]:
        places = [self._place(state) for _ in range(self.dice.randint(1, 9))]
        return set_amounts(state, [(*place, self._kronor(), "") for place in dict.fromkeys(places)])

    def _fill(self, state: BudgetState) -> list[Step]:
        years = [key for key, _ in state.ordered(Table.YEAR)]
        lines = {self._any(state, Table.LINE) for _ in range(3)}
        return fill_right(state, sorted(lines), years, Decimal(self.dice.choice(("0", "-1.5", "-100"))))

    def _note(self, state: BudgetState) -> list[Step]:
        return set_note(state, *self._place(state), self.dice.choice(("", "Efter samråd.", "å")))

    def _target(self, state: BudgetState) -> list[Step]:
        lines = [key for key, row in state.rows[Table.LINE].items() if row["section"] == "balancing"]
        if not lines:
            return []
        return set_target(
            state, self.dice.choice(lines), self._any(state, Table.YEAR), self.dice.choice((None, Decimal(0)))
        )

    def _values(self, state: BudgetState) -> dict[str, object]:
        section = self.dice.choice(list(SECTIONS))
        wholes = [
            key
            for key, row in state.rows[Table.LINE].items()
            if row["section"] == section and row["part_of_id"] is None and section != "balancing"
        ]
        return {
            "name": self.dice.choice(NAMES),
            "note": self.dice.choice(("", "", "En not.")),
            "section": section,
            "line_class": self.dice.choice(SECTIONS[section]),
            "member_kind": "",
            "member_id": None,
            "project_id": None,
            "part_of_id": self.dice.choice(wholes) if wholes and self.dice.random() < 0.3 else None,
        }

    def _groups(self) -> tuple[str, str]:
        group = self.dice.choice(GROUPS)
        return group, self.dice.choice(("", "", "Under", "Över")) if group else ""

    def _add_line(self, state: BudgetState) -> list[Step]:
        return add_line(state, self._values(state), *self._groups())

    def _edit_line(self, state: BudgetState) -> list[Step]:
        line = self._any(state, Table.LINE)
        if any(row["part_of_id"] == line for row in state.rows[Table.LINE].values()):
            return edit_line(state, line, {"name": self.dice.choice(NAMES)}, *self._groups())
        values = self._values(state)
        if values["part_of_id"] == line:
            values["part_of_id"] = None
        return edit_line(state, line, values, *self._groups())

    def _move_line(self, state: BudgetState) -> list[Step]:
        return move_line(state, self._any(state, Table.LINE), down=self.dice.random() < 0.5)

    def _remove_line(self, state: BudgetState) -> list[Step]:
        return remove_line(state, self._any(state, Table.LINE))

    def _rename_group(self, state: BudgetState) -> list[Step]:
        if not state.rows[Table.GROUP]:
            return []
        name = f"{self.dice.choice(NAMES)} {self.dice.random()}"
        return rename_group(state, self._any(state, Table.GROUP), name)

    def _move_group(self, state: BudgetState) -> list[Step]:
        used = [row["group_id"] for row in state.rows[Table.LINE].values()]
        tops = {state.rows[Table.GROUP][key]["parent_id"] or key for key in used if isinstance(key, int)}
        if not tops:
            return []
        group = self.dice.choice(sorted(tops, key=str))
        assert isinstance(group, int)
        return move_group(state, group, down=self.dice.random() < 0.5)

    def _add_year(self, state: BudgetState) -> list[Step]:
        if len(state.rows[Table.YEAR]) > 8:
            return []
        values = {
            "year": self.dice.randint(2018, 2024),
            "kind": self.dice.choice(("outcome", "forecast", "revised")),
            "label": str(self.dice.random()),
            "starts": None,
            "ends": None,
        }
        return add_year(state, values, self.dice.choice((None, self._any(state, Table.YEAR))))

    def _edit_year(self, state: BudgetState) -> list[Step]:
        label = self.dice.choice(("efter delår", "reviderad")) + str(self.dice.random())
        return edit_year(state, self._any(state, Table.YEAR), {"label": label})

    def _move_year(self, state: BudgetState) -> list[Step]:
        return move_year(state, self._any(state, Table.YEAR), later=self.dice.random() < 0.5)

    def _remove_year(self, state: BudgetState) -> list[Step]:
        if len(state.rows[Table.YEAR]) < 3:
            return []
        return remove_year(state, self._any(state, Table.YEAR))
