"""The real federations, for tests that need one: loaded in earnest the first time in a process, and put back
row by row after that, which takes a tenth of the time. Loading itself has its own tests."""

from copy import copy
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from members.models import Federation, User
from plans.exchange import federation_folder

FIXTURES = settings.BASE_DIR / "fixtures"
APPS = ("members", "projects", "budgets", "plans")

_rows: dict[Path, list[list[Model]]] = {}
"""The rows of each folder, a list for each table."""


def load(folder: Path) -> tuple[Federation, bool]:
    """As `federation_folder.load`."""
    if not folder.is_relative_to(FIXTURES) or Federation.objects.exists():
        return federation_folder.load(folder)  # the keys of kept rows may be taken
    if folder not in _rows:
        loaded = federation_folder.load(folder)
        _rows[folder] = [list(model._base_manager.all()) for model in _tables()]
        return loaded
    with transaction.atomic():
        for rows in _rows[folder]:
            if rows:
                type(rows[0])._base_manager.bulk_create([copy(row) for row in rows])
        _keys_go_on_after(_rows[folder])
    return Federation.objects.get(), True


def _keys_go_on_after(rows: list[list[Model]]) -> None:
    """PostgreSQL's sequences do not see keys that are given, and a restored backup sets them back."""
    models = [type(of_table[0]) for of_table in rows if of_table]
    if statements := connection.ops.sequence_reset_sql(no_style(), models):
        with connection.cursor() as cursor:
            cursor.execute(" ".join(statements))


def _tables() -> list[type[Model]]:
    """Every table that loading writes to, those that say which insatser a goal has too."""
    configs = [apps.get_app_config(app) for app in APPS]
    models = [model for config in configs for model in config.get_models(include_auto_created=True)]
    return [model for model in models if model is not User]
