"""Which figures of the budget a sentence or a row speaks of, by the words around an amount. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

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
class Named:
    """A subject that is named from `start` to `end` of a text."""

    subject: Subject
    start: int
    end: int


def mentions_in_row(row: str, named: Iterable[Named]) -> tuple[Mention, ...]:
    """The subjects that the head of a row names, as `named` has them."""
    return tuple(Mention(each.subject, _is_all_of(row, each)) for each in named)


def mentions_around(
    start: int, end: int, reach: tuple[int, int], named: Iterable[Named], heading: Iterable[Named]
) -> tuple[Mention, ...]:
    """The subjects around an amount from `start` to `end` of a sentence, each once: first what stands before
    it after the amount before, the nearest first, then what follows, then what else the sentence names. After
    them those of the heading, when nothing is near."""
    before: list[Named] = []
    after: list[Named] = []
    others: list[Named] = []
    for each in named:
        if reach[0] <= each.start and each.end <= start:
            before.append(each)
        elif end <= each.start < min(reach[1], end + FARTHEST_AFTER):
            after.append(each)
        else:
            others.append(each)
    before.sort(key=lambda each: -each.end)
    near = before[:1] or after[:1]
    mentions: dict[Subject, Mention] = {}
    for each in (*before, *after, *others):
        if each.subject not in mentions:
            mentions[each.subject] = Mention(each.subject, each in near and each.subject.is_named)
    of_heading = [] if near else heading
    return (*mentions.values(), *(Mention(each.subject, each.subject.is_named, True) for each in of_heading))


def named_in(text: str, subjects: Iterable[Subject]) -> list[Named]:
    """The subjects that a text names, in order, without those whose name is part of a longer one."""
    text = text.casefold()
    found = []
    for subject in subjects:
        for word in subject.words:
            if len(word) >= SHORTEST and word in text:
                found += [
                    Named(subject, *each.span()) for each in re.finditer(rf"(?<!\w){re.escape(word)}", text)
                ]
    whole = []
    farthest = (0, 0)  # of those before, the one that ends last, and of these the longest
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if each.end > farthest[1]:
            farthest = (each.start, each.end)
        if farthest == (each.start, each.end):
            whole.append(each)
    return whole


def _is_all_of(row: str, named: Named) -> bool:
    """Whether a row is headed by that name alone, but for years and what stands in brackets."""
    return len(_ASIDE.sub("", row).strip(" :.")) <= named.end - named.start
