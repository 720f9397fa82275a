"""What the rules say of a plan's budget, in the words that its explanations go by. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from budgets.rules import Finding, Severity, check
from budgets.rules.sentences import sentence
from plans.picture import Explanation, PlanPicture


@dataclass(frozen=True)
class SaidFinding:
    """A finding with its sentence, in the unit of the plan's sheet and without its source; and why the plan
    has it, when somebody has said so."""

    finding: Finding
    sentence: str
    explanation: Explanation | None = None

    @property
    def asks(self) -> bool:
        """Whether the board is to be told why."""
        return self.finding.severity is Severity.WARNING


def said_findings(picture: PlanPicture, findings: Iterable[Finding] | None = None) -> list[SaidFinding]:
    """What the rules find in the plan's budget (`findings`, when that is known already), worst first."""
    found = check(picture.sheet, picture.circumstances) if findings is None else findings
    words = ((each, sentence(each, picture.sheet, with_reference=False)) for each in found)
    return [SaidFinding(each, said, picture.explanation_of(said)) for each, said in words]
