from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"

    def ready(self) -> None:
        from members import sign_in_log  # noqa: F401 - listens from now on
