"""A federation as plain data: everything it holds goes out, and comes in the same."""

from decimal import Decimal

import pytest

from finsam.json_input import UnreadableError
from members.exchange import dump_members, store_members
from members.models import EarlierName, Federation, Member, Policy

pytestmark = pytest.mark.django_db

EVERYTHING = {
    "name": "Samordningsförbundet Norrby",
    "short_name": "Norrby",
    "slug": "norrby",
    "organisation_number": "222000-2733",
    "seat": "Norrby",
    "formed_on": "2009-09",
    "unit": "kSEK",
    "earlier_names": [{"name": "Norrbyförbundet", "used_from": "2005", "used_until": "2009-08-31"}],
    "policies": [
        {
            "kind": "equity_goal",
            "value": Decimal("1250000.50"),
            "first_year": 2021,
            "last_year": 2023,
            "source": "Styrelsen 2020-11-20 § 7",
        },
        {"kind": "equity_limits_suspended", "first_year": 2020, "source": "Styrelsen § 8"},
    ],
    "members": [
        {"name": "Försäkringskassan", "kind": "state"},
        {
            "name": "Norrby kommun",
            "kind": "municipality",
            "joined": "2009-09",
            "left": "2020-12-31",
            "condition": "att fullmäktige godkänner",
            "agreed_share": Decimal("33.3333"),
        },
    ],
    "appointments": [
        {
            "body": "other",
            "body_name": "Kompetensgruppen",
            "post": "deputy",
            "title": "Suppleant",
            "person": "Karin Ek",
            "employer": "Norrby kommun",
            "party": "s",
            "members": ["Försäkringskassan", "Norrby kommun"],
            "deputy_order": 2,
            "starts": "2019",
            "ends": "2022-12",
            "note": "Personlig ersättare",
        },
        {"body": "board", "post": "chair"},
    ],
}


def test_everything_goes_in_and_comes_out_the_same():
    store_members(EVERYTHING)
    assert dump_members(Federation.objects.get()) == EVERYTHING


def test_a_federation_needs_no_more_than_its_names():
    federation = store_members({"name": "Samordningsförbundet Vik", "short_name": "Vik", "slug": "vik"})
    assert dump_members(federation) == {
        "name": "Samordningsförbundet Vik",
        "short_name": "Vik",
        "slug": "vik",
        "unit": "SEK",
        "earlier_names": [],
        "policies": [],
        "members": [],
        "appointments": [],
    }


def test_zero_is_not_empty():
    """A lowest equity of 0 kr and a share of 0 % are decisions; without them the file says otherwise."""
    federation = store_members({"name": "Samordningsförbundet Vik", "short_name": "Vik", "slug": "vik"})
    Policy.objects.create(federation=federation, kind="equity_lowest", value=0, first_year=2021, source="§ 7")
    Member.objects.create(federation=federation, name="Vik", kind="municipality", agreed_share=0)
    dumped = dump_members(Federation.objects.get())
    assert [policy.get("value") for policy in dumped["policies"]] == [0]
    assert [member.get("agreed_share") for member in dumped["members"]] == [0]


def test_members_and_appointments_keep_their_order():
    names = ["Ö kommun", "A kommun", "Å kommun"]
    members = [{"name": name, "kind": "municipality"} for name in names]
    posts = [{"body": "board", "post": post} for post in ("deputy", "chair", "ordinary")]
    federation = store_members(
        {"name": "Vik", "short_name": "Vik", "slug": "vik", "members": members, "appointments": posts}
    )
    dumped = dump_members(federation)
    assert [member["name"] for member in dumped["members"]] == names
    assert [each["post"] for each in dumped["appointments"]] == ["deputy", "chair", "ordinary"]


@pytest.mark.parametrize("part", ["earlier_names", "policies", "members", "appointments"])
def test_an_unknown_key_is_refused_by_name_and_place(part):
    data = {**EVERYTHING, part: [{**EVERYTHING[part][0], "farg": "blå"}]}
    with pytest.raises(UnreadableError) as error:
        store_members(data)
    assert str(error.value) == f"{part}[0].farg: Nyckeln ”farg” finns inte i formen."


def test_a_value_that_the_tables_refuse_is_refused_here():
    with pytest.raises(UnreadableError, match="används av Finsam självt"):
        store_members({**EVERYTHING, "slug": "admin"})


def test_the_data_itself_is_left_as_it_was():
    data = {**EVERYTHING, "appointments": [dict(EVERYTHING["appointments"][0])]}
    store_members(data)
    assert data["appointments"] == EVERYTHING["appointments"][:1]
    assert EarlierName.objects.count() == 1
