"""The second factor: adding it, signing in with it, and being asked for it where it is demanded."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import path

from finsam import urls
from members.access import NEEDS_SECOND_FACTOR, Action, access
from members.models import Federation, RoleKind, User
from tests.loading import load
from tests.members import people
from tests.members.code_app import code, wrong_code
from tests.members.people import PASSWORD, client_of
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db(transaction=True)  # a factor is noted when its transaction is through

WORK = "/norrby/arbete/"
WHY = "Norrby kräver en andra faktor av den som ändrar eller beslutar."


def work(request, slug, action):
    """Stands for any page of those who edit."""
    from django.http import HttpResponse

    return HttpResponse(access(request, slug, Action(action)).federation.name)


class Pages:
    urlpatterns = [path("<slug:slug>/arbete/<str:action>/", work), *urls.urlpatterns]


@pytest.fixture(autouse=True)
def _a_page_for_each_action(settings):
    import sys
    import types

    module = types.ModuleType("pages_of_second_factor")
    module.urlpatterns = Pages.urlpatterns
    sys.modules[module.__name__] = module
    settings.ROOT_URLCONF = module.__name__


@pytest.fixture(autouse=True)
def _nothing_counted_before() -> None:
    cache.clear()


@pytest.fixture
def norrby() -> Federation:
    return people.federation(second_factor_demanded=True)


@pytest.fixture
def karin(norrby) -> User:
    return people.with_role(norrby, RoleKind.DIRECTOR, people.user("karin@example.se", name="Karin Ek"))


def address(action: Action = Action.EDIT_WORKING_COPY) -> str:
    return f"{WORK}{action}/"


def sign_in(client: Client, **fields):
    return client.post("/logga-in/", {"login": "karin@example.se", "password": PASSWORD, **fields})


def secret_on(page) -> str:
    return page.one("p", css="secret").text


def add_app(client: Client) -> str:
    """Adds an app to one who has just signed in; its secret."""
    secret = secret_on(shown(client.get("/konto/kodapp/")))
    answer = client.post("/konto/kodapp/", {"code": code(secret)})
    assert answer["Location"] == "/konto/reservkoder/"
    return secret


@pytest.fixture
def with_app(karin, client) -> tuple[Client, str]:
    """Karin's browser, where she has just added an app."""
    sign_in(client)
    return client, add_app(client)


def later(client: Client) -> None:
    """As when more than the five minutes have passed in which nobody is asked again."""
    session = client.session
    for each in session["account_authentication_methods"]:
        each["at"] -= 3600
    session.save()


# -- it works ----------------------------------------------------------------------------------------


def test_an_editor_is_led_to_add_one_and_then_back(karin, client):
    sign_in(client)
    asked = client.get(f"{address()}?enhet=tkr", follow=True)
    page = shown(asked)
    assert page.one("h1").text == "Mitt konto"
    assert WHY in page.one("main").text
    add_app(client)
    codes = shown(client.get("/konto/reservkoder/"))
    assert len(codes.one("ul", css="codes").all("li")) == 10
    onward = codes.one("a", href="/konto/vidare/")
    assert onward.text == "Jag har sparat dem, fortsätt"
    assert client.get(onward.href)["Location"] == f"{address()}?enhet=tkr"
    assert client.get(address()).content.decode() == "Samordningsförbundet Norrby"


def test_the_next_time_it_is_part_of_signing_in(with_app):
    _, secret = with_app
    browser = Client()
    asked = sign_in(browser, next=address())
    assert asked["Location"] == "/logga-in/andra-faktor/"
    assert browser.get("/norrby/").status_code == 302, "not in yet"
    assert shown(browser.get(asked["Location"])).one("h1").text == "Visa din andra faktor"
    # The code of the next half minute: the one now was used when the app was added.
    answer = browser.post(asked["Location"], {"code": code(secret, 1)})
    assert (answer.status_code, answer["Location"]) == (302, address())
    assert browser.get(address()).status_code == 200


def test_a_reserve_code_lets_in_once(with_app):
    client, _ = with_app
    spare = shown(client.get("/konto/reservkoder/")).one("ul", css="codes").all("li")[0].text
    for answered in (302, 200):
        browser = Client()
        sign_in(browser)
        answer = browser.post("/logga-in/andra-faktor/", {"code": spare})
        assert answer.status_code == answered
    assert "Koden stämmer inte." in shown(answer).one("ul", css="faults").text
    left = shown(client.get("/konto/reservkoder/")).one("ul", css="codes").all("li")
    assert len(left) == 9
    assert spare not in [each.text for each in left]


def test_a_factor_added_in_another_browser_is_asked_for_in_this_one(karin, with_app):
    _, secret = with_app
    older = client_of(karin)  # signed in before, by password alone
    asked = older.get(address())
    assert asked["Location"] == f"/konto/bekrafta/kod/?next={address().replace('/', '%2F')}"
    page = shown(older.get(asked["Location"]))
    assert WHY in page.one("main").text
    assert not page.all("a", href="/konto/bekrafta/losenord/"), "the password is not enough"
    answer = older.post(asked["Location"], {"code": code(secret, 1)})
    assert answer["Location"] == address()
    assert older.get(address()).status_code == 200


