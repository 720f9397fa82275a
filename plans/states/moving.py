"""The moves of a plan: what is read is frozen first, and what is locked is only checked and written."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from budgets.models import Budget
from members.models import RoleKind, User
from plans.models import Plan, PlanMove, Version, VersionFile
from plans.reading import read_plan
from plans.states.lacking import Lack, lacking
from plans.states.table import MOVES, refusal
from plans.versions.contents import Head, version_hash
from plans.versions.making import MadeVersion, made_version
from plans.versions.snapshot import snapshot

TRIES = 5
"""So many times a version is made anew when another took its number meanwhile."""


class RefusedError(Exception):
    """The move is not for this user, or not from this state; the message is a Swedish sentence."""


class LackingError(Exception):
    """Something is missing before the move: `lacks`."""

    def __init__(self, lacks: list[Lack]) -> None:
        super().__init__(" ".join(each.sentence for each in lacks))
        self.lacks = lacks


class MeanwhileError(Exception):
    """Somebody has moved the plan since the user looked; the message says who and what."""


@dataclass(frozen=True)
class Mover:
    """Who moves a plan, with which roles, and after which of its moves they looked (0 before the first)."""

    user: User
    kinds: frozenset[RoleKind]
    seen: int


def send(plan: Plan, action: PlanMove.Action, mover: Mover, note: str = "") -> Version:
    """The plan frozen as a version, for samråd (CONSULT) or for the board (SUBMIT).

    The same person doing the same twice gets the first version. Raises RefusedError, LackingError,
    MeanwhileError, or UnprintableError for a sign that the PDF cannot show.
    """
    purpose = Version.Purpose.CONSULTATION if action == PlanMove.Action.CONSULT else Version.Purpose.BOARD
    for _ in range(TRIES):
        check(plan, action, mover)
        if repeated := repeated_move(plan, action, mover):
            assert repeated.version is not None
            return repeated.version
        made = _frozen(plan, purpose, mover.user, note)
        try:
            return _stored(plan, action, mover, made)
        except IntegrityError:  # the number or the place in the chain was taken meanwhile
            continue
    raise MeanwhileError("Flera skickade planer på samma gång. Försök igen.")


def send_back(plan: Plan, mover: Mover, comment: str) -> PlanMove:
    """The plan is a draft again, and others read nothing of it. Raises RefusedError (also without a comment)
    and MeanwhileError."""
    action = PlanMove.Action.SEND_BACK
    if not comment.strip():
        raise RefusedError("Skriv varför planen återförs. Den som ska arbeta vidare behöver veta det.")
    with transaction.atomic():
        lock(plan)
        if repeated := repeated_move(plan, action, mover):
            return repeated
        check(plan, action, mover)
        version = plan.version
        return moved(plan, action, mover, None, timezone.now(), comment.strip(), of=version)


def _frozen(plan: Plan, purpose: str, user: User, note: str) -> MadeVersion:
    """What the working copy holds at one moment, as a version. Raises LackingError."""
    with snapshot():
        fresh = Plan.every.select_related("federation", "budget").get(pk=plan.pk)
        picture = read_plan(fresh, contents=True)
        number = Version.objects.filter(federation=fresh.federation, plan_year=fresh.plan_year).count() + 1
    head = Head(
        federation=fresh.federation.slug,
        plan_year=fresh.plan_year,
        number=number,
        purpose=purpose,
        made_at=timezone.localtime(),
        made_by=str(user),
        note=note.strip(),
    )
    if lacks := lacking(picture, purpose):
        raise LackingError(lacks)
    return made_version(picture, head)


def _stored(plan: Plan, action: PlanMove.Action, mover: Mover, made: MadeVersion) -> Version:
    head = made.head
    with transaction.atomic():
        lock(plan)
        if repeated := repeated_move(plan, action, mover):
            assert repeated.version is not None
            return repeated.version
        check(plan, action, mover)
        last = Version.objects.filter(federation=plan.federation_id).order_by("-place").first()
        place, previous = (last.place + 1, last.hash) if last else (1, "")
        version = Version.objects.create(
            federation_id=plan.federation_id,
            place=place,
            plan=plan,
            plan_year=plan.plan_year,
            number=head.number,
            purpose=head.purpose,
            note=head.note,
            made_at=head.made_at,
            made_by=mover.user,
            made_by_name=head.made_by,
            content=made.content,
            content_hash=made.content_hash,
            previous_hash=previous,
            hash=version_hash(head, place, made.content_hash, made.file_hashes, previous),
        )
        VersionFile.objects.bulk_create(
            VersionFile(
                version=version,
                kind=kind,
                content=content,
                size=len(content),
                hash=made.file_hashes[kind],
            )
            for kind, content in made.files.items()
        )
        moved(plan, action, mover, version, head.made_at, head.note)
    return version


def lock(plan: Plan) -> None:
    """From here on nobody else edits or moves the plan until the transaction ends; `plan` is as it is now."""
    Budget.every.select_for_update().get(pk=plan.budget_id)
    plan.refresh_from_db(fields=["state", "state_since", "state_by_name", "version", "is_current"])


def moved(
    plan: Plan,
    action: PlanMove.Action,
    mover: Mover,
    version: Version | None,
    at: datetime,
    comment: str,
    *,
    of: Version | None = None,
) -> PlanMove:
    """The plan in its new state, where others read `version`; the log names it, or the version it left."""
    before = plan.state
    plan.state, plan.version = MOVES[action].to, version
    plan.state_since, plan.state_by_name = at, str(mover.user)
    plan.save(update_fields=["state", "version", "state_since", "state_by_name"])
    return PlanMove.objects.create(
        plan=plan,
        number=_last_number(plan) + 1,
        action=action,
        from_state=before,
        to_state=plan.state,
        version=version or of,
        comment=comment,
        at=at,
        by=mover.user,
        by_name=str(mover.user),
    )


def check(plan: Plan, action: PlanMove.Action, mover: Mover) -> None:
    """Raises RefusedError and MeanwhileError."""
    if not plan.is_current:
        raise RefusedError("Planen är ersatt av en reviderad plan.")
    reason = refusal(action, Plan.State(plan.state), mover.kinds)
    last = plan.moves.last()
    if last and last.number > mover.seen and (reason or not _same(last, action, mover)):
        raise MeanwhileError(_told(last))
    if reason:
        raise RefusedError(reason)


def repeated_move(plan: Plan, action: PlanMove.Action, mover: Mover) -> PlanMove | None:
    """The move, when the same person has already made it since they looked: a second click."""
    last = plan.moves.select_related("version").last()
    return last if last and last.number == mover.seen + 1 and _same(last, action, mover) else None


def _same(last: PlanMove, action: PlanMove.Action, mover: Mover) -> bool:
    return last.action == action and last.by_id == mover.user.pk


def _told(last: PlanMove) -> str:
    at = timezone.localtime(last.at)
    return f"{last.by_name} har redan gjort något annat: {last.get_action_display()} {at:%Y-%m-%d %H.%M}."


def _last_number(plan: Plan) -> int:
    last = plan.moves.last()
    return last.number if last else 0
