"""The cookies there are, as they are set in production: for this very site, over https, out of reach of
scripts where no script of ours needs them."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

ASK = """
import json, django
django.setup()
from django.conf import settings
from django.utils.module_loading import import_string
messages = import_string(settings.MESSAGE_STORAGE).storage_classes[0].cookie_name
names = {"SESSION": settings.SESSION_COOKIE_NAME, "CSRF": settings.CSRF_COOKIE_NAME, "messages": messages}
said = {}
for which, name in names.items():
    start = "CSRF" if which == "CSRF" else "SESSION"
    held = {each: getattr(settings, f"{start}_COOKIE_{each}") for each in WORDS}
    said[which] = {"name": name, **held}
print(json.dumps(said))
"""
WORDS = ("SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN")
"""What Django's settings say of a cookie. Those of the session hold for messages too."""


@pytest.fixture(scope="module")
def in_production(tmp_path_factory) -> dict[str, dict]:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "finsam.settings",
        "SECRET_KEY": "x" * 40,
        "ALLOWED_HOSTS": "finsam.example.se",
        "FINSAM_DATA_DIR": str(tmp_path_factory.mktemp("data")),
    }
    ran = subprocess.run(
        [sys.executable, "-c", f"WORDS = {WORDS}{ASK}"],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env=environment,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize("which", ["SESSION", "CSRF", "messages"])
def test_a_cookie_is_this_sites_own_and_goes_over_https_only(in_production, which):
    said = in_production[which]
    assert said["name"].startswith("__Host-")
    assert said["SECURE"] is True
    assert (said["SAMESITE"], said["PATH"], said["DOMAIN"]) == ("Lax", "/", None)


@pytest.mark.parametrize("which", ["SESSION", "messages"])
def test_no_script_reads_it(in_production, which):
    assert in_production[which]["HTTPONLY"] is True


def test_the_script_that_sends_the_token_finds_it_by_either_name():
    script = (settings.BASE_DIR / "finsam" / "static" / "finsam" / "budget-answer.js").read_text()
    assert "(?:__Host-)?csrftoken=" in script