def test_it_is_told_by_e_mail(with_app, mailoutbox):
    assert [mail.body for mail in mailoutbox if "En kodapp är tillagd." in mail.body]


def test_the_app_is_removed_only_after_showing_it(karin, with_app, mailoutbox):
    client, secret = with_app
    later(client)
    asked = client.get("/konto/kodapp/ta-bort/")
    assert asked["Location"].startswith("/konto/bekrafta/kod/")
    client.post(asked["Location"], {"code": code(secret, 1)})
    done = client.post("/konto/kodapp/ta-bort/", follow=True)
    assert "Kodappen är borttagen." in shown(done).text
    assert not Authenticator.objects.filter(user=karin).exists()
    assert "Kodappen är borttagen." in mailoutbox[-1].body


# -- where it is demanded ----------------------------------------------------------------------------


@pytest.mark.parametrize("action", Action)
def test_it_is_demanded_for_what_needs_it_and_nothing_else(karin, norrby, action):
    people.with_role(norrby, RoleKind.CHAIR, karin)  # who decides
    answer = client_of(karin).get(address(action))
    if action in NEEDS_SECOND_FACTOR:
        assert (answer.status_code, answer["Location"]) == (302, "/konto/")
    else:
        assert answer.status_code == 200


def test_the_right_to_edit_needs_it():
    assert {each for each in Action if "edit" in each.value or "create" in each.value} <= NEEDS_SECOND_FACTOR


def test_a_federation_may_do_without(karin, norrby):
    norrby.second_factor_demanded = False
    norrby.save()
    assert client_of(karin).get(address()).status_code == 200


def test_a_new_federation_demands_it():
    assert Federation().second_factor_demanded


def test_who_has_not_the_right_is_told_so_and_not_to_add_a_factor(norrby):
    observer = client_of(people.with_role(norrby, RoleKind.OBSERVER))
    assert observer.get(address()).status_code == 403
    assert client_of(people.user()).get(address()).status_code == 404


def test_a_script_of_the_page_gets_a_sentence_and_no_other_page(karin):
    for headers in ({"hx-request": "true"}, {"sec-fetch-mode": "cors"}):
        answer = client_of(karin).get(address(), headers=headers)
        assert answer.status_code == 403
        assert answer.content.decode() == f"{WHY} Ladda om sidan, så får du visa den."


def test_what_was_posted_leads_back_to_the_page_it_was_posted_from(karin, client):
    sign_in(client)
    client.post(address(), headers={"referer": "http://testserver/norrby/"})
    add_app(client)
    assert client.get("/konto/vidare/")["Location"] == "http://testserver/norrby/"


def test_a_page_of_another_site_is_not_led_back_to(karin, client):
    sign_in(client)
    client.post(address(), headers={"referer": "https://example.com/"})
    add_app(client)
    assert client.get("/konto/vidare/")["Location"] == "/"


def test_asking_costs_no_query(norrby, with_app, django_assert_num_queries):
    """As many as without a demand: session, user, roles."""
    client, _ = with_app
    for demanded in (False, True):
        norrby.second_factor_demanded = demanded
        norrby.save()
        with django_assert_num_queries(3):
            assert client.get(address()).status_code == 200


def test_the_overview_shows_nothing_of_the_draft_to_who_lacks_it(client, karin):
    """The same person sees it after showing a factor."""
    gotland = load(settings.BASE_DIR / "fixtures" / "gotland")[0]
    Federation.objects.filter(pk=gotland.pk).update(second_factor_demanded=True)
    people.with_role(gotland, RoleKind.DIRECTOR, karin)
    sign_in(client)
    assert "2 162 000" not in shown(client.get("/gotland/")).text
    assert "Underskott" not in shown(client.get("/gotland/")).text
    add_app(client)
    assert "Underskott" in shown(client.get("/gotland/")).text


# -- who may not -------------------------------------------------------------------------------------


def test_a_wrong_code_adds_no_app(karin, client):
    sign_in(client)
    secret = secret_on(shown(client.get("/konto/kodapp/")))
    page = shown(client.post("/konto/kodapp/", {"code": wrong_code(secret)}))
    assert "Koden stämmer inte." in page.one("ul", css="faults").text
    assert secret_on(page) == secret, "the app that was set up still fits"
    assert not Authenticator.objects.filter(user=karin).exists()


def test_a_wrong_code_does_not_let_in(with_app):
    _, secret = with_app
    browser = Client()
    sign_in(browser)
    page = shown(browser.post("/logga-in/andra-faktor/", {"code": wrong_code(secret)}))
    assert "Koden stämmer inte." in page.one("ul", css="faults").text
    assert browser.get("/regler/").status_code == 302


