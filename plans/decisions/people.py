"""Who was at a meeting and what each did, and what is wrong with it in words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from budgets.rules import Severity

DEPUTY = "deputy"
CHAIR, VICE_CHAIR = "chair", "vice_chair"
YES, NO, ABSTAINS = "yes", "no", "abstains"


@dataclass(frozen=True)
class Person:
    """Somebody of the board at one item of the agenda. `key` tells them apart; `members` appointed them;
    `order` is a deputy's, from 1; `conflict` says why they are jävig; `serves_for` is the key of the ledamot
    whose place a deputy takes; `vote` is yes, no, abstains or nothing."""

    key: str
    name: str
    post: str
    members: frozenset[str] = frozenset()
    order: int | None = None
    present: bool = False
    conflict: str = ""
    presides: bool = False
    serves_for: str = ""
    vote: str = ""
    reservation: str = ""

    @property
    def is_deputy(self) -> bool:
        return self.post == DEPUTY

    @property
    def can_act(self) -> bool:
        """Whether they may take part: there, and not jävig (KL 6 kap. 28 §)."""
        return self.present and not self.conflict


@dataclass(frozen=True)
class Fault:
    """Something that is not as it should be: an error stops the decision, a warning is to be looked at.
    `is_lacking`: an error only because something is not written down yet."""

    severity: Severity
    sentence: str
    person: str = ""
    """The key of whom it is about."""
    is_lacking: bool = False


def error(sentence: str, person: str = "") -> Fault:
    return Fault(Severity.ERROR, sentence, person)


def lacking(sentence: str, person: str = "") -> Fault:
    return Fault(Severity.ERROR, sentence, person, is_lacking=True)


def warning(sentence: str, person: str = "") -> Fault:
    return Fault(Severity.WARNING, sentence, person)


def errors_of(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(each for each in faults if each.severity is Severity.ERROR)
