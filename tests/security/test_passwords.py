"""What a password may be, and what it may not. More of it in tests/members/test_sign_in.py."""

import pytest
from django.conf import settings
from django.contrib.auth import hashers
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from members.models import User
from tests.members import people
from tests.members.people import client_of
from tests.members.shown_page import shown

GOOD = (
    "två blå cyklar i regn",
    "a" * 5 + "hjulspindeln" + "x" * 60,
    "ALLT MED STORA BOKSTÄVER",
    "73918264550917",
    "🐳 och sjutton måsar",
    "  mellanslag runt om  ",
    "'; DROP TABLE members_user; --",
)
BAD = (
    "kort",
    "elvatecken1",
    "password1234",
    "qwertyuiop12",
    "finsamfinsam",
    "Samordningsförbund1",
    "verksamhetsplan2021",
)


@pytest.mark.parametrize("password", GOOD)
def test_any_long_sentence_will_do_whatever_its_signs(password):
    validate_password(password, User(email="karin@example.se", name="Karin Ek"))


@pytest.mark.parametrize("password", BAD)
def test_what_others_would_guess_will_not(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(email="karin@example.se", name="Karin Ek"))


@pytest.mark.django_db
@pytest.mark.parametrize("password", GOOD)
def test_it_is_taken_letter_by_letter(password):
    people.user("karin@example.se").set_password(password)
    user = User.objects.get()
    user.set_password(password)
    user.save()

    def let_in(typed: str) -> bool:
        return Client().post("/logga-in/", {"login": user.email, "password": typed}).status_code == 302

    assert let_in(password)
    assert not let_in(password[:-1])
    assert not let_in(password.swapcase() if password.swapcase() != password else f"{password}a")


@pytest.mark.django_db
def test_the_fields_are_hidden_and_may_be_filled_in_by_a_program(client):
    pages = [shown(client.get("/logga-in/")), shown(client_of(people.user()).get("/konto/losenord/"))]
    fields = [each for page in pages for each in page.all("input", type="password")]
    assert len(fields) >= 3
    for each in fields:
        assert each.attributes["autocomplete"] in ("current-password", "new-password")
        assert "maxlength" not in each.attributes
        assert "onpaste" not in each.attributes


def test_what_is_stored_is_slow_to_guess():
    """The tests themselves use a quick one; this is the one that everybody else uses."""
    from django.conf import global_settings

    assert "PASSWORD_HASHERS" not in (settings.BASE_DIR / "finsam" / "settings.py").read_text()
    assert global_settings.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    assert hashers.PBKDF2PasswordHasher.iterations >= 600_000


@pytest.mark.django_db
def test_nobody_is_there_before_somebody_is_let_in():
    """No account comes with the application."""
    assert not User.objects.exists()
