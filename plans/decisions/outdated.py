"""Sentences of a decision that an earlier version proposed: after an amendment they say another figure than
what would be adopted."""

from collections.abc import Iterable, Mapping

from plans.decisions.proposals import proposals
from plans.models import Plan, Version
from plans.states.lacking import Lack
from plans.versions.contents import read


def words(sentence: str) -> tuple[str, ...]:
    """What it says, whatever kind of spaces stands between."""
    return tuple(sentence.split())


def outdated(plan: Plan, sentences: Iterable[str], ready: Iterable[str]) -> Mapping[str, int]:
    """Those of `sentences` that an earlier version before the board proposed and the one of now, whose
    proposals are `ready`, does not; each with the number of the last version that did."""
    now = {words(each) for each in ready}
    others = {words(each): each for each in sentences if words(each) not in now}
    if not others:
        return {}
    assert plan.version is not None  # the one that `ready` was read from
    earlier = Version.objects.filter(plan=plan, purpose=Version.Purpose.BOARD).exclude(pk=plan.version.pk)
    proposed = {
        words(sentence): version.number
        for version in earlier.order_by("number")
        for sentence in proposals(read(version.content))
    }
    return {others[said]: number for said, number in proposed.items() if said in others}


def outdated_lacks(plan: Plan, sentences: Iterable[str], ready: Iterable[str]) -> list[Lack]:
    """With such a sentence the decision would contradict what it adopts."""
    return [
        Lack(f"Att-satsen ”{sentence}” gäller version {number}, inte den som fastställs.", "meeting")
        for sentence, number in outdated(plan, sentences, ready).items()
    ]
