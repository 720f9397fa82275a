"""The one settings module. Everything that differs between installations comes from the environment.

Safe by default: nothing set means production. `finsam.safety` says what is missing and keeps the
application from starting until it is there. The variables are listed in docs/operation.md.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from environs import Env, EnvError, ValidationError, validate

from finsam import database, safety

env = Env()
UNREADABLE: list[str] = []
"""Variables whose value cannot be understood; finsam.safety refuses to start and names them."""


def understood(read: Callable[..., Any], name: str, default: Any, **options: Any) -> Any:
    """The variable, or its default when it has a value that cannot be understood."""
    try:
        return read(name, default, **options)
    except (EnvError, ValueError):
        UNREADABLE.append(name)
        return read(f"FINSAM_DEFAULT_OF_{name}", default, **options)


def at_least_one(number: int) -> None:
    if number < 1:
        raise ValidationError("Minst 1.")


def not_negative(number: int) -> None:
    if number < 0:
        raise ValidationError("Minst 0.")


def long_enough(keys: list[str]) -> None:
    if any(len(key) < safety.SHORTEST_SECRET_KEY for key in keys):
        raise ValidationError(f"Minst {safety.SHORTEST_SECRET_KEY} tecken.")


def email_url(name: str, default: str) -> dict[str, Any]:
    """The settings in an address like submission://user:password@host. Raises ValueError or EnvError."""
    parts: dict[str, Any] = env.dj_email_url(name, default)
    if "EMAIL_BACKEND" not in parts:  # the package passes over a kind of address it does not know
        raise ValueError(name)
    return parts


BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("FINSAM_DATA_DIR", str(BASE_DIR / "var")))

ENVIRONMENT = env.str("ENVIRONMENT", "production")  # production, or local for one's own machine
LOCAL = ENVIRONMENT == "local"

SECRET_KEY = env.str("SECRET_KEY", "")
# The keys before it, while it is being changed: what they have signed still holds, and nobody is signed out.
SECRET_KEY_FALLBACKS: list[str] = understood(env.list, "SECRET_KEY_FALLBACKS", [], validate=long_enough)
DEBUG = understood(env.bool, "DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost"] if LOCAL else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
BEHIND_PROXY = understood(env.bool, "BEHIND_PROXY", False)

# Of who runs this installation: where faults in accessibility are reported.
ACCESSIBILITY_CONTACT = understood(env.str, "ACCESSIBILITY_CONTACT", "", validate=validate.Email())
ACCESS_LOG_MONTHS = understood(env.int, "ACCESS_LOG_MONTHS", 24, validate=at_least_one)

INSTALLED_APPS = [
    "finsam.apps.FinsamConfig",
    "allauth",  # its translations; before members, whose support pages replace theirs
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "members",
    "projects",
    "budgets",
    "plans",
    "csp",
    "django_prose_editor",  # its scripts: the text editor of a section
    "djmoney",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "finsam.request_ids.RequestIdMiddleware",
    "finsam.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "finsam.headers.PermissionsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "finsam.methods.MethodsMiddleware",
    "finsam.only_utf8.OnlyUtf8Middleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "finsam.sign_in_required.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "members.second_factor.SecondFactorMiddleware",
]

ROOT_URLCONF = "finsam.urls"
WSGI_APPLICATION = "finsam.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["finsam.templatetags.swedish_text"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": understood(env.dj_db_url, "DATABASE_URL", f"sqlite:///{DATA_DIR / 'finsam.sqlite3'}")}
DATABASES["default"] |= {
    "ATOMIC_REQUESTS": False,
    "CONN_MAX_AGE": 600,  # seconds that a thread of the server keeps its connection
    "CONN_HEALTH_CHECKS": True,  # a database that has started anew costs nobody an error
    "OPTIONS": database.options(
        DATABASES["default"]["ENGINE"],
        DATABASES["default"].get("OPTIONS", {}),
        seconds=understood(env.int, "DATABASE_SECONDS", 0, validate=not_negative),
    ),
}

# In the database, as several processes count together in it. Only signing in uses it: see ADR 13.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "finsam_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that a flood does not push out what is counted
    }
}

# -- signing in: docs/operation.md, ADR 13 -------------------------------------------------------------

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "members.password_words.ContextWordsValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "my_federations"
LOGOUT_REDIRECT_URL = "sign_in"
ADMIN_SECOND_FACTOR = understood(env.bool, "ADMIN_SECOND_FACTOR", not LOCAL)

