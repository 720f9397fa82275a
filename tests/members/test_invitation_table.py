"""What the table of invitations refuses, whoever writes to it."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from members.invitations import hashed
from members.models import Federation, Invitation, Member
from tests.members import people
from tests.members.constraints import Refusal, assert_database_refuses, assert_person_is_told

pytestmark = pytest.mark.django_db

INVITED_ALREADY = "Personen är redan inbjuden till den behörigheten."
REPRESENTATIVE = "En medlemsrepresentant, och bara den, företräder en medlem."
_numbers = count(1)


def norrby() -> Federation:
    return Federation.objects.filter(slug="norrby").first() or people.federation()


def kommun() -> Member:
    return Member.objects.get_or_create(federation=norrby(), name="Norrby kommun", kind="municipality")[0]


def an_invitation(**fields: Any) -> Invitation:
    return Invitation(
        **{
            "federation": norrby(),
            "email": "karin@example.se",
            "name": "Karin Ek",
            "kind": "observer",
            "token_hash": hashed(f"secret {next(_numbers)}"),
            **fields,
        }
    )


def beside(other: models.Model, row: models.Model) -> models.Model:
    """The row, when the other one is there already."""
    other.full_clean(exclude=["invited_by"])
    other.save()
    return row


REFUSED = [
    Refusal("invitation_kind", lambda: an_invitation(kind="king")),
    Refusal("invitation_token_hash", lambda: an_invitation(token_hash="in the clear"), "fel form"),
    Refusal("invitation_member", lambda: an_invitation(member=kommun()), REPRESENTATIVE),
    Refusal("invitation_member", lambda: an_invitation(kind="member_representative"), REPRESENTATIVE),
    Refusal(
        "invitation_expires",
        lambda: an_invitation(expires_at=timezone.now() - timedelta(days=1)),
        "Inbjudan går ut innan den görs.",
    ),
    Refusal(
        "invitation_one_end",
        lambda: an_invitation(accepted_at=timezone.now(), revoked_at=timezone.now()),
        "antagen eller återkallad, inte båda",
    ),
    Refusal(
        "invitation_accepted",
        lambda: an_invitation(accepted_by=people.user()),
        "Den som antar en inbjudan gör det vid en tid.",
    ),
    Refusal("invitation_unique", lambda: beside(an_invitation(), an_invitation()), INVITED_ALREADY),
    Refusal(
        "invitation_for_member_unique",
        lambda: beside(
            an_invitation(kind="member_representative", member=kommun()),
            an_invitation(kind="member_representative", member=kommun()),
        ),
        INVITED_ALREADY,
    ),
]


@pytest.mark.parametrize("refusal", REFUSED, ids=str)
def test_the_database_itself_refuses(refusal):
    assert_database_refuses(refusal)


@pytest.mark.parametrize("refusal", REFUSED, ids=str)
def test_a_person_is_told_why_in_swedish(refusal):
    assert_person_is_told(refusal)


def test_an_ended_invitation_does_not_stand_in_the_way_of_a_new_one():
    beside(an_invitation(revoked_at=timezone.now()), an_invitation()).save()
    beside(an_invitation(kind="auditor", accepted_at=timezone.now()), an_invitation(kind="auditor")).save()
    assert Invitation.objects.open().count() == 2


def test_the_member_is_of_the_same_federation():
    elsewhere = Member.objects.create(
        federation=people.federation("soderby"), name="Söderby kommun", kind="municipality"
    )
    with pytest.raises(ValidationError) as error:
        an_invitation(kind="member_representative", member=elsewhere).full_clean()
    assert "annat förbund" in str(error.value)
