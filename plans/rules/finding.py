"""What a rule says of a plan's document."""

from dataclasses import dataclass

from budgets.rules import Severity


@dataclass(frozen=True)
class DocumentFinding:
    """One remark. `sentence` is Swedish and names the section; `section` is its key, empty when it is about
    the document as a whole. `role` is what the plan lacks, as the role of the section that would say it."""

    code: str
    severity: Severity
    sentence: str
    reference: str = ""
    section: str = ""
    role: str = ""
