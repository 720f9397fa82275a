"""The board as it is shown: every row with what stands under it, what it is linked with, and its steps."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from finsam.swedish import NO_BREAK_SPACE, listed
from plans.compose.writing import Writing
from plans.editing.goals_rows import ACTIVITY, AREA, GOAL, INDICATOR, TARGET_GROUP, Kind
from plans.models import Plan

SHOWN_SIGNS = 160
"""So much of a description stands on the board."""
NO_AREA = "Utan perspektiv eller område"


@dataclass(frozen=True)
class Move:
    """A step that a button makes: `query` says where to."""

    name: str
    query: str


@dataclass(frozen=True)
class Card:
    """A row of the board, or the column of goals outside any area when there is no row. `container` is the
    key of what it belongs to; `links` what it has to do with, by word."""

    kind: Kind
    row: Any
    container: str = ""
    text: str = ""
    links: tuple[tuple[str, tuple[str, ...]], ...] = ()
    goals: tuple["Card", ...] = ()
    indicators: tuple["Card", ...] = ()
    activities: tuple["Card", ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def key(self) -> str:
        return self.kind.key(self.row) if self.row else ""

    @property
    def name(self) -> str:
        return str(getattr(self.row, "text", self.row)) if self.row else NO_AREA

    @property
    def words(self) -> str:
        return self.kind.words(self.row) if self.row else "mål utan perspektiv eller område"

    @property
    def within(self) -> str:
        """What goes with it when it is removed: 2 mål, 3 mått och 1 aktivitet."""
        counted = Counter(
            each.kind
            for card in (self, *self.goals)
            for each in (*card.goals, *card.indicators, *card.activities)
        )
        return listed([f"{number} {_noun(kind, number)}" for kind, number in counted.items()])

    @property
    def details(self) -> list[str]:
        return [each for each in self.row.details.splitlines() if each.strip()]


@dataclass(frozen=True)
class Board:
    """`columns` are the areas in order, then the goals outside any (without a row)."""

    columns: tuple[Card, ...]
    target_groups: tuple[Card, ...]

    @property
    def is_empty(self) -> bool:
        return len(self.columns) == 1 and not self.columns[0].goals and not self.target_groups


Cards = defaultdict[str, list[Card]]
"""By the key of what they belong to."""


def read_board(plan: Plan, writing: Writing) -> Board:
    """With a fixed number of queries."""
    indicators = _cards(plan, writing, INDICATOR)
    activities = _cards(plan, writing, ACTIVITY)

    def whole(card: Card) -> Card:
        return replace(
            card,
            indicators=_in_order(indicators[card.key]),
            activities=_in_order(activities[card.key]),
        )

    goals = _cards(plan, writing, GOAL)
    areas = [whole(card) for card in _cards(plan, writing, AREA)[""]]
    columns = [*areas, Card(AREA, None)]
    columns = [
        replace(
            column,
            goals=tuple(
                replace(whole(goal), moves=(*goal.moves, *_sideways(columns, at)))
                for goal in _in_order(goals[column.key])
            ),
        )
        for at, column in enumerate(columns)
    ]
    return Board(
        (*_in_order(columns[:-1], "ett steg tidigare", "ett steg senare"), columns[-1]),
        _in_order([whole(card) for card in _cards(plan, writing, TARGET_GROUP)[""]]),
    )


def _cards(plan: Plan, writing: Writing, kind: Kind) -> Cards:
    found: Cards = defaultdict(list)
    for row in kind.of(plan).prefetch_related(*kind.links):
        container = kind.container(row)
        text = getattr(row, "description", "") or getattr(row, "explanation", "")
        found[container].append(Card(kind, row, container, _short(writing, text), _links(kind, row)))
    return found


def _noun(kind: Kind, number: int) -> str:
    names = kind.model._meta
    return str(names.verbose_name if number == 1 else names.verbose_name_plural)


def _short(writing: Writing, text: str) -> str:
    """The beginning of a text, in plain words."""
    words = " ".join("".join(span.text for span in writing.words(text)).split()) if text else ""
    return f"{words[:SHOWN_SIGNS].rsplit(' ', 1)[0]}{NO_BREAK_SPACE}…" if len(words) > SHOWN_SIGNS else words


def _links(kind: Kind, row: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    labels = {"target_groups": "Målgrupper", "projects": "Insatser"}
    found = (
        (labels[name], tuple(map(str, getattr(row, name).all()))) for name in labels if name in kind.links
    )
    return tuple((label, names) for label, names in found if names)


def _in_order(cards: Sequence[Card], up: str = "upp", down: str = "ned") -> tuple[Card, ...]:
    """The cards of one list, each with the steps to the places beside it."""
    placed = []
    for at, card in enumerate(cards):
        steps = []
        if at:
            steps.append(_move(f"Flytta {up}", card.container, fore=cards[at - 1].row.pk))
        if at + 1 < len(cards):
            steps.append(_move(f"Flytta {down}", card.container, efter=cards[at + 1].row.pk))
        placed.append(replace(card, moves=tuple(steps)))
    return tuple(placed)


def _sideways(columns: Sequence[Card], at: int) -> list[Move]:
    """To the columns beside."""
    beside = [columns[place] for place in (at - 1, at + 1) if 0 <= place < len(columns)]
    return [_move(f"Flytta till {column.name}", column.key) for column in beside]


def _move(name: str, container: str, **beside: int) -> Move:
    return Move(name, urlencode({"i": container, **beside}))
