"""Steps on the page of a meeting that change what stands in the form and save nothing yet."""

from collections.abc import Callable, Mapping, Sequence

from django.http import QueryDict

from finsam.whole_numbers import whole_number
from plans.decisions.meeting_form import HERE, PEOPLE, SENTENCES, MeetingForm
from plans.decisions.meeting_rows import APPOINTED, MEMBER, NEW
from plans.decisions.outdated import words
from plans.decisions.serving import with_deputies

OUTDATED = "outdated"
"""The field of the sentences that an earlier version proposed, as the page showed them."""
FARTHEST = 99
"""So many may be added by hand."""


def stepped(form: MeetingForm, do: str, of_day: Sequence[str], ready: Sequence[str]) -> QueryDict:
    """What the form holds after a step: `here`, `serve`, `fetch` (the board `of_day`), `person`,
    `remove-KEY`, `up-N`, `down-N` or `drop-N` of a sentence, `ready-N` of the proposals,
    `renew` (the proposals instead of what an earlier version proposed); else as it was."""
    assert isinstance(form.data, QueryDict)
    data = form.data.copy()
    word, _, which = do.partition("-")
    step = STEPS.get(word)
    if step:
        step(form, data, which, of_day, ready)
    return data


def _serve(form: MeetingForm, data: QueryDict, *_: object) -> None:
    """Deputies take the places that are empty."""
    for person in with_deputies(form.people):
        if person.is_deputy:
            data[f"{person.key}-serves_for"] = person.serves_for


def _here(form: MeetingForm, data: QueryDict, *_: object) -> None:
    """All ledamöter are there who are not said to be at a distance."""
    for person in form.people:
        if not person.is_deputy and not person.present:
            data[f"{person.key}-presence"] = HERE


def _fetch(form: MeetingForm, data: QueryDict, which: str, of_day: Sequence[str], *_: object) -> None:
    """The board of the day; others stay when they were there or were written by hand."""
    kept = [
        person.key
        for person in form.people
        if person.key not in of_day and (person.present or not person.key.startswith((APPOINTED, MEMBER)))
    ]
    data.setlist(PEOPLE, [*of_day, *kept])


def _person(form: MeetingForm, data: QueryDict, *_: object) -> None:
    taken = set(form.rows)
    key = next((f"{NEW}{n}" for n in range(1, FARTHEST) if f"{NEW}{n}" not in taken), None)
    if key:
        data.setlist(PEOPLE, [*form.rows, key])
        data[f"{key}-presence"] = HERE


def _remove(form: MeetingForm, data: QueryDict, which: str, *_: object) -> None:
    data.setlist(PEOPLE, [key for key in form.rows if key != which])


def _up(form: MeetingForm, data: QueryDict, which: str, *_: object) -> None:
    _exchange(form, data, which, -1)


def _down(form: MeetingForm, data: QueryDict, which: str, *_: object) -> None:
    _exchange(form, data, which, 1)


def _exchange(form: MeetingForm, data: QueryDict, which: str, step: int) -> None:
    sentences, at = form.sentences, whole_number(which)
    if at is not None and 0 <= at + step < len(sentences) and at < len(sentences):
        sentences[at], sentences[at + step] = sentences[at + step], sentences[at]
        data.setlist(SENTENCES, sentences)


def _drop(form: MeetingForm, data: QueryDict, which: str, *_: object) -> None:
    at = whole_number(which)
    data.setlist(SENTENCES, [each for place, each in enumerate(form.sentences) if place != at])


def _ready(
    form: MeetingForm, data: QueryDict, which: str, of_day: Sequence[str], ready: Sequence[str]
) -> None:
    at = whole_number(which)
    if at is not None and at < len(ready):
        data.setlist(SENTENCES, [*form.sentences, ready[at]])


def _renew(
    form: MeetingForm, data: QueryDict, which: str, of_day: Sequence[str], ready: Sequence[str]
) -> None:
    """The proposals that are not there come where the first outdated sentence stood."""
    sentences, outdated = form.sentences, set(map(words, data.getlist(OUTDATED)))
    at = next((place for place, each in enumerate(sentences) if words(each) in outdated), len(sentences))
    new = [each for each in ready if each not in sentences]
    both = [*sentences[:at], *new, *sentences[at:]]
    data.setlist(SENTENCES, [each for each in both if words(each) not in outdated])


STEPS: Mapping[str, Callable[..., None]] = {
    "here": _here,
    "serve": _serve,
    "fetch": _fetch,
    "person": _person,
    "remove": _remove,
    "up": _up,
    "down": _down,
    "drop": _drop,
    "ready": _ready,
    "renew": _renew,
}