ACCOUNT_ADAPTER = "members.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is vouched for by staff, or by the invitation sent to it
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to people who have nothing to do with Finsam
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE, never longer
ACCOUNT_RATE_LIMITS = {  # per minute: attempts from one address; and failures for one account
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 0  # how many of the addresses in X-Forwarded-For to believe, from the right

MFA_ADAPTER = "members.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "members.key_forms.AddKeyForm",
    "login_webauthn": "members.key_forms.SignInWithKeyForm",
    "authenticate_webauthn": "members.key_forms.SecondFactorKeyForm",
    "reauthenticate_webauthn": "members.key_forms.ConfirmWithKeyForm",
}
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute wrong
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL  # http://localhost

SOCIALACCOUNT_ADAPTER = "members.adapters.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
OIDC = {
    name: env.str(name, "")
    for name in ("OIDC_NAME", "OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
}
OIDC_TRUST_EMAIL = understood(env.bool, "OIDC_TRUST_EMAIL", False)
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if all(OIDC.values()):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "oidc",
            "name": OIDC["OIDC_NAME"],
            "client_id": OIDC["OIDC_CLIENT_ID"],
            "secret": OIDC["OIDC_CLIENT_SECRET"],
            "settings": {"server_url": OIDC["OIDC_SERVER_URL"]},
        }
    ]

EMAIL = understood(email_url, "EMAIL_URL", "console://")
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL["EMAIL_HOST"]
EMAIL_PORT = EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL["EMAIL_USE_TLS"]
EMAIL_USE_SSL = EMAIL["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", "Finsam <finsam@localhost>")

LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [("guide", BASE_DIR / "docs" / "guide" / "pictures")]
STATIC_ROOT = Path(env.str("FINSAM_STATIC_DIR", str(DATA_DIR / "static")))
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if LOCAL:  # no collected files needed to try things out; served straight from the packages
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    WHITENOISE_USE_FINDERS = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CURRENCIES = ("SEK",)
DEFAULT_CURRENCY = "SEK"

# A name with __Host- is only taken over https, from this very site; without https there is none.
SESSION_COOKIE_NAME = "finsam-session" if LOCAL else "__Host-finsam-session"
CSRF_COOKIE_NAME = "csrftoken" if LOCAL else "__Host-csrftoken"
MESSAGE_COOKIE_NAME = "messages" if LOCAL else "__Host-finsam-messages"
MESSAGE_STORAGE = "finsam.message_cookie.MessageStorage"
SESSION_ENGINE = "members.sessions"
SESSION_COOKIE_AGE = 60 * 60 * understood(env.int, "SESSION_HOURS", 12, validate=at_least_one)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SECURE_SSL_REDIRECT = understood(env.bool, "SECURE_SSL_REDIRECT", not LOCAL)
SECURE_REDIRECT_EXEMPT = [r"^halsa/"]  # the probes of a balancer ask the process itself, past the proxy
SECURE_HSTS_SECONDS = 0 if LOCAL else understood(env.int, "SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = understood(env.int, "PROXY_COUNT", 1, validate=at_least_one)

# Everything a page uses is a file of our own. What is not named is not allowed.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LOG_LEVEL = env.str("LOG_LEVEL", "WARNING")
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
    UNREADABLE.append("LOG_LEVEL")
    LOG_LEVEL = "WARNING"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "without_secrets": {"()": "finsam.log_filter.WithoutSecrets"},
        "about_request": {"()": "finsam.request_log.AboutRequest"},
    },
    "formatters": {
        "json": {"()": "finsam.log_format.JsonLines"},
        "plain": {"()": "finsam.log_format.PlainLines"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["without_secrets", "about_request"],
            "formatter": "plain" if LOCAL else "json",
        }
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "finsam.request": {"level": LOG_LEVEL if LOCAL else "INFO"},
        "finsam.sign_in": {"level": LOG_LEVEL if LOCAL else "INFO"},
    },
}

if UNREADABLE or safety.problems(
    environment=ENVIRONMENT, secret_key=SECRET_KEY, debug=DEBUG, allowed_hosts=ALLOWED_HOSTS, oidc=OIDC
):
    # Nothing will start; and what Django checks on the way to saying so is to make no database.
    DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}}
