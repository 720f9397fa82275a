"""The real federations, for tests that need one: loaded in earnest the first time in a process, and put back
row by row after that, which takes a tenth of the time. Loading itself has its own tests."""

from copy import copy
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import transaction
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
    return Federation.objects.get(), True


def _tables() -> list[type[Model]]:
    """Every table that loading writes to, those that say which insatser a goal has too."""
    configs = [apps.get_app_config(app) for app in APPS]
    models = [model for config in configs for model in config.get_models(include_auto_created=True)]
    return [model for model in models if model is not User]
