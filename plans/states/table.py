"""The moves between the states of a plan: from where to where, who makes them, and why not. Pure data."""

from collections.abc import Mapping
from dataclasses import dataclass

from members.access import CHAIRS, EDITORS
from members.models import RoleKind
from plans.models import Plan, PlanMove

DRAFT, CONSULTATION, BOARD, ADOPTED = (
    Plan.State.DRAFT,
    Plan.State.CONSULTATION,
    Plan.State.BOARD,
    Plan.State.ADOPTED,
)


@dataclass(frozen=True)
class Move:
    """`by` says who makes it, by the state it is made from; a state that is not in it has no such move."""

    action: PlanMove.Action
    to: Plan.State
    by: Mapping[Plan.State, frozenset[RoleKind]]
    name: str
    refused: str
    """The reason for somebody who may not."""


MOVES: Mapping[PlanMove.Action, Move] = {
    move.action: move
    for move in (
        Move(
            PlanMove.Action.CONSULT,
            CONSULTATION,
            {DRAFT: EDITORS, CONSULTATION: EDITORS},
            "Skicka på samråd",
            "Förbundschef och administratör skickar planen på samråd.",
        ),
        Move(
            PlanMove.Action.SUBMIT,
            BOARD,
            {DRAFT: EDITORS, CONSULTATION: EDITORS, BOARD: EDITORS},
            "Skicka till styrelsen",
            "Förbundschef och administratör skickar planen till styrelsen.",
        ),
        Move(
            PlanMove.Action.SEND_BACK,
            DRAFT,
            {CONSULTATION: EDITORS, BOARD: CHAIRS},
            "Återför till utkast",
            "Förbundschef och administratör tar tillbaka planen från samrådet; från styrelsen återför "
            "ordföranden den (återremiss).",
        ),
        Move(
            PlanMove.Action.ADOPT,
            ADOPTED,
            {BOARD: CHAIRS},
            "Fastställ",
            "Ordföranden, eller vice ordföranden i ordförandens ställe, fastställer planen.",
        ),
    )
}

NOT_FROM: Mapping[Plan.State, str] = {
    DRAFT: "Planen är ett utkast.",
    CONSULTATION: "Planen är på samråd.",
    BOARD: "Planen ligger hos styrelsen.",
    ADOPTED: "Planen är fastställd och ändras inte mer. Revidera den i stället.",
}


def refusal(action: PlanMove.Action, state: Plan.State, kinds: frozenset[RoleKind]) -> str:
    """Why somebody with these roles may not make the move from this state; empty when they may."""
    move = MOVES[action]
    if state not in move.by:
        return NOT_FROM[state]
    return "" if move.by[state] & kinds else move.refused
