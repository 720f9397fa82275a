"""What must be true before the application may start; says in words what is wrong and what to do."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ImproperlyConfigured

ENVIRONMENTS = ("production", "local")
SHORTEST_SECRET_KEY = 32


def problems(
    *,
    environment: str,
    secret_key: str,
    debug: bool,
    allowed_hosts: Sequence[str],
    oidc: Mapping[str, str] | None = None,
) -> list[str]:
    """Why an installation with these settings must not start; an empty list when it may.

    `oidc`: the variables of the identity provider with their values, empty when not set.
    """
    found = []
    if environment not in ENVIRONMENTS:
        found.append(f"ENVIRONMENT är '{environment}'. Den ska vara production (standard) eller local.")
    if not secret_key:
        found.append("SECRET_KEY saknas. Sätt den till en lång, hemlig, slumpad text.")
    elif len(secret_key) < SHORTEST_SECRET_KEY:
        found.append(f"SECRET_KEY är för kort. Den ska ha minst {SHORTEST_SECRET_KEY} tecken.")
    if environment != "local":
        if debug:
            found.append("DEBUG är på i produktion; felsidor skulle visa hemligheter. Ta bort DEBUG.")
        if not allowed_hosts:
            found.append("ALLOWED_HOSTS saknas. Ange webbplatsens namn, till exempel finsam.example.se.")
        elif "*" in allowed_hosts:
            found.append("ALLOWED_HOSTS är '*'. Ange webbplatsens egna namn.")
    oidc = oidc or {}
    if any(oidc.values()):
        found += [f"{name} saknas. De andra OIDC_ är satta." for name, value in oidc.items() if not value]
        server = oidc.get("OIDC_SERVER_URL", "")
        if environment != "local" and server and not server.startswith("https://"):
            found.append("OIDC_SERVER_URL ska börja med https://.")
    return found


def current_problems() -> list[str]:
    """`problems` for the settings in force."""
    from django.conf import settings

    try:
        secret_key = settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's own word for an empty one
        secret_key = ""
    unreadable = [f"{name} har ett värde som inte går att förstå." for name in settings.UNREADABLE]
    return unreadable + problems(
        environment=settings.ENVIRONMENT,
        secret_key=secret_key,
        debug=settings.DEBUG,
        allowed_hosts=settings.ALLOWED_HOSTS,
        oidc=settings.OIDC,
    )


def refuse_unsafe() -> None:
    """Raise ImproperlyConfigured with every problem in it; used where Django runs no system checks."""
    if found := current_problems():
        raise ImproperlyConfigured("Finsam startar inte:\n- " + "\n- ".join(found))
