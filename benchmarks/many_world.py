"""A federation with twenty years of adopted plans, and copies of it: what bench_many.py measures in.

    python -m benchmarks.many_world FEDERATIONS

fills the database in DATABASE_URL, which must be new and empty, and prints as JSON where the first
federation is read and by which session. The copies are made by the database itself, row by row of every table
with other keys; of what is frozen only the beginning, since it is otherwise tens of gigabytes. Nothing that
is measured reads that of another federation.
"""

import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import django

django.setup()

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction

from budgets.editing.amounts import set_amount
from budgets.editing.change import Author, make_change
from budgets.editing.state import BudgetState
from budgets.editing.steps import Step
from budgets.models import Amount, Budget, Change
from members.models import Federation, User
from plans.models import Plan
from tests.endurance.world import DIRECTOR, address_of, adopted, made_world, signed_in
from tests.members.people import client_of

YEARS = 20
EDITS = 20
"""Of cells, in each plan."""
FILES = ("plan_pdf", "plan_docx", "budget_pdf", "budget_xlsx", "board_pdf", "board_docx")
APPS = ("members", "projects", "budgets", "plans")
STRIDE = 1_000_000
"""Between the key of a row and of its copy; more than a table of the first federation has rows."""
KEPT = 100
"""So many signs, or bytes, of what is frozen does a copy have."""
FROZEN = {("plans_version", "content"), ("plans_versionfile", "content")}
FROZEN |= {("plans_decision", "content"), ("plans_decisionfile", "content")}
KEYS = {("budgets_changestep", "row"), ("budgets_changestep", "year")}
"""Columns that hold the key of a row, and say so to nobody."""
NAMES = {("members_federation", "slug"), ("members_user", "email")}
"""Columns that no two rows have the same in; hashes are others."""
HASHES = {("plans_version", "hash"), ("plans_decision", "hash")}


def first_federation() -> dict[str, Any]:
    """Made as users make it, with a history; where it is read."""
    world = made_world(1, YEARS, 1, 0, 0)
    *earlier, last = world.to_adopt
    with (
        patch("plans.versions.making.files_of", return_value=dict.fromkeys(FILES, b"-")),
        patch("plans.decisions.adopting.adopted_files", return_value=dict.fromkeys(FILES[:3], b"-")),
    ):  # the files of one year are enough, and take the longest
        for draft in earlier:
            _edit(draft.plan)
            adopted(draft)
    _edit(last.plan)
    adopted(last)
    _edit(world.kept[0].plan)
    director = User.objects.get(email=address_of(DIRECTOR))
    federation = Federation.objects.get()
    client = client_of(director)
    for draft in world.to_adopt:
        assert (
            client.get(f"{draft.address}/version/1/", SERVER_NAME="localhost").status_code == 200
        )  # leaves a row in the log
    return {
        "session": signed_in(director),
        "slug": federation.slug,
        "adopted": last.year,
        "draft": world.kept[0].year,
    }


def _edit(key: int) -> None:
    """Cells changed over and over, so that the budget has a history."""
    plan = Plan.objects.select_related("federation", "budget").get(pk=key)
    author = Author(User.objects.get(email=address_of("redaktor0")), "sitting")
    cell = Amount.objects.filter(line__budget=plan.budget_id, line__name="redaktor-0").first()
    assert cell is not None
    line, year, amount = cell.line_id, cell.year_id, cell.amount.amount
    for _ in range(EDITS):
        budget = Budget.objects.select_related("federation").get(pk=plan.budget_id)

        def more(state: BudgetState, was: Decimal = amount) -> list[Step]:
            return set_amount(state, line, year, f"{was:.2f}", was + 1, "")

        make_change(budget, author, Change.Action.AMOUNT, more)
        amount += 1


def copy(federations: int) -> None:
    """The first federation again, until there are so many."""
    more = f"SELECT n + 1 FROM copy WHERE n < {federations - 1}"  # noqa: S608
    numbers = f"WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL {more})"
    with transaction.atomic(), connection.cursor() as cursor:
        for model in _models():
            table = model._meta.db_table
            columns = [field.column for field in model._meta.local_fields]
            copied = ", ".join(_copied(table, field) for field in model._meta.local_fields)
            named = ", ".join(f'"{column}"' for column in columns)
            rows = f'SELECT {copied} FROM "{table}" CROSS JOIN copy WHERE "{table}".id < {STRIDE}'  # noqa: S608
            cursor.execute(f'{numbers} INSERT INTO "{table}" ({named}) {rows}')
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_models())):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _models() -> Iterator[type[models.Model]]:
    for app in APPS:
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                yield model


def _copied(table: str, field: "models.Field[Any, Any]") -> str:
    """What a column holds in the copy with number n."""
    column, place = f'"{table}"."{field.column}"', (table, field.column)
    target = field.related_model
    is_key = field.primary_key or place in KEYS
    if is_key or (isinstance(target, type) and target._meta.app_label in APPS):
        return f"{column} + n * {STRIDE}"
    if place in FROZEN:
        return f"substr({column}, 1, {KEPT})"
    if place in NAMES:
        return f"n || '-' || {column}"
    if place in HASHES:
        number = f'"{table}".id + n * {STRIDE}'
        is_sqlite = connection.vendor == "sqlite"
        return f"printf('%064x', {number})" if is_sqlite else f"lpad(to_hex({number}), 64, '0')"
    return column


def main() -> None:
    call_command("migrate", verbosity=0)
    where = first_federation()
    federations = int(sys.argv[1])
    if federations > 1:
        copy(federations)
    rows = {model.__name__: model._base_manager.count() for model in _models()}
    print(json.dumps({**where, "rows": sum(rows.values())}))


if __name__ == "__main__":
    main()
