"""The headers of every answer there is: what a page may do, who may frame it, where it may be kept."""

import pytest
from django.conf import settings
from django.test import Client

from members.models import RoleKind
from tests.finsam.test_content_policy import POLICY, policy
from tests.plans.access_table import TABLE
from tests.plans.test_access import account_pages, read
from tests.security.attacks import who_reads

pytestmark = pytest.mark.django_db

SECURE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TELLING = ("Server", "X-Powered-By", "X-AspNet-Version", "Via", "Access-Control-Allow-Origin")
"""What nobody is to be told of, and what would let other sites read."""
INVITATION = {"Referrer-Policy": "strict-origin"}  # its form needs Origin; see ADR 14


def assert_secure(answer, what: str, **but: str) -> None:
    assert policy(answer) == POLICY, what
    assert {name: answer.get(name) for name in SECURE} == {**SECURE, **but}, what
    assert "geolocation=()" in answer["Permissions-Policy"], what
    assert not [name for name in TELLING if name in answer], what
    kind = answer.get("Content-Type", "")
    assert not kind.startswith("text/") or "charset=utf-8" in kind.lower(), (what, kind)


def answers(scene) -> dict[str, tuple[str, object]]:
    """Of every address, to somebody who may, to somebody who may not, and to a form without its token."""
    stranger, strict = Client(), Client(enforce_csrf_checks=True)
    found = {}
    for name, row in TABLE.items():
        address = row.at(name, scene.here)
        who = who_reads(name) or RoleKind.DIRECTOR
        found[name] = (who, read(scene.client(who), address))
        found[f"{name}, not signed in"] = ("", read(stranger, address))
        found[f"{name}, without a token"] = ("", strict.post(address, {}))
    return found


def test_every_answer_keeps_a_page_to_what_is_ours(scene):
    for what, (_, answer) in answers(scene).items():
        more = INVITATION if what.startswith("accept_invitation") and answer.status_code != 403 else {}
        assert_secure(answer, what, **more)


@pytest.mark.parametrize(
    "address", ["/finns/inte/", "/norrby", "/static/finsam/base.css", "/admin/", "/%00/"]
)
def test_so_do_answers_that_no_view_gives(scene, address):
    assert_secure(scene.client(RoleKind.DIRECTOR).get(address), address)


def test_so_do_the_pages_of_ones_account(scene):
    client = scene.client(RoleKind.DIRECTOR)
    for address in account_pages():
        assert_secure(read(client, address), address)


def test_so_does_an_error_of_ours(scene, monkeypatch, caplog):
    from members.views import federations

    def broken(user):
        raise RuntimeError

    monkeypatch.setattr(federations, "accesses", broken)
    client = scene.client(RoleKind.DIRECTOR)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert_secure(answer, "500")


def test_a_scripted_file_that_is_sent_out_is_saved_and_never_shown(scene):
    """Whatever somebody sent in, or made of what somebody wrote, has a name and opens no page of ours."""
    client = scene.client(RoleKind.DIRECTOR)
    kept_as_files = 0
    for name, row in TABLE.items():
        answer = read(client, row.at(name, scene.here))
        kind = answer.get("Content-Type", "").partition(";")[0]
        is_file = row.of_federation and answer.status_code == 200
        if is_file and kind not in (
            "text/html",
            "application/json",
            "image/png",
            "image/jpeg",
        ):
            assert answer["Content-Disposition"].startswith(("attachment; filename", "inline; filename")), (
                name
            )
            kept_as_files += 1
    assert kept_as_files >= 5


def test_the_settings_that_only_https_shows():
    assert "SECURE_HSTS_SECONDS" in (settings.BASE_DIR / "finsam" / "settings.py").read_text()
