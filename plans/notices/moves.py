"""What is told of a plan's moves: whose turn it is now."""

from collections.abc import Callable

from members.access import BOARD, CONSULTED, EDITORS, EVERYONE
from members.models import RoleKind
from plans.models import Notice, PlanMove
from plans.notices.telling import Message, tell, with_roles

SAID: dict[str, tuple[frozenset[RoleKind], Notice.Kind, str]] = {
    PlanMove.Action.CONSULT: (
        CONSULTED,
        Notice.Kind.TURN,
        "Planen för {year} är på samråd. Läs version {number} och lämna ditt svar.",
    ),
    PlanMove.Action.SUBMIT: (
        BOARD,
        Notice.Kind.TURN,
        "Planen för {year} ligger hos styrelsen. Läs version {number} före sammanträdet.",
    ),
    PlanMove.Action.SEND_BACK: (
        EDITORS,
        Notice.Kind.TURN,
        "Planen för {year} är återförd till utkast av {by}. Läs varför, och arbeta vidare.",
    ),
    PlanMove.Action.ADOPT: (
        EVERYONE,
        Notice.Kind.NEWS,
        "Planen för {year} är fastställd: version {number}.",
    ),
}
"""By move: who is told, whether it is their turn, and what is said."""


def tell_of(move: PlanMove, absolute: Callable[[str], str], path: str) -> None:
    """Tell those whose turn it is, but never the one who made the move. `absolute` makes a path (`path`: the
    page to go to) into a whole address."""
    kinds, kind, said = SAID[move.action]
    plan = move.plan
    number = move.version.number if move.version else ""
    users = [user for user in with_roles(plan.federation, kinds) if user.pk != move.by_id]
    sentence = said.format(year=plan.plan_year, number=number, by=move.by_name)
    message = Message(kind, f"move-{move.pk}", sentence, absolute(path))
    version = None if move.action == PlanMove.Action.SEND_BACK else move.version
    tell(users, plan.federation, message, version)
