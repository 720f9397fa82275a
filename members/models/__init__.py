"""Tables of the members app."""

from members.models.federation import (
    Appointment,
    Body,
    EarlierName,
    Federation,
    Member,
    Policy,
    PolicyKind,
    Post,
)
from members.models.invitations import Invitation
from members.models.log import AccessChange
from members.models.logotype import Logotype
from members.models.users import Role, RoleKind, User

__all__ = [
    "AccessChange",
    "Appointment",
    "Body",
    "EarlierName",
    "Federation",
    "Invitation",
    "Logotype",
    "Member",
    "Policy",
    "PolicyKind",
    "Post",
    "Role",
    "RoleKind",
    "User",
]
