"""Budgets being changed: who changes them, and everything that their tables hold."""

from collections.abc import Callable, Iterable
from itertools import count

from django.conf import settings

from budgets.editing.change import Author, Made, make_change
from budgets.editing.state import BudgetState
from budgets.editing.steps import Step, Table
from budgets.models import Amount, Budget, BudgetGroup, Change
from budgets.reading import MODELS, read_state
from members.models import RoleKind, User
from tests.loading import load
from tests.members.people import with_role

FIXTURES = settings.BASE_DIR / "fixtures"
Steps = Iterable[Step] | Callable[[BudgetState], Iterable[Step]]
_sittings = count(1)


def budget_of(slug: str) -> Budget:
    """The budget of a federation in fixtures/, loaded when it is not there."""
    federation, _ = load(FIXTURES / slug)
    return federation.budgets.get()


def author_of(budget: Budget, who: User | None = None) -> Author:
    """A new sitting, of a new director when nobody is named."""
    return Author(who or with_role(budget.federation, RoleKind.DIRECTOR), f"sitting{next(_sittings)}")


def fresh(budget: Budget) -> Budget:
    return Budget.objects.select_related("federation").get(pk=budget.pk)


def state_of(budget: Budget) -> BudgetState:
    """What the database holds now, whatever anybody remembers."""
    return read_state(fresh(budget))


def make(budget: Budget, author: Author, steps: Steps, action: Change.Action = Change.Action.AMOUNT) -> Made:
    """A change as a request of its own makes it; the database then holds what it says."""
    made = make_change(fresh(budget), author, action, steps)
    assert state_of(budget) == made.after
    return made


def same_rows(one: BudgetState, other: BudgetState) -> bool:
    """The same rows with the same primary keys and values, whatever the number."""
    return (one.rows, one.cells) == (other.rows, other.cells)


def rows_in_all(budget: Budget) -> dict[str, int]:
    """How many rows of each table the budget has in the database, also such as no state shows."""
    return {
        table.value: model._default_manager.filter(**{way: budget}).count()
        for table, (model, way) in MODELS.items()
    }


def rowless_groups(budget: Budget) -> list[str]:
    """Groups in the database that nothing belongs to."""
    known = state_of(budget).rows[Table.GROUP]
    return list(
        BudgetGroup.objects.filter(budget=budget).exclude(pk__in=known).values_list("name", flat=True)
    )


def empty_cells(budget: Budget) -> int:
    """Rows for cells that hold nothing."""
    cells = Amount.objects.filter(line__budget=budget, amount=None, target=None)
    return cells.filter(formula="", printed_text="", note="").count()


def line_named(state: BudgetState, name: str) -> int:
    (key,) = [key for key, row in state.rows[Table.LINE].items() if row["name"] == name]
    return key


def group_named(state: BudgetState, name: str) -> int:
    (key,) = [key for key, row in state.rows[Table.GROUP].items() if row["name"] == name]
    return key


def years_of(state: BudgetState) -> list[int]:
    """The columns from left to right."""
    return [key for key, _ in state.ordered(Table.YEAR)]


def names_in_order(state: BudgetState) -> list[object]:
    return [row["name"] for _, row in state.ordered(Table.LINE)]
