"""Federations, and people with or without a role in them."""

from itertools import count
from typing import Any

from django.test import Client

from members.models import Federation, Member, Role, RoleKind, User

PASSWORD = "en ganska lång mening"  # of people who do not exist

_numbers = count(1)


def federation(slug: str = "norrby", **fields: Any) -> Federation:
    """A federation that demands no second factor, unless `fields` say so."""
    named = {
        "name": f"Samordningsförbundet {slug.capitalize()}",
        "short_name": slug.capitalize(),
        "second_factor_demanded": False,
    }
    return Federation.objects.create(slug=slug, **{**named, **fields})


def user(email: str = "", **fields: Any) -> User:
    number = next(_numbers)
    return User.objects.create_user(
        email or f"person{number}@example.se", PASSWORD, **{"name": f"Person {number}", **fields}
    )


def with_role(where: Federation, kind: RoleKind = RoleKind.OBSERVER, who: User | None = None) -> User:
    """A user with the role, new unless `who` is given; a representative's member is its first."""
    who = who or user()
    member = None
    if kind == RoleKind.MEMBER_REPRESENTATIVE:
        member = where.members.first() or Member.objects.create(
            federation=where, name="Norrby kommun", kind="municipality"
        )
    Role.objects.create(user=who, federation=where, kind=kind, member=member)
    return who


def client_of(who: User) -> Client:
    """A client where the user is signed in."""
    client = Client()
    client.force_login(who)
    return client


def reader(where: Federation) -> Client:
    """A client of somebody who may read everything in the federation."""
    return client_of(with_role(where, RoleKind.DIRECTOR))
