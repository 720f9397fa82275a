"""What is missing before a plan may be sent on, in words and with where to mend it. Pure."""

from dataclasses import dataclass

from budgets.rules import Severity
from plans.picture import PlanPicture
from plans.rules import check_document
from plans.rules.said import said_findings


@dataclass(frozen=True)
class Lack:
    """`where` is the page to mend it on: `outline`, `budget`, `explanations`, or `section` with its key."""

    sentence: str
    where: str = ""
    section: str = ""


def lacking(picture: PlanPicture, purpose: str) -> list[Lack]:
    """What a version for this purpose (`consultation`, `board`) lacks. For samråd a text is enough; what goes
    to the board has no error left, since an error stops adoption, and an explanation of each warning."""
    if not picture.sections:
        return [Lack("Planen har ingen text än.", "outline")]
    if purpose != "board":
        return []
    of_document = [
        Lack(each.sentence, "section" if each.section else "outline", each.section)
        for each in check_document(picture)
        if each.severity is Severity.ERROR
    ]
    said = said_findings(picture)
    errors = [Lack(each.sentence, "budget") for each in said if each.finding.severity is Severity.ERROR]
    unexplained = [
        Lack(f"Motivering saknas: {each.sentence}", "explanations")
        for each in said
        if each.asks and not each.explanation
    ]
    return [*of_document, *errors, *unexplained]
