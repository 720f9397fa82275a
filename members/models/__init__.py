"""Tables of the members app."""

from members.models.federation import Appointment, EarlierName, Federation, Member, Policy
from members.models.users import Role, User

__all__ = ["Appointment", "EarlierName", "Federation", "Member", "Policy", "Role", "User"]
