"""Pytest plugin that sets the environment Finsam's settings are read from.

pytest-django reads the settings before any conftest.py, so pyproject.toml loads this with `-p`.
DATABASE_URL is left as it is: it decides which database the tests run on, SQLite when not set.
"""

import gc
import os
import tempfile

import pytest

SET_BY_A_DEVELOPER = (  # and would change what the tests see
    "ACCESSIBILITY_CONTACT",
    "ACCESS_LOG_MONTHS",
    "ADMIN_SECOND_FACTOR",
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_SECONDS",
    "DEBUG",
    "EMAIL_FROM",
    "EMAIL_URL",
    "FINSAM_STATIC_DIR",
    "LOG_LEVEL",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_NAME",
    "OIDC_SERVER_URL",
    "OIDC_TRUST_EMAIL",
    "PROXY_COUNT",
    "SECRET_KEY_FALLBACKS",
    "SECURE_HSTS_SECONDS",
    "SECURE_SSL_REDIRECT",
    "SESSION_HOURS",
)

for variable in SET_BY_A_DEVELOPER:
    os.environ.pop(variable, None)

# Uploads and the SQLite file too end up here, never in a developer's own data.
data_dir = tempfile.TemporaryDirectory(prefix="finsam-test-", ignore_cleanup_errors=True)

os.environ["ENVIRONMENT"] = "local"
os.environ["SECRET_KEY"] = "not secret: used by tests and nothing else"
os.environ["FINSAM_DATA_DIR"] = data_dir.name

# What is imported and collected, half a million objects, lives to the end of the run: looking through it for
# garbage again and again took a third of the time of collecting.
gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    data_dir.cleanup()
