"""The motiveringar of a plan's findings: which are asked for, which are stale, and how they are saved."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from members.models import User
from plans.editing.change import locked
from plans.log.recording import note_explanation
from plans.models import Explanation, Plan
from plans.picture import PlanPicture
from plans.rules.said import said_findings

AMOUNT = re.compile("\u2212?[0-9][0-9\u00a0]*(,[0-9]+)?\u00a0(kr|tkr|%)")
"""As finsam.swedish writes it."""


@dataclass(frozen=True)
class Asked:
    """A finding that asks for an explanation. `earlier` explained it before a figure of it changed."""

    code: str
    sentence: str
    reference: str = ""
    explanation: Explanation | None = None
    earlier: Explanation | None = None

    @property
    def text(self) -> str:
        return self.explanation.text if self.explanation else ""


@dataclass(frozen=True)
class Written:
    """A text written for a finding, empty to take its explanation away. `was` is what stood there when the
    writer began, `earlier` the sentence of the stale explanation shown beside, whose place it takes."""

    code: str
    sentence: str
    was: str
    text: str
    earlier: str = ""


@dataclass(frozen=True)
class Asking:
    """What a plan asks for, and the explanations of what the rules no longer say."""

    asked: tuple[Asked, ...]
    left: tuple[Explanation, ...]

    @property
    def unexplained(self) -> int:
        return sum(not each.explanation for each in self.asked)


def asking(plan: Plan, picture: PlanPicture) -> Asking:
    """The findings of the plan that ask for an explanation, each once, with what is explained already."""
    rows = {row.sentence: row for row in plan.explanations.order_by("made_at", "pk")}
    said = {each.sentence: each.finding for each in said_findings(picture) if each.asks}
    stale = {_key(row.code, sentence): row for sentence, row in rows.items() if sentence not in said}
    asked = []
    for sentence, finding in said.items():
        row = rows.get(sentence)
        earlier = None if row else stale.get(_key(finding.code, sentence))
        asked.append(Asked(finding.code, sentence, finding.reference, row, earlier))
    beside = {each.earlier.pk for each in asked if each.earlier}
    left = (row for sentence, row in rows.items() if sentence not in said and row.pk not in beside)
    return Asking(tuple(asked), tuple(left))


def explain(plan: Plan, user: User, texts: Iterable[Written]) -> set[str]:
    """Save what was written, and give the sentences where somebody else has written something else meanwhile:
    theirs stays. Raises ClosedError."""
    with locked(plan):
        rows = {row.sentence: row for row in plan.explanations.all()}
        return {each.sentence for each in texts if not _saved(plan, user, each, rows)}


def _saved(plan: Plan, user: User, written: Written, rows: dict[str, Explanation]) -> bool:
    """Whether what was written stands now, or nothing was."""
    row = rows.get(written.sentence)
    now = row.text if row else ""
    if written.text in (written.was, now):
        return True
    if now != written.was:
        return False
    if not written.text:
        assert row
        row.delete()
        note_explanation(plan, user, written.code, written.sentence, "")
        return True
    row = row or rows.pop(written.earlier, None) or Explanation(plan=plan)
    row.code, row.sentence, row.text = written.code, written.sentence, written.text
    row.made_by, row.made_by_name = user, str(user)
    row.save()
    note_explanation(plan, user, written.code, written.sentence, written.text)
    return True


def _key(code: str, sentence: str) -> tuple[str, str]:
    """The same for two sentences that differ only in their amounts."""
    return code, AMOUNT.sub("#", sentence)
