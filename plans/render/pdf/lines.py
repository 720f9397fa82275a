"""Breaks text of several styles into lines, ragged right, with Swedish hyphenation where a line would
otherwise end far too short. A figure with no-break spaces is one word and never broken unless it is longer
than a whole line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import pyphen

from plans.render.pdf.strips import Link
from plans.render.pdf.structure import Slot
from plans.render.pdf.typefaces import width

SOFT_HYPHEN = "\u00ad"
SHORTEST_BEGINNING, SHORTEST_END = 3, 4
"""Letters of a word before a hyphen and after it: the end of a word is read first on its line."""
SHORTEST_WORD = 7
MOST_HYPHENS = 1
"""So many lines after each other may end with a hyphen."""
RAGGED = 0.1
"""How much of a line may be left empty before a word is hyphenated to fill it."""
MOST_SIGNS = 1000
"""No line holds so many."""
LOOK_AHEAD = 40
"""So many letters beyond the line are enough to tell where a word may be hyphenated on it."""

PIECE = re.compile(r" +|[^ ]+")
BREAK_AFTER = re.compile(r"(?<=[^\W\d_][-–/])(?=[^\W\d_])")
S_OF_COMPOUND = re.compile("[dgnt]s", re.IGNORECASE)
OF_ONE_ENDING = re.compile("er(?:ing|a[dtr])", re.IGNORECASE)
LETTERS = re.compile(rf"[^\W\d_]{{{SHORTEST_WORD},}}")

_swedish = pyphen.Pyphen(lang="sv_SE")


@dataclass(frozen=True, eq=False)
class Run:
    """Text in one style, at one place of the tag tree. `rise` lifts it above the baseline. `hangs`: a mark
    after a figure, which takes no room in its column."""

    text: str
    font: str
    size: float
    colour: str
    slot: Slot | None
    link: Link | None = None
    rise: float = 0.0
    anchor: str = ""
    hangs: bool = False


@dataclass(frozen=True)
class Part:
    """A piece of a word or line, in the style of its run."""

    text: str
    run: Run

    @property
    def width(self) -> float:
        return width(self.text, self.run.font, self.run.size)


@dataclass(frozen=True)
class Word:
    """What holds together. `space` is the run of the space after it, if there is one."""

    parts: tuple[Part, ...]
    space: Run | None = None

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def width(self) -> float:
        return sum(part.width for part in self.parts)

    def cut(self, at: int, hyphen: str = "") -> "tuple[Word, Word]":
        """Before letter `at`, and from it on."""
        before: list[Part] = []
        after: list[Part] = []
        for part in self.parts:
            before += [Part(part.text[:at], part.run)] if at > 0 else []
            after += [Part(part.text[max(at, 0) :], part.run)] if at < len(part.text) else []
            at -= len(part.text)
        before[-1] = Part(before[-1].text + hyphen, before[-1].run)
        return Word(tuple(before)), Word(tuple(after), self.space)


@dataclass(frozen=True)
class TextLine:
    """Parts beside each other, and how wide they are. `ends_in_space`: a space was left out at its end."""

    parts: tuple[Part, ...]
    ends_in_space: bool = False

    @property
    def width(self) -> float:
        return sum(part.width for part in self.parts)


@lru_cache(maxsize=20_000)
def hyphenations(word: str) -> tuple[int, ...]:
    """Where a word may be broken, in Swedish. Only where a hyphen is all that is added to it. The patterns do
    not know two things. An s that belongs to the word before it in a compound stays there: a word that takes
    one ends in d, g, n or t (marknads-torg, samverkans-insats). And -ering and -erade are read as one
    (moti-vering, finansi-erade)."""
    positions = _swedish.positions(word)
    _swedish.hd.cache.clear()  # which would grow without end
    last = len(word) - SHORTEST_END
    possible = (int(at) for at in positions if not at.data and SHORTEST_BEGINNING <= at <= last)
    return tuple(
        at
        for at in possible
        if not S_OF_COMPOUND.match(word, at - 1) and not OF_ONE_ENDING.match(word, at - 1)
    )


def words_of(runs: Sequence[Run]) -> list[Word]:
    """The words of the runs. What has no space between, such as a note's mark after a word, is one word."""
    words: list[Word] = []
    parts: list[Part] = []
    for run in runs:
        for piece in PIECE.findall(run.text):
            if piece[0] == " ":
                if parts:
                    words.append(Word(tuple(parts), run))
                    parts = []
                continue
            *whole, last = BREAK_AFTER.split(piece)
            for text in whole:
                words.append(Word((*parts, Part(text, run))))
                parts = []
            parts.append(Part(last, run))
    if parts:
        words.append(Word(tuple(parts)))
    return words


