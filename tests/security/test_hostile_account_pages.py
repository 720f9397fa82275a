"""The pages of signing in and of one's own account, with hostile values in every field that they look for;
and the support pages, as somebody who may do everything there. All of it in `make soak`, here some."""

from functools import partial
from random import Random
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.http import QueryDict
from django.test import Client

from tests.members import people
from tests.members.people import PASSWORD, client_of
from tests.plans.test_access import account_pages
from tests.security.attacks import LONGER_THAN_SERVERS_TAKE, Attack, fields, instead, on_form, run
from tests.security.scene import Scene

pytestmark = pytest.mark.django_db

SOME = 8
"""At each address in the ordinary run, and of the support pages at every sixth kind of row."""
RIGHT = {
    "login": "karin@example.se",
    "password": PASSWORD,
    "email": "karin@example.se",
    "oldpassword": PASSWORD,
    "password1": "en helt annan lång mening",
    "password2": "en helt annan lång mening",
    "name": "Nyckeln",
    "code": "123456",
    "credential": "{}",
    "unlink": "",
    "next": "/norrby/",
}


def chosen(attacks: list[Attack], name: str, some: int | None) -> list[Attack]:
    return attacks if some is None else Random(name).sample(attacks, min(some, len(attacks)))


def faults_of_account(scene: Scene, signed_in: bool, some: int | None = None) -> list[str]:
    people.user("karin@example.se", name="Karin Ek")
    found = []
    for address in sorted(set(account_pages())):
        client = Client()
        if signed_in:
            client.post("/logga-in/", {"login": "karin@example.se", "password": PASSWORD})
        with transaction.atomic():
            attacks = on_form(scene, client, address, RIGHT)
            found += run(scene, client, chosen(attacks, address, some))
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("signed_in", [False, True])
def test_no_field_of_ones_account_breaks(scene, signed_in):
    assert faults_of_account(scene, signed_in, SOME) == []


@pytest.mark.soak
@pytest.mark.parametrize("signed_in", [False, True])
def test_no_field_of_ones_account_breaks_at_all(scene, signed_in):
    assert faults_of_account(scene, signed_in) == []


# -- the support pages -------------------------------------------------------------------------------


def as_shown(client: Client, address: str) -> dict[str, Any] | None:
    """What a form of the support pages would send as it stands; none when it shows no form."""
    answer = client.get(address)
    if answer.status_code != 200 or "adminform" not in (answer.context or {}):
        return None
    sent: dict[str, Any] = {}
    forms = [answer.context["adminform"].form]
    for each in answer.context["inline_admin_formsets"]:
        forms += [each.formset.management_form, *each.formset.initial_forms]
    for form in forms:
        for name in form.fields:
            value = form[name].value()
            if value not in (None, False) and not isinstance(value, FieldFile):
                sent[form.add_prefix(name)] = value
    return sent


def of_model(scene: Scene, client: Client, model: type[Model]) -> list[Attack]:
    start = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    first = model._base_manager.order_by("pk").first()
    addresses = [f"{start}add/", *([f"{start}{first.pk}/change/"] if first else [])]
    attacks = []
    for address in addresses:
        right = as_shown(client, address)
        if right is not None:
            attacks += on_form(scene, client, address, right)
    asked = fields(
        scene, client, partial(client.get, start), {"q", "p", "o", "all", "e", "_facets", "pk__in"}
    )
    for name in asked:
        for what, values in instead({}, name, scene.theirs).items():
            if what not in LONGER_THAN_SERVERS_TAKE:
                query = QueryDict(mutable=True)
                query.setlist(name, [each.decode("latin-1") for each in values.get(name, [])])
                ask = partial(client.get, f"{start}?{query.urlencode()}")
                attacks.append(Attack(f"{start}?{name} {what}", ask))
    return attacks


def faults_of_support(scene: Scene, some: int | None = None) -> list[str]:
    client = client_of(people.user(is_staff=True, is_superuser=True))
    found = []
    for model in list(admin.site._registry)[:: 1 if some is None else 6]:
        with transaction.atomic():
            attacks = chosen(of_model(scene, client, model), model._meta.label, some)
            found += run(scene, client, attacks)
            transaction.set_rollback(True)
    return [each for each in found if "of the neighbour" not in each]  # support staff may reach everybody's


def test_no_field_of_the_support_pages_breaks(scene):
    assert faults_of_support(scene, SOME) == []


@pytest.mark.soak
def test_no_field_of_the_support_pages_breaks_at_all(scene):
    assert faults_of_support(scene) == []