def test_codes_cannot_be_guessed_for_long(with_app):
    _, secret = with_app
    browser = Client()
    sign_in(browser)
    for _ in range(5):
        browser.post("/logga-in/andra-faktor/", {"code": wrong_code(secret)})
    page = shown(browser.post("/logga-in/andra-faktor/", {"code": code(secret, 1)}))
    assert "För många försök." in page.one("ul", css="faults").text
    assert browser.get("/regler/").status_code == 302


def test_a_code_is_not_taken_twice(with_app):
    _, secret = with_app
    answers = []
    for _ in range(2):
        browser = Client()
        sign_in(browser)
        answers.append(browser.post("/logga-in/andra-faktor/", {"code": code(secret, 1)}).status_code)
    assert answers == [302, 200]


def test_with_a_password_alone_nobody_adds_a_factor_beside_the_one_there_is(karin, with_app):
    older = client_of(karin)
    for page in (
        "/konto/nycklar/ny/",
        "/konto/reservkoder/",
        "/konto/reservkoder/nya/",
        "/konto/kodapp/ta-bort/",
    ):
        assert older.get(page)["Location"].startswith("/konto/bekrafta/kod/"), page
    answer = older.post("/konto/bekrafta/losenord/", {"password": PASSWORD})
    assert answer["Location"].startswith("/konto/bekrafta/kod/")
    assert older.get("/konto/nycklar/ny/").status_code == 302


def test_the_first_factor_is_added_only_by_who_just_showed_the_password(karin, client):
    sign_in(client)
    later(client)
    asked = client.get("/konto/kodapp/")
    assert asked["Location"] == "/konto/bekrafta/losenord/?next=%2Fkonto%2Fkodapp%2F"
    wrong = client.post(asked["Location"], {"password": "fel lösenord"})
    assert "Lösenordet stämmer inte." in shown(wrong).one("ul", css="faults").text
    assert client.post(asked["Location"], {"password": PASSWORD})["Location"] == "/konto/kodapp/"
    assert client.get("/konto/kodapp/").status_code == 200


@pytest.mark.parametrize(
    "page",
    [
        "/konto/",
        "/konto/kodapp/",
        "/konto/nycklar/",
        "/konto/nycklar/ny/",
        "/konto/reservkoder/",
        "/konto/losenord/",
    ],
)
def test_the_account_is_closed_to_those_who_are_not_signed_in(client, page):
    assert client.get(page)["Location"].startswith("/logga-in/?next=/konto/")


@pytest.mark.parametrize("page", ["/konto/kodapp/ta-bort/", "/konto/reservkoder/nya/"])
def test_looking_changes_nothing(karin, with_app, page):
    client, _ = with_app
    before = list(Authenticator.objects.values_list("pk", "type", "data"))
    assert client.get(page).status_code == 200
    assert list(Authenticator.objects.values_list("pk", "type", "data")) == before


def test_the_keys_of_others_are_not_found(karin, with_app):
    client, _ = with_app
    theirs = Authenticator.objects.create(user=people.user(), type="webauthn", data={"name": "x"})
    for what in ("", "ta-bort/"):
        assert client.get(f"/konto/nycklar/{theirs.pk}/{what}").status_code == 404


# -- support -----------------------------------------------------------------------------------------


def test_support_removes_a_lost_factor_and_sees_no_secret(karin, with_app):
    _, secret = with_app
    staff = client_of(people.user("stod@example.se", is_staff=True, is_superuser=True))
    app = Authenticator.objects.get(type="totp")
    page = staff.get(f"/admin/mfa/authenticator/{app.pk}/change/")
    assert page.status_code == 200
    assert secret not in page.content.decode()
    assert staff.post(f"/admin/mfa/authenticator/{app.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Authenticator.objects.filter(pk=app.pk).exists()
    assert staff.get("/admin/socialaccount/socialtoken/").status_code == 404


# -- odd input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "credential",
    [
        *("", "skräp", "[]", "{}", '{"response": {"userHandle": "%%%"}}', '{"id": "x", "response": {}}'),
        *("9" * 5_000, "[" * 100_000, '{"response": ' + "[" * 100_000),
    ],
    ids=lambda credential: credential[:20],
)
def test_a_key_that_makes_no_sense_is_an_ordinary_error(karin, credential):
    client = Client()
    answer = client.post("/logga-in/nyckel/", {"credential": credential})
    assert (answer.status_code, answer["Location"]) == (302, "/logga-in/")
    sign_in(client)
    assert client.post("/konto/nycklar/ny/", {"credential": credential, "name": "x"}).status_code == 200


@pytest.mark.parametrize("what", ["", "  ", "abc", "1" * 5000, "\0"])
def test_a_code_that_makes_no_sense_is_an_ordinary_error(with_app, what):
    browser = Client()
    sign_in(browser)
    assert shown(browser.post("/logga-in/andra-faktor/", {"code": what})).one("ul", css="faults")
