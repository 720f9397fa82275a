from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from finsam.safety import current_problems


class FinsamConfig(AppConfig):
    name = "finsam"
    verbose_name = "Finsam"

    def ready(self) -> None:
        register(safe_to_start)


def safe_to_start(**kwargs: object) -> list[CheckMessage]:
    """System check: the environment is complete and safe, or no command that serves or writes starts."""
    return [Error(problem, id="finsam.E001") for problem in current_problems()]
