"""A federation with its members, appointments and own limits, as plain data and back."""

from typing import Any

from finsam.plain_rows import only, saved, to_data
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
FEDERATION_FILE_FIELDS = (
    *FEDERATION_FIELDS,
    "earlier_names",
    "policies",
    "members",
    "appointments",
)
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

    Raises ValidationError for a value that the tables refuse, ValueError for an unknown key, KeyError for
    an unknown member.
    """
    data = only(data, FEDERATION_FILE_FIELDS, "federation.json")
    federation = saved(Federation(**{key: data[key] for key in FEDERATION_FIELDS if key in data}))
    for row in data.get("earlier_names", []):
        saved(EarlierName(federation=federation, **only(row, EARLIER_NAME_FIELDS, "earlier_names")))
    for row in data.get("policies", []):
        saved(Policy(federation=federation, **only(row, POLICY_FIELDS, "policies")))
    members = {}
    for position, row in enumerate(data.get("members", [])):
        member = Member(federation=federation, position=position, **only(row, MEMBER_FIELDS, "members"))
        members[row["name"]] = saved(member)
    for position, row in enumerate(data.get("appointments", [])):
        values = only(row, APPOINTMENT_FIELDS, "appointments")
        chosen = [members[name] for name in values.pop("members", [])]
        appointment = saved(Appointment(federation=federation, position=position, **values))
        appointment.members.set(chosen)
    return federation
