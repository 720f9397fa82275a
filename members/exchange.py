"""A federation with its members, appointments and own limits, as plain data and back."""

from typing import Any

from finsam.json_input import UnreadableError, shown
from finsam.plain_rows import at, named, objects, only, saved, to_data
from members.models import Appointment, EarlierName, Federation, Member, Policy

FEDERATION_FIELDS = (
    "name",
    "short_name",
    "slug",
    "organisation_number",
    "seat",
    "formed_on",
    "unit",
)
LISTS = ("earlier_names", "policies", "members", "appointments")
FEDERATION_FILE_FIELDS = (*FEDERATION_FIELDS, "second_factor_demanded", *LISTS)
EARLIER_NAME_FIELDS = ("name", "used_from", "used_until")
POLICY_FIELDS = ("kind", "value", "first_year", "last_year", "source")
MEMBER_FIELDS = ("name", "kind", "joined", "left", "condition", "agreed_share")
APPOINTMENT_FIELDS = (
    "body",
    "body_name",
    "post",
    "title",
    "person",
    "employer",
    "party",
    "members",
    "deputy_order",
    "starts",
    "ends",
    "note",
)


def dump_members(federation: Federation) -> dict[str, Any]:
    """Everything the members app holds of a federation, in the order of the federation file."""
    return {
        **to_data(federation, FEDERATION_FIELDS),
        # Demanded when nothing is said; `to_data` leaves out what is false.
        **({} if federation.second_factor_demanded else {"second_factor_demanded": False}),
        "earlier_names": [to_data(r, EARLIER_NAME_FIELDS) for r in federation.earlier_names.all()],
        "policies": [to_data(r, POLICY_FIELDS) for r in federation.policies.all()],
        "members": [to_data(r, MEMBER_FIELDS) for r in federation.members.all()],
        "appointments": [
            to_data(r, APPOINTMENT_FIELDS)
            for r in federation.appointments.order_by("position").prefetch_related("members")
        ],
    }


def store_members(data: dict[str, Any]) -> Federation:
    """A new federation with its members, appointments and limits; validated like a form.

    Raises UnreadableError, naming the place, for whatever the form or the tables refuse.
    """
    values = only(data, FEDERATION_FILE_FIELDS, "", lists=LISTS)
    with at(""):
        federation = saved(Federation(**{k: v for k, v in values.items() if k not in LISTS}))
    for where, row in objects(data, "earlier_names"):
        with at(where):
            saved(EarlierName(federation=federation, **only(row, EARLIER_NAME_FIELDS, where)))
    for where, row in objects(data, "policies"):
        with at(where):
            saved(Policy(federation=federation, **only(row, POLICY_FIELDS, where)))
    members: dict[str, Member] = {}
    for where, row in objects(data, "members"):
        with at(where):
            values = only(row, MEMBER_FIELDS, where)
            member = saved(Member(federation=federation, position=len(members), **values))
        members[member.name] = member
    for position, (where, row) in enumerate(objects(data, "appointments")):
        with at(where):
            values = only(row, APPOINTMENT_FIELDS, where, lists=["members"])
            names = values.pop("members", [])
            if not isinstance(names, list):
                raise UnreadableError(f"{where}.members", f"Här ska en lista stå, inte {shown(names)}.")
            chosen = [named(members, name, f"{where}.members") for name in names]
            appointment = saved(Appointment(federation=federation, position=position, **values))
            appointment.members.set(chosen)
    return federation
