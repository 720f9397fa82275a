"""The form of the motiveringar: a field for each finding, and what was written in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.core import signing
from django.core.exceptions import BadRequest

from budgets.rules import RULES
from plans.explaining import Asked, Asking, Written
from plans.models import Explanation, Plan
from plans.views.way.texts import typed

SALT = "finsam.plans.explanations"
SEAL, TEXT = "for-", "text-"
"""Before the number of each finding: what its field was made from, and what is written in it."""
ALL = "all-"
"""Before the code of a rule: one text for those of its findings that have none."""
AGAIN, TAKE, REMOVE = "again", "take", "remove"
"""The buttons, whose values are such numbers: the earlier text, the one that somebody else saved, none."""
TITLES = {rule.code: rule.title for rule in RULES}


@dataclass(frozen=True)
class Field:
    """A finding with the text for it. `met`: somebody else has saved another text meanwhile, which is that of
    `asked`. `is_gone`: the rules no longer say it."""

    number: int
    asked: Asked
    text: str
    seal: str
    fault: str = ""
    met: bool = False
    is_gone: bool = False


@dataclass(frozen=True)
class Group:
    """The findings of one rule."""

    code: str
    fields: tuple[Field, ...]

    @property
    def title(self) -> str:
        return TITLES[self.code]

    @property
    def unexplained(self) -> int:
        return sum(not each.asked.explanation for each in self.fields)


@dataclass(frozen=True)
class Left:
    """An explanation of what the rules no longer say."""

    number: int
    explanation: Explanation
    seal: str


@dataclass(frozen=True)
class Unsaved:
    """What was written and is not saved, or met what somebody else has saved: all by the findings' sentences.
    `faults` are why a text cannot be saved."""

    written: Mapping[str, Written]
    faults: Mapping[str, str]
    met: frozenset[str] = frozenset()


def sealed(plan: Plan, asked: Asked, was: str) -> str:
    """What a field is made from, to send along: the finding, and the text that the writer began with."""
    earlier = asked.earlier.sentence if asked.earlier else ""
    return signing.dumps([plan.pk, asked.code, asked.sentence, was, earlier], salt=SALT, compress=True)


def written_in(data: Mapping[str, str], plan: Plan) -> dict[str, Written]:
    """What was written, by the findings' sentences. Raises BadRequest for a field that this plan's form has
    not made."""
    found = {}
    for name, seal in data.items():
        if name.startswith(SEAL):
            each = _written(data, plan, name.removeprefix(SEAL), seal)
            found[each.sentence] = each
    return found


def groups_of(plan: Plan, now: Asking, unsaved: Unsaved) -> list[Group]:
    """A field for each finding, by rule; then for what was written of findings that are gone meanwhile."""
    asked = [(each, False) for each in now.asked] + [(each, True) for each in _gone(plan, now, unsaved)]
    fields = [_field(plan, number, each, is_gone, unsaved) for number, (each, is_gone) in enumerate(asked)]
    return [Group(code, tuple(group)) for code, group in groupby(fields, key=lambda field: field.asked.code)]


def left_of(plan: Plan, now: Asking, first: int) -> list[Left]:
    """The explanations of what the rules no longer say, their numbers from `first` on."""
    return [
        Left(number, each, sealed(plan, Asked(each.code, each.sentence), each.text))
        for number, each in enumerate(now.left, start=first)
    ]


def _written(data: Mapping[str, str], plan: Plan, number: str, seal: str) -> Written:
    try:
        of, code, sentence, was, earlier = signing.loads(seal, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise BadRequest from None
    if of != plan.pk:
        raise BadRequest
    text = typed(data.get(TEXT + number, was)) or ("" if was else typed(data.get(ALL + code, "")))
    if data.get(REMOVE) == number:
        text = ""
    elif data.get(TAKE) == number:
        text = was
    elif data.get(AGAIN) == number:
        stale = plan.explanations.filter(sentence=earlier).first()
        text = stale.text if stale else text
    return Written(code, sentence, was, text, earlier)


def _gone(plan: Plan, now: Asking, unsaved: Unsaved) -> Iterator[Asked]:
    known = {each.sentence for each in now.asked} | {each.sentence for each in now.left}
    for sentence, each in unsaved.written.items():
        if sentence not in known and each.text:
            stored = plan.explanations.filter(sentence=sentence).first()
            yield Asked(each.code, sentence, explanation=stored)


def _field(plan: Plan, number: int, asked: Asked, is_gone: bool, unsaved: Unsaved) -> Field:
    """What was written stands in it. It is made from what the writer has seen: theirs too, where the two have
    met."""
    written, met = unsaved.written.get(asked.sentence), asked.sentence in unsaved.met
    return Field(
        number,
        asked,
        written.text if written else asked.text,
        sealed(plan, asked, written.was if written and not met else asked.text),
        unsaved.faults.get(asked.sentence, ""),
        met,
        is_gone,
    )