def lines_of(runs: Sequence[Run], measure: float, hyphenate: bool = True) -> list[TextLine]:
    """The runs as lines at most `measure` wide. No lines when there is no text."""
    return list(_Breaker(measure, hyphenate).lines(words_of(runs)))


class _Breaker:
    def __init__(self, measure: float, hyphenate: bool) -> None:
        self.measure, self.hyphenate = measure, hyphenate
        self.hyphens = 0

    def lines(self, words: list[Word]) -> Iterator[TextLine]:
        waiting = words[::-1]
        line: list[Word] = []
        used = 0.0
        while waiting:
            word = waiting.pop()
            space = width(" ", line[-1].space.font, line[-1].space.size) if line and line[-1].space else 0.0
            wide = _without_soft_hyphens(word)
            is_short = len(wide.text) <= MOST_SIGNS  # longer ones are not measured anew for each line
            if is_short and used + space + wide.width <= self.measure + 0.01:
                line.append(wide)
                used += space + wide.width
                continue
            cut = self._cut(word, self.measure - used - space, bool(line), not waiting)
            if cut:
                line.append(_without_soft_hyphens(cut[0], keep_last=True))
                waiting.append(cut[1])
            elif line:
                waiting.append(word)
            else:
                line.append(wide)  # a single sign, wider than the line
            self.hyphens = self.hyphens + 1 if cut else 0
            yield _joined(line)
            line, used = [], 0.0
        if line:
            yield _joined(line)

    def _cut(self, word: Word, room: float, has_line: bool, is_last: bool) -> tuple[Word, Word] | None:
        """The word cut to fit the room, or None when the line is better ended before it: the last word is
        never cut unless it must, so that no paragraph ends with a part of a word alone."""
        must = not has_line
        may = room > RAGGED * self.measure and self.hyphens < MOST_HYPHENS and not is_last
        if must or may:
            near = _beginning(word, _fitting(word, room) + LOOK_AHEAD)
            for at in reversed(self._places(near, must)):
                head, _ = near.cut(at, SOFT_HYPHEN)
                if _without_soft_hyphens(head, keep_last=True).width <= room:
                    return word.cut(at, SOFT_HYPHEN)
        return _forced(word, room) if must and len(word.text) > 1 else None

    def _places(self, word: Word, must: bool) -> list[int]:
        """Where it may be hyphenated; a heading or head only when it must."""
        text = word.text
        if SOFT_HYPHEN in text:
            return [at for at, sign in enumerate(text) if sign == SOFT_HYPHEN and 0 < at < len(text) - 1]
        if _is_address(word) or not (self.hyphenate or must):
            return []
        return [found.start() + at for found in LETTERS.finditer(text) for at in hyphenations(found.group())]


def _is_address(word: Word) -> bool:
    """Part of https://… or a@b.se, where a hyphen would be read as its own."""
    return any("://" in part.run.text or "@" in part.run.text for part in word.parts)


def _forced(word: Word, room: float) -> tuple[Word, Word]:
    """A word too long for any line, cut wherever the line is full; at least one letter goes on it."""
    return word.cut(max(1, min(_fitting(word, room), len(word.text) - 1)))


def _fitting(word: Word, room: float) -> int:
    """How many signs from its beginning fit in the room; soft hyphens take none."""
    fits, used = 0, 0.0
    for part in word.parts:
        for sign in part.text:
            used += width(sign, part.run.font, part.run.size) if sign != SOFT_HYPHEN else 0.0
            if used > room:
                return fits
            fits += 1
    return fits


def _beginning(word: Word, signs: int) -> Word:
    """So many signs of a word, or all when it has no more."""
    return word.cut(signs)[0] if signs < len(word.text) else word


def _without_soft_hyphens(word: Word, keep_last: bool = False) -> Word:
    if SOFT_HYPHEN not in word.text:
        return word
    last = len(word.parts) - 1
    parts = tuple(
        replace(
            part,
            text=part.text.replace(SOFT_HYPHEN, "") + (SOFT_HYPHEN if keep_last and at == last else ""),
        )
        for at, part in enumerate(word.parts)
    )
    return Word(tuple(part for part in parts if part.text), word.space)


def _joined(words: list[Word]) -> TextLine:
    """The words with their spaces, as few parts as there are runs."""
    parts: list[Part] = []
    for at, word in enumerate(words):
        pieces = list(word.parts)
        if word.space and at < len(words) - 1:
            pieces.append(Part(" ", word.space))
        for piece in pieces:
            if parts and parts[-1].run is piece.run:
                parts[-1] = Part(parts[-1].text + piece.text, piece.run)
            else:
                parts.append(piece)
    return TextLine(tuple(parts), bool(words and words[-1].space))
