"""The headers that keep a page to what is ours, and the templates that must live with them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from members.models import RoleKind
from tests.members import people
from tests.members.people import client_of

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))

POLICY = {
    "default-src": "'none'",
    "object-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def policy(answer) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/logga-in/", 200),
        ("/", 302),
        ("/norrby/", 200),
        ("/finns/inte/", 404),
        ("/konto/", 200),
        ("/admin/", 200),
    ],
)
def test_every_answer_says_what_its_page_may_do(address, status):
    federation = people.federation()
    who = people.user(is_staff=True, is_superuser=True)
    people.with_role(federation, RoleKind.DIRECTOR, who)
    client = Client() if address == "/logga-in/" else client_of(who)
    answer = client.get(address)
    assert answer.status_code == status
    assert policy(answer) == POLICY
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"


INLINE = re.compile(
    r"""<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*(src=|type="application/json"))""",
    re.I,
)


PLAN_TEMPLATES = settings.BASE_DIR / "templates" / "plans"
STANDALONE = [PLAN_TEMPLATES / "document" / "standalone.html", PLAN_TEMPLATES / "log" / "bundle.html"]
"""Files to keep, that no server sends and no policy reads: their styles are within them."""


@pytest.mark.parametrize(
    "template",
    [each for each in TEMPLATES if each not in STANDALONE],
    ids=lambda file: str(file.relative_to(settings.BASE_DIR)),
)
def test_no_template_has_style_or_script_of_its_own(template: Path):
    assert not [each.group() for each in INLINE.finditer(template.read_text())]


@pytest.mark.parametrize(
    "text",
    [
        "<style>",
        '<p style="color: red">',
        '<a onclick="x()">',
        '<a href="javascript:x">',
        "<script>",
        "<script defer>",
    ],
)
def test_style_and_script_would_be_found(text):
    assert INLINE.search(text)
