"""The federation's members, board, other bodies, own facts and own limits on one page, as on one day."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.access import Action, access
from members.board import Seat, board_on, in_force
from members.board_day import board_day
from members.board_findings import BoardFinding, Mend, Party, findings
from members.models import Appointment, Body, Federation, Member


@dataclass(frozen=True)
class ShownAppointment:
    """An appointment, whether it may be moved up or down in its body's list, and when it is: now, earlier
    or later than the day of the page."""

    row: Appointment
    first: bool
    last: bool
    when: str

    @property
    def employer(self) -> str:
        """Unless it is the one member that is named anyway."""
        names = [str(member) for member in self.row.members.all()]
        return "" if names == [self.row.employer] else self.row.employer


@dataclass(frozen=True)
class BodyList:
    """The appointments of one body, in order. `name` is the body's own, often empty."""

    body: Body
    name: str
    appointments: list[ShownAppointment]

    @property
    def title(self) -> str:
        return self.name or str(self.body.label)

    @property
    def is_board(self) -> bool:
        return self.body == Body.BOARD and not self.name

    @property
    def now(self) -> list[ShownAppointment]:
        return [each for each in self.appointments if each.when == "now"]

    @property
    def folded(self) -> list[tuple[str, list[ShownAppointment]]]:
        """Those who do not serve on the day, under the words they are folded away with."""
        parts = (("Tidigare", "earlier"), ("Senare", "later"))
        found = [(word, [each for each in self.appointments if each.when == when]) for word, when in parts]
        return [(word, several) for word, several in found if several]


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """As on the day `dag`, else on the day that members.board_day chooses."""
    here = access(request, slug, Action.READ_FEDERATION)
    federation = here.federation
    asked = request.GET.get("dag", "")
    on = board_day(asked, timezone.localdate(), latest_plan_year(federation))
    found = list(federation.members.order_by("position", "pk"))
    then = [each for each in found if in_force(each.joined, each.left, on.day)]
    appointments = list(federation.appointments.order_by("position", "pk").prefetch_related("members"))
    seats = _seats(appointments, Body.BOARD)
    parties = [Party(each.name, each.kind == Member.Kind.STATE) for each in then]
    keys = {each.name: each.pk for each in found}
    missing = findings(parties, seats, _seats(appointments, Body.AUDIT), on.day, on.through)
    context = {
        "here": here,
        "may_edit": here.may(Action.EDIT_MEMBERS),
        "facts": federation_facts(federation),
        "members": found,
        "on": on,
        "asked": asked,
        "board": board_on([each.name for each in then], seats, on.day),
        "bodies": _bodies(appointments, on.day),
        "missing": [(each, _addresses(federation, each, keys)) for each in missing],
        "policies": federation.policies.all(),
        "earlier_names": federation.earlier_names.all(),
    }
    return render(request, "members/members.html", context, status=422 if on.fault else 200)


def latest_plan_year(federation: Federation) -> int | None:
    """Through the relation, since the app that has the budgets is not known here."""
    year: int | None = federation.budgets.aggregate(latest=Max("plan_year"))["latest"]
    return year


def _seats(appointments: list[Appointment], body: Body) -> list[Seat]:
    """The body's appointments as the pure modules know them."""
    return [
        Seat(
            post=each.post,
            members=frozenset(str(member) for member in each.members.all()),
            starts=each.starts,
            ends=each.ends,
            key=each.pk,
            person=each.person,
            party=each.party,
            title=each.title,
            note=each.note,
            order=each.deputy_order,
        )
        for each in appointments
        if each.body == body and not (body == Body.BOARD and each.body_name)
    ]


def _bodies(appointments: list[Appointment], day: date) -> list[BodyList]:
    """In the order of the kinds of bodies; the board, and the auditors, even when nobody is there."""
    result = []
    for body in Body:
        of_body = [each for each in appointments if each.body == body]
        if body in (Body.BOARD, Body.AUDIT) and not any(not each.body_name for each in of_body):
            result.append(BodyList(body, "", []))
        by_name = sorted(of_body, key=lambda each: each.body_name)
        for name, group in groupby(by_name, key=lambda each: each.body_name):
            result.append(BodyList(body, name, _shown(list(group), day)))
    return result


def _shown(rows: list[Appointment], day: date) -> list[ShownAppointment]:
    return [
        ShownAppointment(row, row is rows[0], row is rows[-1], _when(row.starts, row.ends, day))
        for row in rows
    ]


def _when(starts: str, ends: str, day: date) -> str:
    if in_force(starts, ends, day):
        return "now"
    return "later" if in_force("", ends, day) else "earlier"


def _addresses(federation: Federation, finding: BoardFinding, keys: dict[str, int]) -> list[tuple[str, str]]:
    """The forms that mend a finding: label and address. `keys` are the members' by name."""
    return [(mend.label, _address(federation, mend, keys)) for mend in finding.mends]


def _address(federation: Federation, mend: Mend, keys: dict[str, int]) -> str:
    if mend.seat is not None:
        return reverse("change_appointment", args=[federation.slug, mend.seat])
    query = QueryDict(mutable=True)
    query.update({"organ": mend.body, "uppdrag": mend.post})
    query.setlist("medlem", [str(keys[name]) for name in mend.members])
    return f"{reverse('add_appointment', args=[federation.slug])}?{query.urlencode()}"


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
