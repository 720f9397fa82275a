"""Storing an answer: it is added to those there are, after all that others have added."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from members.models import Member, User
from plans.models import ConsultationAnswer, Plan, Version
from plans.states.moving import lock

ANSWERED_IN = (Plan.State.CONSULTATION, Plan.State.BOARD)
NOT_NOW = {
    Plan.State.DRAFT: "Planen är ett utkast. Medlemmarna svarar när den har skickats på samråd.",
    Plan.State.ADOPTED: "Planen är fastställd. Samrådet är avslutat.",
}


class NotNowError(Exception):
    """No answer is taken in the plan's state; the message is a Swedish sentence."""


class SentMeanwhileError(Exception):
    """Another version was sent for samråd since the form was made; the message is a Swedish sentence."""


class AnsweredMeanwhileError(Exception):
    """Somebody else has entered an answer of the same member; the message is a Swedish sentence."""


@dataclass(frozen=True)
class File:
    name: str
    content: bytes


@dataclass(frozen=True)
class Said:
    """An answer as it was filled in. `version` is the number of the one it is about."""

    member: Member
    version: int
    on: date
    who: str
    text: str
    file: File | None = None


@dataclass(frozen=True)
class Seen:
    """What whoever answers had seen: the number of the latest version sent, and the last answer's key."""

    version: int
    answer: int


def refusal(plan: Plan) -> str:
    """Why no answer is taken now; empty when one is."""
    return NOT_NOW.get(Plan.State(plan.state), "")


def answer(plan: Plan, said: Said, seen: Seen, user: User) -> ConsultationAnswer:
    """The answer stored; the same said twice by the same person is stored once. Raises NotNowError,
    SentMeanwhileError and AnsweredMeanwhileError."""
    with transaction.atomic():
        lock(plan)
        newer = _newer(plan, said.member, seen)
        for each in newer:
            if _is_same(each, said, user):
                return each
        if reason := refusal(plan):
            raise NotNowError(reason)
        versions = {each.number: each for each in _sent(plan)}
        if not versions:
            raise NotNowError("Planen har inte varit på samråd.")
        if max(versions) != seen.version:
            raise SentMeanwhileError(
                f"Version {max(versions)} har skickats på samråd sedan du öppnade sidan. Läs den, och skicka "
                "svaret igen om det gäller."
            )
        if newer:
            raise AnsweredMeanwhileError(
                f"{newer[-1].by_name} har lagt in ett svar från {said.member} sedan du öppnade sidan. Läs "
                "det. Skickar du ditt igen gäller ditt, och båda står kvar."
            )
        return ConsultationAnswer.objects.create(
            version=versions[said.version],
            member=said.member,
            member_name=said.member.name,
            on=said.on,
            who=said.who,
            text=said.text,
            file=said.file.content if said.file else None,
            file_name=said.file.name if said.file else "",
            at=timezone.now(),
            by=user,
            by_name=str(user),
        )


def _sent(plan: Plan) -> list[Version]:
    sent = Version.objects.filter(plan=plan, purpose=Version.Purpose.CONSULTATION)
    return list(sent.defer("content").order_by("number"))


def _newer(plan: Plan, member: Member, seen: Seen) -> list[ConsultationAnswer]:
    """What has been answered for the member since."""
    answers = ConsultationAnswer.objects.filter(version__plan=plan, member=member, pk__gt=seen.answer)
    return list(answers.select_related("version").defer("version__content").order_by("pk"))


def _is_same(each: ConsultationAnswer, said: Said, user: User) -> bool:
    """Whether it is the same again: a second click."""
    content = bytes(each.file) if each.file is not None else None
    return each.by_id == user.pk and (each.on, each.who, each.text, content) == (
        said.on,
        said.who,
        said.text,
        said.file.content if said.file else None,
    )
