"""Which answers somebody may read, who does not read all that is sent for samråd."""

from datetime import datetime

from members.access import REASONS, Access, Action
from plans.models import ConsultationAnswer, Version
from plans.versions.access import refused

READ = Action.READ_CONSULTATION_VERSION


def refused_answer(here: Access, answer: ConsultationAnswer) -> str:
    """Why these roles may not read the answer; empty when they may. Who reads a version for the board reads
    the answers that had come when it was made, since its papers name them and their files."""
    if here.may(READ):
        return ""
    naming = Version.objects.filter(
        plan=answer.version.plan_id, purpose=Version.Purpose.BOARD, made_at__gte=answer.at
    )
    found = naming.select_related("plan", "decision").defer("content", "decision__content")
    return REASONS[READ] if all(refused(here, version) for version in found) else ""


def answers_until(here: Access, version: Version) -> datetime | None:
    """Until when answers are read with a version: when it was made; None for who reads all there are."""
    return None if here.may(READ) else version.made_at
