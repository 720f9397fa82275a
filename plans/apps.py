from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self) -> None:
        from plans.versions.triggers import check_triggers

        post_migrate.connect(protect_versions, sender=self)
        register(check_triggers, Tags.database)


def protect_versions(using: str, **kwargs: Any) -> None:
    """After every migration: those that rebuild a table drop its triggers."""
    from plans.versions.triggers import protect

    protect(using)
