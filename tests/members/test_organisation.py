"""Signing in through the organisation (OIDC), set up by the environment alone."""

import os
import subprocess
import sys
from urllib.parse import parse_qs, urlparse

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as project
from django.test import Client

from finsam.safety import problems
from members.models import RoleKind, User
from tests.members import identity_provider, people
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db

VERIFIED = {"sub": "k", "email": "Karin@example.se", "email_verified": True}


@pytest.fixture
def organisation(settings):
    """A provider that runs, and a Finsam with it in its environment."""
    with identity_provider.running() as provider:
        app = {
            "provider_id": "oidc",
            "name": "Region Norrby",
            "client_id": identity_provider.CLIENT_ID,
            "secret": identity_provider.SECRET,
            "settings": {"server_url": provider.address},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield provider


@pytest.fixture
def karin() -> User:
    return people.user("karin@example.se", name="Karin Ek")


def sign_in(client: Client, provider, claims: dict, next_page: str = "/regler/"):
    """The whole way there and back, as a browser goes it."""
    provider.claims = claims
    page = shown(client.get("/logga-in/", {"next": next_page}))
    (form,) = [each for each in page.all("form") if "organisation" in each.attributes.get("action", "")]
    leaving = shown(client.post(form.attributes["action"]))
    out = urlparse(leaving.one("a").href)
    assert f"{out.scheme}://{out.netloc}{out.path}" == f"{provider.address}/authorize"
    state = parse_qs(out.query)["state"][0]
    return client.get("/logga-in/organisation/oidc/svar/", {"code": "x", "state": state})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# -- it works ----------------------------------------------------------------------------------------


def test_who_is_known_by_a_verified_address_is_let_in(client, organisation, karin):
    answer = sign_in(client, organisation, VERIFIED)
    assert (answer.status_code, answer["Location"]) == (302, "/regler/")
    assert client.session["_auth_user_id"] == str(karin.pk)


def test_the_next_time_it_is_the_person_that_counts_and_not_the_address(
    client, organisation, karin, mailoutbox
):
    sign_in(client, organisation, VERIFIED)
    assert "genom organisationen" in mailoutbox[0].body
    again = Client()
    sign_in(again, organisation, {**VERIFIED, "email": "karin.ek@example.se"})
    assert again.session["_auth_user_id"] == str(karin.pk)
    assert SocialAccount.objects.count() == 1


def test_the_page_asked_for_is_the_organisations_own_and_names_it(client, organisation):
    button = shown(client.get("/logga-in/")).one("button", type="submit", id="passkey_login")
    assert button
    assert "Logga in med Region Norrby" in shown(client.get("/logga-in/")).text


def test_without_one_nothing_of_it_is_seen(client):
    assert "organisation" not in shown(client.get("/logga-in/")).text
    assert client.post("/logga-in/organisation/oidc/").status_code == 404
    assert client.get("/logga-in/organisation/oidc/svar/").status_code == 404


def test_it_is_no_second_factor_here(client, organisation, karin):
    """What the organisation asked for is not known here: one is added in Finsam."""
    people.with_role(people.federation(second_factor_demanded=True), RoleKind.DIRECTOR, karin)
    sign_in(client, organisation, VERIFIED)
    assert client.get("/norrby/budget/")["Location"] == "/konto/"


def test_who_has_a_second_factor_shows_it_this_way_too(client, organisation, karin):
    Authenticator.objects.create(user=karin, type="totp", data={"secret": "x"})
    assert sign_in(client, organisation, VERIFIED)["Location"] == "/logga-in/andra-faktor/"
    assert not is_signed_in(client)


# -- who may not -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({**VERIFIED, "email": "okand@example.se"}, "Ingen i Finsam har den adressen."),
        ({**VERIFIED, "email_verified": False}, "intygar ingen e-postadress"),
        ({**VERIFIED, "email_verified": "false"}, "intygar ingen e-postadress"),
        ({"sub": "k", "email": "karin@example.se"}, "intygar ingen e-postadress"),
        ({"sub": "k"}, "intygar ingen e-postadress"),
    ],
)
def test_who_is_not_known_is_refused_with_the_reason(client, organisation, karin, claims, sentence):
    page = shown(sign_in(client, organisation, claims), 403)
    assert page.one("h1").text == "Du är inte inbjuden"
    assert sentence in page.text
    assert not is_signed_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_an_inactive_user_is_not_let_in(client, organisation, karin):
    sign_in(client, organisation, VERIFIED)
    User.objects.update(is_active=False)
    again = Client()
    answer = sign_in(again, organisation, VERIFIED)
    assert answer["Location"] == "/logga-in/avstangd/"
    assert shown(again.get(answer["Location"])).one("h1").text == "Kontot är avstängt"
    assert not is_signed_in(again)


