"""The page of a meeting as it is shown: its people, who serves, what is wrong, who votes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from members import merging
from members.access import Access, Action
from plans.decisions.meeting_form import PEOPLE, PRESIDES, SENTENCES, MeetingForm
from plans.decisions.meeting_rows import Row
from plans.decisions.outdated import outdated
from plans.decisions.people import Person
from plans.decisions.quorum import Count, count
from plans.models import Meeting, Plan

NEEDED = "behövs innan planen fastställs"
FACTS = {
    "on": "",
    "place": NEEDED,
    "paragraph": NEEDED,
    "announced_on": "",
    "secretary": "",
    "approver": "",
    "is_public": "",
}
"""The fields of the meeting itself, each with what is said of it when it may be empty for now."""


@dataclass(frozen=True)
class Shown:
    """A form on its page. `made_from` is what it was made from, the form itself when empty; `said` is why
    nothing was saved."""

    plan: Plan
    form: MeetingForm
    ready: tuple[str, ...] = ()
    made_from: str = ""
    clashes: Mapping[str, merging.Clash] = field(default_factory=dict)
    said: str = ""
    unsaved: bool = False
    status: int = 200


@dataclass(frozen=True)
class ShownRow:
    """Somebody in the form."""

    row: Row
    person: Person
    fields: Mapping[str, BoundField]
    clashes: Mapping[str, merging.Clash]
    is_presiding: bool

    @property
    def errors(self) -> list[str]:
        return [str(fault) for each in self.fields.values() for fault in each.errors]


def meeting_page(request: HttpRequest, here: Access, shown: Shown) -> HttpResponse:
    form, plan = shown.form, shown.plan
    people = form.people
    by_members = form.typed("decided_by") == Meeting.DecidedBy.MEMBERS
    voted = form["is_voted"].value() in (True, "on", "True")
    counted = count(people, voted=voted, by_members=by_members)
    rows = [_row(form, person, shown.clashes) for person in people]
    sentences = form.sentences
    context: dict[str, Any] = {
        "here": here,
        "plan": plan,
        "form": form,
        "may_decide": here.may(Action.DECIDE),
        "said": shown.said,
        "unsaved": shown.unsaved,
        "made_from": shown.made_from or merging.sealed(plan, merging.texts(form)),
        "clashes": [(form[name], clash) for name, clash in shown.clashes.items() if name != PEOPLE],
        "facts": [(form[name], when_empty) for name, when_empty in FACTS.items()],
        "decided_by": form["decided_by"],
        "is_voted": form["is_voted"],
        "rows": rows,
        "presiding": form[PRESIDES],
        "counted": counted,
        "voters": _voters(rows, counted),
        "voted": voted,
        "by_members": by_members,
        "sentences": sentences,
        "outdated": outdated(plan, sentences, shown.ready) if shown.ready else {},
        "sentence_field": form[SENTENCES],
        "ready": [(place, each) for place, each in enumerate(shown.ready) if each not in sentences],
        "version": plan.version if plan.state == Plan.State.BOARD else None,
    }
    return render(request, "plans/decision/meeting.html", context, status=shown.status)


def _row(form: MeetingForm, person: Person, clashes: Mapping[str, merging.Clash]) -> ShownRow:
    names = ("name", "presence", "conflict", "vote", "reservation", "post", "members", "serves_for")
    fields = {name: form[f"{person.key}-{name}"] for name in names if f"{person.key}-{name}" in form.fields}
    return ShownRow(
        row=form.rows[person.key],
        person=person,
        fields=fields,
        clashes={name: clashes[each.name] for name, each in fields.items() if each.name in clashes},
        is_presiding=form.typed(PRESIDES) == person.key,
    )


def _voters(rows: list[ShownRow], counted: Count) -> list[ShownRow]:
    """Those who serve, and whoever else has a vote or a reservation that must not be lost from sight."""
    keys = {each.key for each in counted.serving}
    return [each for each in rows if each.person.key in keys or each.person.reservation or each.person.vote]
