from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"

    def ready(self) -> None:
        from members import sign_in_log, signed_in  # noqa: F401 - listen from now on
