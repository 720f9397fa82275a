"""Fills pages with strips. Each strip is looked at a fixed number of times, however long the document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from plans.render.pdf.strips import Hold, Strip
from plans.render.pdf.styles import DEPTH

SLACK = 0.01
"""What may stick out, for sums of fractions."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip and how far down the text of its page its top is."""

    top: float
    strip: Strip


@dataclass
class Page:
    placed: list[Placed] = field(default_factory=list)


def paginated(strips: Sequence[Strip]) -> list[Page]:
    """The strips on pages. What holds together is not parted, as far as a page can hold it."""
    filler = _Filler()
    for group in _groups(strips, Hold.LOOSELY):
        filler.add(group, Hold.LOOSELY)
    return filler.pages


def _groups(strips: Sequence[Strip], least: Hold) -> Iterator[list[Strip]]:
    """Runs of strips that hold together at least so. A new page parts what it stands between."""
    group: list[Strip] = []
    for strip in strips:
        if group and (group[-1].hold < least or strip.new_page):
            yield group
            group = []
        group.append(strip)
    if group:
        yield group


class _Filler:
    def __init__(self) -> None:
        self.pages = [Page()]
        self.used = 0.0

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def last(self) -> Strip | None:
        return self.page.placed[-1].strip if self.page.placed else None

    def add(self, group: list[Strip], hold: Hold) -> None:
        """The group on this page if there is room, else on the next, else in parts."""
        if group[0].new_page and self.last:
            self._turn(group[0])
        if self.used + self._height(group, self.last) <= DEPTH + SLACK:
            self._put(group)
        elif _head_height(group[0]) + self._height(group, None) <= DEPTH + SLACK:
            self._turn(group[0])
            self._put(group)
        elif hold < Hold.FIRMLY:
            firmer = Hold(hold + 1)
            for part in _groups(group, firmer):
                self.add(part, firmer)
        else:
            for strip in group:
                if self.last and self.used + self._height([strip], self.last) > DEPTH + SLACK:
                    self._turn(strip)
                self._put([strip])

    def _height(self, group: list[Strip], before: Strip | None) -> float:
        height = 0.0
        for strip in group:
            height += (max(before.below, strip.above) if before else 0.0) + strip.height
            before = strip
        return height

    def _put(self, group: list[Strip]) -> None:
        for strip in group:
            self.used += max(self.last.below, strip.above) if self.last else 0.0
            self.page.placed.append(Placed(self.used, strip))
            self.used += strip.height

    def _turn(self, following: Strip) -> None:
        """A new page, for a strip that may want the head of its table there."""
        last = self.page.placed[-1] if self.page.placed else None
        if last and following.head and last.strip.closing:
            self.page.placed.append(Placed(last.top, Strip(0.0, last.strip.closing)))
        self.pages.append(Page())
        self.used = 0.0
        if following.head:
            self._put(list(following.head))


def _head_height(strip: Strip) -> float:
    """What the head of its table takes when the strip begins a page, with the space beneath."""
    if not strip.head:
        return 0.0
    height = strip.head[-1].below
    before: Strip | None = None
    for each in strip.head:
        height += each.height + (max(before.below, each.above) if before else 0.0)
        before = each
    return height
