"""Which versions somebody may read: one place, which every page and file of a version asks."""

from members.access import EDITORS, REASONS, Access, Action
from members.models import RoleKind
from plans.models import Plan, Version

READ: dict[str, Action] = {
    Version.Purpose.CONSULTATION: Action.READ_CONSULTATION_VERSION,
    Version.Purpose.BOARD: Action.READ_BOARD_VERSION,
}
COMMENT: dict[str, Action] = {
    Version.Purpose.CONSULTATION: Action.COMMENT_CONSULTATION_VERSION,
    Version.Purpose.BOARD: Action.COMMENT_BOARD_VERSION,
}
ALWAYS = EDITORS | {RoleKind.AUDITOR}
"""They read every version, whatever state its plan is in."""


def refused(here: Access, version: Version) -> str:
    """Why these roles may not read the version; empty when they may. The version's plan and decision should
    be read with it."""
    if is_adopted(version) and here.may(Action.READ_ADOPTED_VERSION):
        return ""
    action = READ[version.purpose]
    if not here.may(action):
        return REASONS[action]
    if version.plan.state == Plan.State.DRAFT and not here.kinds & ALWAYS:
        return "Planen är återförd till utkast. Du läser den när den har skickats igen."
    return ""


def may_comment(here: Access, version: Version) -> bool:
    """Whether these roles may comment on the version: as long as it is the one that its readers have."""
    return (
        version.plan.version_id == version.pk
        and not is_adopted(version)
        and here.may(COMMENT[version.purpose])
    )


def is_adopted(version: Version) -> bool:
    return hasattr(version, "decision")
