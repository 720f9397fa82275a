"""What layout makes and pages are filled with: strips as wide as the text, never broken themselves, with what
is printed on them. Pure data; x to the right, y downwards from the strip's top, in points."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import chain, zip_longest

from reportlab.graphics.shapes import Drawing

from plans.render.pdf.structure import Slot


@dataclass(frozen=True, eq=False)
class Link:
    """`target` is an address or #anchor; `says` is read instead of it."""

    target: str
    says: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text in one style. `y` is its baseline. No slot: an artifact. Something leads to `anchor`."""

    x: float
    y: float
    text: str
    width: float
    font: str
    size: float
    colour: str
    slot: Slot | None = None
    link: Link | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The number of the page where `anchor` is, ending at `right`."""

    right: float
    y: float
    anchor: str
    font: str
    size: float
    colour: str
    slot: Slot


@dataclass(frozen=True, slots=True)
class Line:
    """An artifact. `dash`: lengths of dashes and gaps."""

    x: float
    y: float
    to_x: float
    to_y: float
    weight: float
    colour: str
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """`y` is its lower edge."""

    x: float
    y: float
    drawing: Drawing
    slot: Slot


@dataclass(frozen=True, slots=True)
class Photograph:
    """A JPEG or PNG, scaled to this size. `y` is its lower edge."""

    x: float
    y: float
    width: float
    height: float
    content: bytes
    slot: Slot


@dataclass(frozen=True, slots=True)
class Area:
    """Where the mouse follows a link, from the left to the right edge of the text."""

    x: float
    to_x: float
    y: float
    to_y: float
    link: Link
    slot: Slot


Print = Words | PageNumber | Line | Image | Photograph | Area


class Hold(IntEnum):
    """How a strip holds on to the next one."""

    FREE = 0
    LOOSELY = 1
    """The page may end between them only when all that hold together are more than a page."""
    GLADLY = 2
    """As LOOSELY, but lets go after those."""
    FIRMLY = 3
    """As GLADLY, but the last to let go."""


@dataclass(frozen=True, slots=True)
class Strip:
    """`above` and `below` are the space wanted there, of which neighbours get the larger. `head` is printed
    first when the strip begins a page, `closing` beneath it when it ends one before a strip with a head."""

    height: float
    prints: tuple[Print, ...] = ()
    above: float = 0.0
    below: float = 0.0
    hold: Hold = Hold.FREE
    anchors: tuple[str, ...] = ()
    new_page: bool = False
    head: "tuple[Strip, ...]" = ()
    closing: tuple[Print, ...] = ()


def held(strips: list[Strip], hold: Hold = Hold.FIRMLY) -> list[Strip]:
    """The strips, all holding on to what comes next, at least so."""
    return [replace(strip, hold=max(strip.hold, hold)) for strip in strips]


def joined(items: Sequence[list[Strip]]) -> list[Strip]:
    """The items of a list beneath each other; neither the first nor the last stands alone on its page."""
    strips: list[Strip] = []
    for at, item in enumerate(items):
        holds = item and at + 1 < len(items) and at in (0, len(items) - 2)
        strips += [*item[:-1], *held(item[-1:], Hold.GLADLY)] if holds else item
    return strips


def set_off(strips: list[Strip], above: float, below: float) -> list[Strip]:
    """The strips with at least so much space above the first and below the last."""
    if not strips:
        return []
    strips = [replace(strips[0], above=max(above, strips[0].above)), *strips[1:]]
    return [*strips[:-1], replace(strips[-1], below=max(below, strips[-1].below))]


def anchored(strips: list[Strip], *anchors: str) -> list[Strip]:
    """The strips, with anchors at the first; of nothing, a strip without height."""
    names = tuple(anchor for anchor in anchors if anchor)
    if not names:
        return strips
    strips = strips or [Strip(0.0)]
    return [replace(strips[0], anchors=(*names, *strips[0].anchors)), *strips[1:]]


def beside(*columns: list[Strip]) -> list[Strip]:
    """Columns set side by side, line by line: as many strips as the longest has. What holds in one holds."""
    return [_merged(row) for row in zip_longest(*columns)]


def _merged(row: tuple[Strip | None, ...]) -> Strip:
    there = [strip for strip in row if strip is not None]
    return Strip(
        height=max(strip.height for strip in there),
        prints=tuple(chain.from_iterable(strip.prints for strip in there)),
        above=max(strip.above for strip in there),
        below=max(strip.below for strip in there),
        hold=max(strip.hold for strip in there),
        anchors=tuple(chain.from_iterable(strip.anchors for strip in there)),
    )
