"""Where one is signed in: seeing it, ending it elsewhere, and what ends when a second factor changes."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from members.invitations import hashed
from members.models import Invitation, User
from tests.members import people
from tests.members.people import PASSWORD, client_of
from tests.members.shown_page import Element, shown
from tests.members.test_second_factor import add_app, later

pytestmark = pytest.mark.django_db
when_through = pytest.mark.django_db(transaction=True)
"""For what changes a factor, which is noted when its transaction is through."""

PAGE = "/konto/inloggad/"
ELSEWHERE = "/konto/inloggad/logga-ut/"
OUT = "Du är utloggad på dina andra enheter."
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1"


@pytest.fixture(autouse=True)
def _nothing_counted_before() -> None:
    cache.clear()


@pytest.fixture
def karin() -> User:
    return people.user("karin@example.se", name="Karin Ek")


def signed_in(user_agent: str = FIREFOX, address: str = "192.0.2.1", who: str = "karin@example.se") -> Client:
    client = Client(headers={"User-Agent": user_agent}, REMOTE_ADDR=address)
    answer = client.post("/logga-in/", {"login": who, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    return client


def is_in(client: Client) -> bool:
    return client.get("/regler/").status_code == 200


def page_of(client: Client) -> Element:
    return shown(client.get(PAGE))


def places(client: Client) -> list[str]:
    """What stands of each place on the page of that browser, without the words that only a reader says."""
    found = []
    for each in page_of(client).one("ul", css="cards").all("li"):
        found.append(" ".join([each.one("h2").text, *(line.text for line in each.all("p"))]))
    return found


def ways_out(client: Client) -> list[str]:
    """The addresses that the buttons of the other places send to."""
    forms = page_of(client).one("main").all("form")
    return [each.attributes["action"] for each in forms if each.attributes["action"] != ELSEWHERE]


def said(answer) -> list[str]:
    return [each.text for each in shown(answer).one("main").all(role="status")]


# -- seeing ------------------------------------------------------------------------------------------


def test_each_place_stands_there_with_its_browser_its_time_and_its_address(karin):
    here = signed_in()
    signed_in(SAFARI, "2001:db8::7")
    moment = r"Sedan \d+ [a-z]+ 20\d\d kl\. \d\d\.\d\d, från "
    mine, other = places(here)
    assert re.fullmatch(rf"Firefox på Windows \(den här\) {moment}192\.0\.2\.1", mine)
    assert re.fullmatch(rf"Safari på iPhone {moment}2001:db8::7", other)


def test_the_page_is_found_from_ones_account(karin):
    assert shown(signed_in().get("/konto/")).one("a", href=PAGE).text == "Se var du är inloggad"


def test_who_is_signed_in_nowhere_else_is_told_so_and_has_nothing_to_press(karin):
    signed_in(who=people.user().email)
    page = page_of(signed_in())
    assert "Du är bara inloggad här." in page.one("main").text
    assert not page.one("main").all("button")


def test_behind_a_proxy_it_is_the_address_that_the_proxy_saw(karin, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client(headers={"X-Forwarded-For": "198.51.100.9, 203.0.113.5"}, REMOTE_ADDR="127.0.0.1")
    client.post("/logga-in/", {"login": karin.email, "password": PASSWORD})
    assert places(client)[0].endswith("från 203.0.113.5")


def test_an_invented_address_in_a_header_is_not_shown(karin):
    client = Client(headers={"X-Forwarded-For": "203.0.113.5"}, REMOTE_ADDR="192.0.2.1")
    client.post("/logga-in/", {"login": karin.email, "password": PASSWORD})
    assert places(client)[0].endswith("från 192.0.2.1")


@pytest.mark.parametrize(
    "user_agent",
    [
        "",
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "Ö" * 40,
        "Å" * 20_000,
        "\x1b[2J\t%s{{ x }}",
    ],
    ids=["none", "script", "image", "swedish", "long", "control"],
)
def test_whatever_a_browser_calls_itself_nothing_of_it_is_shown(karin, user_agent):
    signed_in(user_agent)
    here = signed_in()
    assert places(here)[1].startswith("Okänd webbläsare Sedan")
    assert not user_agent or user_agent[:20] not in here.get(PAGE).content.decode()


def test_to_look_writes_nothing_and_notes_no_visit(karin):
    here = signed_in()
    before = list(UserSession.objects.values())
    here.get(PAGE, headers={"User-Agent": SAFARI}, REMOTE_ADDR="203.0.113.5")
    assert list(UserSession.objects.values()) == before


def test_it_is_for_who_is_signed_in():
    for address in (PAGE, ELSEWHERE, f"{PAGE}1/logga-ut/"):
        assert Client().get(address)["Location"].startswith("/logga-in/?next=/konto/")
        assert Client().post(address).status_code == 302


# -- ending ------------------------------------------------------------------------------------------


def test_one_is_ended_and_the_rest_go_on(karin):
    here, phone, third = signed_in(), signed_in(SAFARI), signed_in("curl/8.5.0")
    newest, older = ways_out(here)
    assert newest != older
    answer = here.post(older, follow=True)
    assert said(answer) == ["Du är utloggad där."]
    assert [is_in(each) for each in (here, phone, third)] == [True, False, True]
    assert [each.split(" Sedan")[0] for each in places(here)] == [
        "Firefox på Windows (den här)",
        "Okänd webbläsare",
    ]


def test_all_others_are_ended(karin):
    others = [signed_in(SAFARI), signed_in(), client_of(karin)]
    here = signed_in()
    stranger = signed_in(who=people.user().email)
    assert page_of(here).one("form", action=ELSEWHERE).one("button").text == "Logga ut överallt annars"
    assert said(here.post(ELSEWHERE, follow=True)) == ["Du är utloggad överallt annars."]
    assert [is_in(each) for each in others] == [False] * 3
    assert is_in(here)
    assert is_in(stranger)
    assert "Du är bara inloggad här." in page_of(here).text


@pytest.mark.parametrize("which", ["one", "all"])
def test_a_second_click_is_no_error(karin, which):
    here, _ = signed_in(), signed_in(SAFARI)
    (one,) = ways_out(here)
    address = one if which == "one" else ELSEWHERE
    first, second = here.post(address), here.post(address)
    assert [first["Location"], second["Location"]] == [PAGE, PAGE]
    assert is_in(here)
    assert len(places(here)) == 1


def test_the_session_of_somebody_else_is_not_there(karin):
    stranger = signed_in(who=people.user().email)
    theirs = UserSession.objects.get(session_key=stranger.session.session_key)
    assert signed_in().post(f"{PAGE}{theirs.pk}/logga-ut/").status_code == 404
    assert is_in(stranger)


@pytest.mark.parametrize("number", ["-1", "abc", "1;2", "%00", "9" * 5_000])
def test_a_number_that_makes_no_sense_ends_nothing(karin, number):
    here, phone = signed_in(), signed_in(SAFARI)
    assert here.post(f"{PAGE}{number}/logga-ut/").status_code == 404
    assert is_in(here)
    assert is_in(phone)


def test_nobody_is_thrown_out_of_where_they_are(karin):
    here = signed_in()
    own = UserSession.objects.get(session_key=here.session.session_key)
    assert here.post(f"{PAGE}{own.pk}/logga-ut/").status_code == 404
    assert is_in(here)


def test_a_link_ends_nothing(karin):
    here, phone = signed_in(), signed_in(SAFARI)
    for address in (*ways_out(here), ELSEWHERE):
        assert here.get(address)["Location"] == PAGE
    assert is_in(phone)


def test_who_has_not_just_shown_who_they_are_does_so_first_and_it_is_then_done(karin):
    phone = signed_in(SAFARI)
    here = signed_in()
    later(here)
    asked = here.post(ELSEWHERE)
    assert asked["Location"] == "/konto/bekrafta/losenord/?next=%2Fkonto%2Finloggad%2Flogga-ut%2F"
    assert is_in(phone)
    assert here.post(asked["Location"], {"password": "fel lösenord"}).status_code == 200
    assert is_in(phone)
    done = here.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert said(done) == ["Du är utloggad överallt annars."]
    assert not is_in(phone)
    assert is_in(here)


# -- a second factor that changes --------------------------------------------------------------------


@when_through
def test_a_factor_that_is_added_ends_the_others_and_says_so_once(karin):
    others = [signed_in(SAFARI), client_of(karin)]  # the other one has no row, as from before there were any
    stranger = signed_in(who=people.user().email)
    here = signed_in()
    add_app(here)
    assert said(here.get("/konto/")).count(OUT) == 1
    assert [is_in(each) for each in others] == [False, False]
    assert is_in(here)
    assert is_in(stranger)
    assert len(places(here)) == 1


@when_through
def test_nothing_is_said_when_there_were_none(karin):
    here = signed_in()
    add_app(here)
    assert OUT not in said(here.get("/konto/"))


@when_through
@pytest.mark.parametrize("page", ["/konto/kodapp/ta-bort/", "/konto/reservkoder/nya/"])
def test_a_factor_that_is_removed_or_made_anew_ends_the_others(karin, page):
    here = signed_in()
    add_app(here)
    here.get("/konto/")  # what was said of the app
    phone = client_of(karin)
    assert OUT in said(here.post(page, follow=True))
    assert not is_in(phone)
    assert is_in(here)


def test_a_wrong_code_and_a_look_end_nothing(karin):
    here = signed_in()
    phone = signed_in(SAFARI)
    shown(here.get("/konto/kodapp/"))
    here.post("/konto/kodapp/", {"code": "1"})
    here.get("/konto/nycklar/ny/")
    assert is_in(phone)


@when_through
@pytest.mark.parametrize("way", ["one", "chosen"])
def test_a_lost_factor_that_support_removes_ends_them_all_but_the_supports_own(karin, way):
    here = signed_in()
    add_app(here)
    staff = client_of(people.user("stod@example.se", is_staff=True, is_superuser=True))
    app = Authenticator.objects.get(type="totp")
    if way == "one":
        staff.post(f"/admin/mfa/authenticator/{app.pk}/delete/", {"post": "yes"})
    else:
        chosen = {"action": "delete_selected", "_selected_action": [app.pk], "post": "yes"}
        staff.post("/admin/mfa/authenticator/", chosen)
    assert not Authenticator.objects.filter(pk=app.pk).exists()
    assert not is_in(here)
    assert is_in(staff)


# -- the row and its session -------------------------------------------------------------------------


def rows() -> int:
    return UserSession.objects.count()


def test_the_row_goes_when_somebody_signs_out(karin):
    here = signed_in()
    assert rows() == 1
    here.post("/logga-ut/")
    assert rows() == 0


def test_the_daily_job_removes_the_rows_of_sessions_that_are_over_and_no_other(karin):
    over, here = signed_in(SAFARI), signed_in()
    Session.objects.filter(pk=over.session.session_key).update(expire_date=timezone.now())
    assert len(places(here)) == 1
    call_command("clearsessions")
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [here.session.session_key]


def test_it_is_the_same_place_when_its_key_is_a_new_one(karin):
    here, phone = signed_in(), signed_in(SAFARI)
    seen, before = places(here), phone.session.session_key
    (address,) = ways_out(here)
    phone.post("/konto/bekrafta/losenord/", {"password": PASSWORD})
    assert phone.session.session_key != before
    assert places(here) == seen
    here.post(address)
    assert not is_in(phone)


def test_a_new_password_leaves_only_the_place_where_it_was_chosen(karin):
    here = signed_in()
    signed_in(SAFARI)
    new = "en helt annan lång mening"
    here.post("/konto/losenord/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert [each.split(" Sedan")[0] for each in places(here)] == ["Firefox på Windows (den här)"]


def test_while_the_secret_key_is_changed_the_others_are_seen_and_nobody_is_thrown_out(karin, settings):
    phone = signed_in(SAFARI)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "n" * 50
    here = signed_in()
    assert len(places(here)) == 2
    assert is_in(phone)
    assert len(places(here)) == 2
    here.post(ELSEWHERE)
    assert not is_in(phone)


def test_a_session_from_before_there_were_rows_has_a_page_too(karin):
    before = client_of(karin)
    assert before.get(PAGE, headers={"User-Agent": FIREFOX}).status_code == 200
    assert places(before) == ["Okänd webbläsare (den här)"]
    assert len(places(signed_in())) == 1


def test_support_sees_no_list_of_where_people_are(karin):
    staff = client_of(people.user("stod@example.se", is_staff=True, is_superuser=True))
    assert staff.get("/admin/usersessions/usersession/").status_code == 404


def test_who_accepts_an_invitation_is_signed_in_somewhere_too():
    """The way in that is not through the page of signing in."""
    Invitation.objects.create(
        federation=people.federation(),
        email="bo@example.se",
        name="Bo Ask",
        kind="auditor",
        token_hash=hashed("hemlig"),
        invited_by=people.user(),
    )
    client = Client(headers={"User-Agent": FIREFOX})
    new = "fyra gröna lådor till"
    client.post("/inbjudan/hemlig/", {"name": "Bo Ask", "password": new, "repeated": new})
    assert [each.split(" Sedan")[0] for each in places(client)] == ["Firefox på Windows (den här)"]
    assert rows() == 1