def test_nobody_connects_an_identity_to_whom_they_are_already(organisation, karin):
    client = people.client_of(karin)
    organisation.claims = {**VERIFIED, "email": "annan@example.se"}
    leaving = shown(client.post("/logga-in/organisation/oidc/?process=connect"))
    state = parse_qs(urlparse(leaving.one("a").href).query)["state"][0]
    answer = client.get("/logga-in/organisation/oidc/svar/", {"code": "x", "state": state})
    assert answer.status_code == 403
    assert not SocialAccount.objects.exists()


def test_an_answer_nobody_asked_for_is_refused(client, organisation, karin):
    answer = client.get("/logga-in/organisation/oidc/svar/", {"code": "x", "state": "uppdiktat"})
    assert shown(answer, 401).one("h1").text == "Det gick inte att logga in"
    assert not is_signed_in(client)


def test_an_organisation_that_trusts_its_addresses_without_saying_so(client, organisation, karin, settings):
    settings.OIDC_TRUST_EMAIL = True
    sign_in(client, organisation, {"sub": "k", "email": "karin@example.se"})
    assert is_signed_in(client)


# -- when it does not work ---------------------------------------------------------------------------


def test_a_provider_that_is_down_is_an_ordinary_error(client, organisation, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:1"
    )
    answer = client.post("/logga-in/organisation/oidc/")
    assert shown(answer, 401).one("h1").text == "Det gick inte att logga in"


def test_a_link_starts_nothing(client, organisation):
    assert client.get("/logga-in/organisation/oidc/")["Location"] == "/logga-in/"


# -- the environment ---------------------------------------------------------------------------------

SHOW = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "finsam.settings"; import django; django.setup()
from django.test import RequestFactory
from allauth.socialaccount.adapter import get_adapter
print([each.name for each in get_adapter().list_providers(RequestFactory().get("/"))])
"""


@pytest.mark.parametrize("given", [True, False])
def test_the_environment_is_all_it_takes(tmp_path, given):
    provider = identity_provider.IdentityProvider("https://inloggning.example.se")
    done = subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=project.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "x" * 50,
            "ALLOWED_HOSTS": "finsam.example.se",
            "FINSAM_DATA_DIR": str(tmp_path),
            **(provider.settings if given else {}),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ("['Region Norrby']" if given else "[]")


SAFE = {
    "environment": "production",
    "secret_key": "x" * 50,
    "debug": False,
    "allowed_hosts": ["finsam.example.se"],
}


def test_half_of_the_variables_is_a_problem_that_names_the_rest():
    oidc = {
        "OIDC_NAME": "Norrby",
        "OIDC_SERVER_URL": "https://x.se",
        "OIDC_CLIENT_ID": "",
        "OIDC_CLIENT_SECRET": "",
    }
    assert [each.split()[0] for each in problems(**SAFE, oidc=oidc)] == [
        "OIDC_CLIENT_ID",
        "OIDC_CLIENT_SECRET",
    ]
    assert problems(**SAFE, oidc=dict.fromkeys(oidc, "")) == []


def test_a_provider_without_https_is_a_problem_in_production():
    oidc = dict.fromkeys(("OIDC_NAME", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"), "x")
    oidc["OIDC_SERVER_URL"] = "http://inloggning.example.se"
    assert problems(**SAFE, oidc=oidc) == ["OIDC_SERVER_URL ska börja med https://."]
    assert problems(**{**SAFE, "environment": "local"}, oidc=oidc) == []
