"""Filling the database with examples to try: only on one's own machine, and never over what is there."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from budgets.models import Budget
from members.models import Federation, Role, RoleKind, User
from plans.management.commands.load_demo import PASSWORD

pytestmark = pytest.mark.django_db


def load_demo() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def test_five_federations_and_a_user_for_every_role():
    printed = load_demo()
    assert Federation.objects.count() == 5
    assert Budget.objects.count() == 5
    assert {role.kind for role in Role.objects.filter(federation__slug="gotland")} == set(RoleKind)
    assert PASSWORD in printed
    for user in User.objects.all():
        assert user.email in printed
        assert user.check_password(PASSWORD)
        assert not (user.is_staff or user.is_superuser)


@pytest.mark.parametrize("address", ["forbundschef@demo.example", "observator@demo.example"])
def test_the_printed_address_and_password_sign_in(client, address):
    load_demo()
    answer = client.post("/logga-in/", {"login": address, "password": PASSWORD}, follow=True)
    assert answer.status_code == 200
    assert answer.context["user"].email == address


def test_the_director_reads_all_five_and_an_observer_one():
    load_demo()
    roles = Role.objects.values_list("user__email", flat=True)
    assert list(roles).count("forbundschef@demo.example") == 5
    assert list(roles).count("observator@demo.example") == 1


def test_running_it_again_keeps_what_the_users_have_changed():
    load_demo()
    director = User.objects.get(email="forbundschef@demo.example")
    director.set_password("något helt annat, mycket längre")
    director.save()
    Federation.objects.filter(slug="gotland").update(name="Finsam Gotland")
    Role.objects.filter(user=director, federation__slug="lund").delete()
    counted = {model: model.objects.count() for model in (User, Role, Federation, Budget)}

    load_demo()

    director.refresh_from_db()
    assert director.check_password("något helt annat, mycket längre")
    assert Federation.objects.get(slug="gotland").name == "Finsam Gotland"
    assert not Role.objects.filter(user=director, federation__slug="lund").exists()
    assert {model: model.objects.count() for model in counted} == counted


def test_it_refuses_anywhere_but_on_ones_own_machine(settings):
    settings.LOCAL = False
    with pytest.raises(CommandError, match="bara med ENVIRONMENT=local"):
        load_demo()
    assert not User.objects.exists()
    assert not Federation.objects.exists()
