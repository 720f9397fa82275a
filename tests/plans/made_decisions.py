"""One row of everything that comes with a version: for tests of tables, support pages and access."""

from datetime import date
from typing import Any

from django.utils import timezone

from members.models import Federation, Member, User
from plans.models import (
    Comment,
    CommentEntry,
    ConsultationAnswer,
    Decision,
    DecisionFile,
    DecisionSentence,
    Explanation,
    ExplanationChange,
    LoggedRead,
    Meeting,
    Notice,
    NoticeChoice,
    Participant,
    Plan,
    PlanMove,
    Reading,
    Version,
    VersionEvent,
    VersionFile,
)
from tests.members import people

HASH = "a" * 64
DAY = date(2020, 11, 24)


def who() -> User:
    return User.objects.filter(email="vem@example.se").first() or people.user("vem@example.se", name="Vem")


def by() -> dict[str, Any]:
    """Who did it, and when."""
    return {"at": timezone.now(), "by": who(), "by_name": "Vem"}


def version(plan: Plan, place: int = 1, **fields: Any) -> Version:
    """An unsaved version of the plan, in this place of the chain."""
    ordinary = {
        "federation": plan.federation,
        "plan": plan,
        "plan_year": plan.plan_year,
        "place": place,
        "number": place,
        "purpose": "board",
        "made_at": timezone.now(),
        "made_by": who(),
        "made_by_name": "Vem",
        "content": "{}",
        "content_hash": HASH,
        "hash": f"{place:064x}",
        "previous_hash": "" if place == 1 else HASH,
    }
    return Version(**{**ordinary, **fields})


def stored(plan: Plan) -> Version:
    made = Version.objects.filter(plan=plan).first()
    if made is None:
        made = version(plan)
        made.save()
    return made


def file(of: Version, **fields: Any) -> VersionFile:
    return VersionFile(
        **{"version": of, "kind": "plan_pdf", "content": b"x", "size": 1, "hash": HASH, **fields}
    )


def move(of: Version, **fields: Any) -> PlanMove:
    ordinary = {
        "plan": of.plan,
        "number": 1,
        "action": "submit",
        "from_state": "draft",
        "to_state": "board",
        "version": of,
    }
    return PlanMove(**{**ordinary, **by(), **fields})


def event(of: Version, **fields: Any) -> VersionEvent:
    return VersionEvent(**{"version": of, "kind": "published", "on": DAY, **by(), **fields})


def explanation(plan: Plan, **fields: Any) -> Explanation:
    ordinary = {
        "plan": plan,
        "code": "BALANCE",
        "sentence": "Underskott.",
        "text": "För att.",
        "made_by_name": "Vem",
    }
    return Explanation(**{**ordinary, **fields})


def explanation_change(federation: Federation, **fields: Any) -> ExplanationChange:
    ordinary = {"federation": federation, "plan_year": 2021, "code": "BALANCE", "sentence": "Underskott."}
    return ExplanationChange(**{**ordinary, "text": "För att.", **by(), **fields})


def logged_read(of: Version, **fields: Any) -> LoggedRead:
    now = timezone.now()
    ordinary = {
        "federation": of.federation,
        "what": "version_page",
        "name": "version",
        "plan_year": of.plan_year,
        "version": of,
        "hour": now.replace(minute=0, second=0, microsecond=0),
        "kept_until": now.date(),
    }
    return LoggedRead(**{**ordinary, **by(), **fields})


def member(federation: Federation) -> Member:
    return Member.objects.filter(federation=federation).first() or Member.objects.create(
        federation=federation, name="Norrby kommun", kind="municipality"
    )


def answer(of: Version, **fields: Any) -> ConsultationAnswer:
    ordinary = {
        "version": of,
        "member": member(of.federation),
        "member_name": "Norrby kommun",
        "on": DAY,
        "who": "Kommunstyrelsen",
        "text": "Inget att erinra.",
    }
    return ConsultationAnswer(**{**ordinary, **by(), **fields})


def comment(of: Version, **fields: Any) -> Comment:
    return Comment(**{"plan": of.plan, "version": of, "text": "Varför?", **by(), **fields})


def stored_comment(of: Version) -> Comment:
    made = comment(of)
    made.save()
    return made


def entry(of: Version, **fields: Any) -> CommentEntry:
    return CommentEntry(
        **{"comment": stored_comment(of), "action": "answer", "text": "Därför.", **by(), **fields}
    )


def reading(of: Version) -> Reading:
    return Reading(version=of, user=who(), first_at=timezone.now(), last_at=timezone.now())


def meeting(plan: Plan, **fields: Any) -> Meeting:
    return Meeting(**{"plan": plan, "on": DAY, "place": "Visby", "paragraph": "45", **fields})


def stored_meeting(plan: Plan) -> Meeting:
    made = Meeting.objects.filter(plan=plan).first() or meeting(plan)
    made.save()
    return made


def participant(plan: Plan, **fields: Any) -> Participant:
    ordinary = {"meeting": stored_meeting(plan), "name": "Ann Berg", "post": "ordinary", "is_present": True}
    return Participant(**{**ordinary, **fields})


def sentence(plan: Plan, **fields: Any) -> DecisionSentence:
    return DecisionSentence(**{"meeting": stored_meeting(plan), "text": "att anta planen", **fields})


def decision(of: Version, **fields: Any) -> Decision:
    ordinary = {
        "version": of,
        "plan": of.plan,
        "decided_on": DAY,
        "paragraph": "45",
        "content": "{}",
        "content_hash": HASH,
        "hash": HASH,
    }
    return Decision(**{**ordinary, **by(), **fields})


def stored_decision(of: Version) -> Decision:
    made = Decision.objects.filter(version=of).first()
    if made is None:
        made = decision(of)
        made.save()
    return made


def decision_file(of: Version, **fields: Any) -> DecisionFile:
    ordinary = {"decision": stored_decision(of), "kind": "plan_pdf", "content": b"x", "size": 1, "hash": HASH}
    return DecisionFile(**{**ordinary, **fields})


def notice(of: Version, **fields: Any) -> Notice:
    ordinary = {
        "user": who(),
        "federation": of.federation,
        "version": of,
        "kind": "turn",
        "key": "nyckel",
        "sentence": "Det är din tur.",
        "address": "https://finsam.example.se/",
        "made_at": timezone.now(),
    }
    return Notice(**{**ordinary, **fields})


def choice(**fields: Any) -> NoticeChoice:
    return NoticeChoice(**{"user": who(), **fields})


def one_of_everything(plan: Plan) -> None:
    """A row in every table that comes with a version."""
    of = stored(plan)
    for row in (file(of), move(of), event(of), explanation(plan), answer(of), entry(of), reading(of)):
        row.save()
    for row in (participant(plan), sentence(plan), decision_file(of), notice(of), choice()):
        row.save()
    for row in (explanation_change(plan.federation), logged_read(of)):
        row.save()
