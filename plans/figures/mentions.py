"""Which figures of the budget a sentence or a row speaks of, by the words around an amount. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plans.figures.passages import Passage
from plans.figures.subjects import Subject

SHORTEST = 4
"""Signs of a word that is looked for."""
FARTHEST_AFTER = 60
"""Signs after an amount within which words may say what it is."""

_ASIDE = re.compile(r"\([^)]*\)|\b(?:19|20)\d\d\b|\bför år\b")


@dataclass(frozen=True)
class Mention:
    """A subject that is named. `is_meant` when what stands nearest to the amount must be of it; `is_heading`
    when only the section's heading names it."""

    subject: Subject
    is_meant: bool
    is_heading: bool = False


@dataclass(frozen=True)
class _Found:
    subject: Subject
    start: int
    end: int


def mentions_in(
    passage: Passage, start: int, end: int, reach: tuple[int, int], subjects: Iterable[Subject], heading: str
) -> tuple[Mention, ...]:
    """The subjects around an amount from `start` to `end`: first what stands before it after the amount
    before, the nearest first, then what follows, then what else the passage and the heading name."""
    subjects = tuple(subjects)
    if passage.is_cell:
        found = _in(passage.row, subjects)
        return tuple(Mention(each.subject, _is_all_of(passage.row, each)) for each in found)
    text = passage.text
    found = _in(text, subjects)
    before = [each for each in found if reach[0] <= each.start and each.end <= start]
    after = [each for each in found if end <= each.start < min(reach[1], end + FARTHEST_AFTER)]
    before.sort(key=lambda each: -each.end)
    near = before[:1] or after[:1]
    ordered = [*before, *after, *(each for each in found if each not in before and each not in after)]
    mentions = [Mention(each.subject, each in near and each.subject.is_named) for each in ordered]
    if not near:
        mentions += [Mention(each.subject, each.subject.is_named, True) for each in _in(heading, subjects)]
    return tuple(mentions)


def _in(text: str, subjects: tuple[Subject, ...]) -> list[_Found]:
    """The subjects that a text names, in order, without those whose name is part of a longer one."""
    text = text.casefold()
    found = []
    for subject in subjects:
        for word in subject.words:
            if len(word) >= SHORTEST:
                found += [
                    _Found(subject, *each.span()) for each in re.finditer(rf"(?<!\w){re.escape(word)}", text)
                ]
    within = [each for each in found if not any(_is_part(each, other) for other in found)]
    return sorted(within, key=lambda each: each.start)


def _is_part(each: _Found, other: _Found) -> bool:
    longer = other.end - other.start > each.end - each.start
    return longer and other.start <= each.start and each.end <= other.end


def _is_all_of(row: str, found: _Found) -> bool:
    """Whether a row is headed by that name alone, but for years and what stands in brackets."""
    return len(_ASIDE.sub("", row).strip(" :.")) <= found.end - found.start
