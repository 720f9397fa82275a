"""Who sees a comment, and who may do what with it: one place, which every page and every change asks."""

from dataclasses import dataclass

from members.access import CHAIRS, EDITORS, REASONS, Access, Action
from members.models import User
from plans.models import Comment, Plan, Version
from plans.versions.access import COMMENT, READ, is_adopted, may_comment

ADOPTED = "Planen är fastställd. Synpunkterna står kvar som de var då."
NOT_NOW = "Synpunkter lämnas när planen är på samråd eller ligger hos styrelsen."


@dataclass(frozen=True)
class Rights:
    """What a user may do with the comments of a plan."""

    here: Access
    user: User
    plan: Plan

    @property
    def purposes(self) -> list[str]:
        """The comments that are shown, by the purpose of the version they were made on. What was said on
        samråd the board reads too; what was said in the board is for those who read its versions."""
        if self.here.may(READ[Version.Purpose.BOARD]):
            return [Version.Purpose.CONSULTATION, Version.Purpose.BOARD]
        may_read = self.here.may(READ[Version.Purpose.CONSULTATION])
        return [Version.Purpose.CONSULTATION] if may_read else []

    @property
    def may_list(self) -> bool:
        """Whether the list of all comments is for them."""
        return any(self.here.may(action) for action in COMMENT.values())

    def answers(self, comment: Comment) -> bool:
        """Whether what the user writes to the comment is the answer to it."""
        return bool(self.here.kinds & EDITORS) and comment.by_id != self.user.pk

    def refused_writing(self) -> str:
        """Why the user may not write to a comment; empty when they may."""
        if self.plan.state == Plan.State.ADOPTED:
            return ADOPTED
        if self.here.kinds & EDITORS:
            return ""
        if self.plan.state not in COMMENT:
            return NOT_NOW
        action = COMMENT[self.plan.state]
        return "" if self.here.may(action) else REASONS[action]

    def refused_closing(self, comment: Comment) -> str:
        """Why the user may not close the comment, or open it again."""
        is_theirs = comment.by_id == self.user.pk or self.here.kinds & (EDITORS | CHAIRS)
        if not is_theirs:
            return "Den som lämnade synpunkten, ordföranden eller kansliet avslutar den."
        return self.refused_writing()


def refused_comment(here: Access, version: Version) -> str:
    """Why these roles may not comment on the version; empty when they may."""
    if may_comment(here, version):
        return ""
    if is_adopted(version):
        return ADOPTED
    action: Action = COMMENT[version.purpose]
    if not here.may(action):
        return REASONS[action]
    return "Versionen är inte längre den som läses. Lämna synpunkten på den senaste versionen."
