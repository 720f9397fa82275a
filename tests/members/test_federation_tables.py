"""What the tables of federations, members and appointments refuse, whoever writes to them."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from members.models import Appointment, EarlierName, Federation, Logotype, Member, Policy, Role, User
from members.models.federation import RESERVED_SLUGS
from tests.members import people, test_access_log, test_invitation_table
from tests.members.constraints import (
    Refusal,
    assert_database_refuses,
    assert_person_is_told,
    constraints_of,
    names,
    written_past_validation,
)

pytestmark = pytest.mark.django_db

WRITE_DATE = "är inget datum: skriv ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD."
HAS_ROLE = "Användaren har redan den behörigheten."


def norrby() -> Federation:
    return Federation.objects.filter(slug="norrby").first() or people.federation()


def a_federation(**fields: Any) -> Federation:
    return Federation(**{"name": "Samordningsförbundet Vik", "short_name": "Vik", "slug": "vik", **fields})


def an_earlier_name(**fields: Any) -> EarlierName:
    return EarlierName(**{"federation": norrby(), "name": "Norrbyförbundet", **fields})


def a_policy(**fields: Any) -> Policy:
    goal = {"kind": "equity_goal", "value": 1_000_000, "first_year": 2021, "source": "Styrelsen § 7"}
    return Policy(**{"federation": norrby(), **goal, **fields})


def a_member(**fields: Any) -> Member:
    return Member(**{"federation": norrby(), "name": "Norrby kommun", "kind": "municipality", **fields})


def an_appointment(**fields: Any) -> Appointment:
    return Appointment(**{"federation": norrby(), "body": "board", "post": "ordinary", **fields})


def a_logotype(**fields: Any) -> Logotype:
    return Logotype(**{"federation": norrby(), "content": b"bytes", "media_type": "image/png", **fields})


def a_user(**fields: Any) -> User:
    return User(**{"email": "karin@example.se", "name": "Karin Ek", "password": "!", **fields})


def a_role(**fields: Any) -> Role:
    user = User.objects.filter(email="karin@example.se").first() or people.user("karin@example.se")
    return Role(**{"user": user, "federation": norrby(), "kind": "observer", **fields})


def representative(**fields: Any) -> Role:
    member = Member.objects.filter(name="Norrby kommun").first() or saved(a_member())
    return a_role(**{"kind": "member_representative", "member": member, **fields})


def saved(row: Any) -> Any:
    row.full_clean()
    row.save()
    return row


def beside(other: models.Model, row: models.Model) -> models.Model:
    """The row, when the other one is there already."""
    saved(other)
    return row


VALID = [
    a_federation,
    an_earlier_name,
    a_policy,
    a_member,
    an_appointment,
    a_logotype,
    a_user,
    a_role,
    representative,
]

REFUSED = [
    Refusal(
        "federation_organisation_number_unique",
        lambda: beside(
            a_federation(slug="vik1", organisation_number="222000-2733"),
            a_federation(slug="vik2", organisation_number="222000-2733"),
        ),
    ),
    Refusal(
        "federation_organisation_number_form",
        lambda: a_federation(organisation_number="2220002733"),
        "Skriv organisationsnumret som NNNNNN-NNNN.",
    ),
    Refusal("federation_unit", lambda: a_federation(unit="EUR")),
    *(
        Refusal(
            "federation_slug_free",
            lambda slug=slug: a_federation(slug=slug),
            "Det adressnamnet används av Finsam självt.",
        )
        for slug in RESERVED_SLUGS
    ),
    Refusal("federation_formed_on", lambda: a_federation(formed_on="i våras"), WRITE_DATE),
    Refusal("earlier_name_unique", lambda: beside(an_earlier_name(), an_earlier_name())),
    Refusal("earlier_name_used_from", lambda: an_earlier_name(used_from="05-01-01"), WRITE_DATE),
    Refusal("earlier_name_used_until", lambda: an_earlier_name(used_until="2010-1"), WRITE_DATE),
    Refusal("policy_unique", lambda: beside(a_policy(), a_policy(value=2))),
    *(
        Refusal(
            "policy_value",
            row,
            "Ange ett värde, noll eller mer (inget när gränserna inte gäller).",
        )
        for row in (
            lambda: a_policy(value=-1),
            lambda: a_policy(value=None),
            lambda: a_policy(kind="equity_limits_suspended", value=5),
        )
    ),
    Refusal("policy_years", lambda: a_policy(last_year=2020), "Sista året är före det första."),
    Refusal("member_unique", lambda: beside(a_member(), a_member(kind="region"))),
    Refusal("member_kind", lambda: a_member(kind="company")),
    Refusal(
        "policy_first_year",
        lambda: a_policy(first_year=2003),
        "Första året ska vara från 2004 till 2100.",
    ),
    Refusal("policy_kind", lambda: a_policy(kind="ambition")),
    Refusal("appointment_body", lambda: an_appointment(body="party")),
    Refusal("appointment_post", lambda: an_appointment(post="king")),
    Refusal("role_kind", lambda: a_role(kind="owner")),
    Refusal(
        "member_agreed_share",
        lambda: a_member(agreed_share=Decimal("100.0001")),
        "mindre än eller lika med 100",
    ),
    Refusal(
        "member_agreed_share",
        lambda: a_member(agreed_share=Decimal("-0.0001")),
        "större än eller lika med 0",
    ),
    Refusal(
        "member_left_after_joined",
        lambda: a_member(joined="2010-05", left="2010-04"),
        "Utträdet är före inträdet.",
    ),
    Refusal("member_joined", lambda: a_member(joined="våren 2010"), WRITE_DATE),
    Refusal("member_left", lambda: a_member(left="2010/05"), WRITE_DATE),
    Refusal(
        "appointment_deputy_order",
        lambda: an_appointment(deputy_order=1),
        "Bara en ersättare har en ordning.",
    ),
    Refusal(
        "appointment_period",
        lambda: an_appointment(starts="2019", ends="2018-12-31"),
        "Uppdraget slutar innan det börjar.",
    ),
    Refusal("appointment_starts", lambda: an_appointment(starts="nyår"), WRITE_DATE),
    Refusal("appointment_ends", lambda: an_appointment(ends="nyår"), WRITE_DATE),
    Refusal("logotype_media_type", lambda: a_logotype(media_type="image/svg")),
    Refusal("role_unique", lambda: beside(a_role(), a_role()), HAS_ROLE),
    Refusal("role_for_member_unique", lambda: beside(representative(), representative()), HAS_ROLE),
    *(
        Refusal("role_member", row, "En medlemsrepresentant, och bara den, företräder en medlem.")
        for row in (lambda: representative(member=None), lambda: representative(kind="observer"))
    ),
]


@pytest.mark.parametrize("make", VALID, ids=lambda make: make.__name__)
def test_a_row_that_keeps_to_the_rules_is_accepted(make):
    row = saved(make())
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("refusal", REFUSED, ids=str)
def test_the_database_itself_refuses(refusal):
    assert_database_refuses(refusal)


@pytest.mark.parametrize("refusal", REFUSED, ids=str)
def test_a_person_is_told_why_in_swedish(refusal):
    assert_person_is_told(refusal)


def test_every_constraint_of_the_app_is_tried():
    # clean() lowers before it can be broken; tried below and in test_accept_invitation.py
    lowercase_addresses = {"user_email_lower", "invitation_email_lower"}
    tried = names(REFUSED) | names(test_invitation_table.REFUSED) | names(test_access_log.REFUSED)
    assert tried | lowercase_addresses == constraints_of("members")


# -- organisation numbers ----------------------------------------------------------------------------


def test_a_true_organisation_number_is_accepted():
    saved(a_federation(organisation_number="222000-2733"))


@pytest.mark.parametrize("number", ["222000-2734", "222000-273", "222000-27333", "ABCDEF-GHIJ"])
def test_a_wrong_organisation_number_is_refused_with_a_sentence(number):
    with pytest.raises(ValidationError) as error:
        a_federation(organisation_number=number).full_clean()
    assert any(
        message.startswith(f"{number} är inget svenskt organisationsnummer")
        for message in error.value.messages
    )


def test_federations_without_organisation_number_may_be_many():
    saved(a_federation(slug="vik1"))
    saved(a_federation(slug="vik2"))


# -- dates known only in part ------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "2016", "2016-02", "2016-02-29"])
def test_a_date_is_kept_as_precise_as_it_is_known(text):
    assert saved(a_federation(formed_on=text)).formed_on == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2015-02-29", "Datumet '2015-02-29' finns inte."),
        ("2015-13", "Datumet '2015-13' finns inte."),
        ("0000", "Datumet '0000' finns inte."),
        ("mars", "'mars' är inget datum: skriv ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD."),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(ValidationError) as error:
        a_federation(formed_on=text).full_clean()
    assert sentence in error.value.message_dict["formed_on"]


@pytest.mark.parametrize(
    "row",
    [
        lambda: a_member(joined="2009-09-01", left="2009"),
        lambda: an_appointment(starts="2009-09-01", ends="2009"),
        lambda: an_appointment(starts="2009-09-01", ends="2009-09"),
    ],
)
def test_a_year_does_not_end_before_a_day_in_it(row):
    """“From 1 September 2009, until 2009” is what a document may print: the end is only known less well."""
    saved(row())


def test_the_period_of_an_appointment_is_told_as_far_as_it_is_known():
    assert an_appointment(starts="2019-03", ends="2020").period() == "mars 2019\u20132020"
    assert an_appointment(ends="2020").period() == "till och med 2020"
    assert an_appointment().period() == ""


# -- people ------------------------------------------------------------------------------------------


def test_the_database_refuses_an_address_with_capitals():
    with pytest.raises(IntegrityError, match="user_email_lower"):
        written_past_validation(a_user(email="Karin@example.se"))
    karin = saved(a_user())
    with pytest.raises(IntegrityError, match="user_email_lower"), transaction.atomic():
        User.objects.filter(pk=karin.pk).update(email="KARIN@example.se")


def test_an_address_typed_with_capitals_is_kept_in_small_letters():
    assert saved(a_user(email="Karin@Example.SE")).email == "karin@example.se"
    assert User.objects.create_user("ANNA@example.se", "x").email == "anna@example.se"


def test_two_people_cannot_share_an_address_whatever_the_capitals():
    saved(a_user())
    with pytest.raises(ValidationError) as error:
        a_user(email="KARIN@example.se").full_clean()
    assert error.value.message_dict == {"email": ["E-postadressen används redan."]}


def test_a_person_may_have_several_roles_and_represent_several_members():
    saved(a_role())
    saved(a_role(kind="auditor"))
    saved(representative())
    saved(representative(member=saved(a_member(name="Söderby kommun"))))
    assert Role.objects.count() == 4


def test_a_representative_speaks_for_a_member_of_the_same_federation():
    elsewhere = Member.objects.create(
        federation=people.federation("soderby"), name="Söderby kommun", kind="municipality"
    )
    with pytest.raises(ValidationError):
        representative(member=elsewhere).full_clean()
