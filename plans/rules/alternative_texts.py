"""ALTERNATIVE_TEXT: every picture in a text says in words what it shows.

The law is about the file as it is published, so it is the same whatever year the plan is for.
"""

from collections.abc import Iterator

from budgets.rules import Severity
from plans.picture import PlanPicture
from plans.rules.finding import DocumentFinding
from plans.rules.texts import texts
from plans.text.illustrations import illustrations_in

REFERENCE = "Lagen (2018:1937) om tillgänglighet till digital offentlig service, EN 301 549 avsnitt 9.1.1.1"


def alternative_texts(plan: PlanPicture) -> Iterator[DocumentFinding]:
    """An error for each text with pictures that do not."""
    for text in texts(plan):
        mute = sum(not named.alternative_text for named in illustrations_in(text.html))
        if mute:
            pictures = "Bilden" if mute == 1 else f"{mute} bilder"
            where = text.where[0].lower() + text.where[1:]
            yield DocumentFinding(
                "ALTERNATIVE_TEXT",
                Severity.ERROR,
                f"{pictures} i {where} saknar alternativtext: skriv vad som syns, för den som inte ser det.",
                REFERENCE,
                text.section,
            )
