"""The federation's members, bodies, own facts and own limits on one page."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.access import Action, access
from members.board import Seat, in_force, lacking
from members.models import Appointment, Body, Federation, Member


@dataclass(frozen=True)
class BodyList:
    """The appointments of one body, in order. `name` is the body's own, often empty."""

    body: Body
    name: str
    appointments: list[Appointment]

    @property
    def title(self) -> str:
        return self.name or str(self.body.label)


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    here = access(request, slug, Action.READ_FEDERATION)
    federation = here.federation
    found = list(federation.members.order_by("position", "pk"))
    appointments = list(federation.appointments.order_by("position", "pk").prefetch_related("members"))
    context = {
        "here": here,
        "may_edit": here.may(Action.EDIT_MEMBERS),
        "facts": federation_facts(federation),
        "members": found,
        "bodies": _bodies(appointments),
        "lacking": _lacking(found, appointments),
        "policies": federation.policies.all(),
        "earlier_names": federation.earlier_names.all(),
    }
    return render(request, "members/members.html", context)


def _bodies(appointments: list[Appointment]) -> list[BodyList]:
    """In the order of the kinds of bodies; the board, and the auditors, even when nobody is there."""
    result = []
    for body in Body:
        of_body = [each for each in appointments if each.body == body]
        if not of_body and body in (Body.BOARD, Body.AUDIT):
            result.append(BodyList(body, "", []))
        by_name = sorted(of_body, key=lambda each: each.body_name)
        for name, group in groupby(by_name, key=lambda each: each.body_name):
            result.append(BodyList(body, name, list(group)))
    return result


def _lacking(members: list[Member], appointments: list[Appointment]) -> list[str]:
    """What the law asks of the board and nobody has entered; nothing before there is any board at all."""
    today = timezone.localdate()
    seats = [
        Seat(each.post, frozenset(str(member) for member in each.members.all()), each.starts, each.ends)
        for each in appointments
        if each.body == Body.BOARD
    ]
    current = [member.name for member in members if in_force(member.joined, member.left, today)]
    return lacking(current, seats, today) if seats else []


def federation_facts(federation: Federation) -> list[tuple[str, str]]:
    """The facts that are known, with their words."""
    facts = [
        ("Namn", federation.name),
        ("Kort namn", federation.short_name),
        ("Organisationsnummer", federation.organisation_number),
        ("Säte", federation.seat),
        ("Bildat", str(federation.formed() or "")),
        ("Visar belopp i", federation.get_unit_display()),
    ]
    return [(word, value) for word, value in facts if value]
