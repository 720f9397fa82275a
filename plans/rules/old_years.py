"""OLD_YEAR: a plan made from another says nothing of the other's year that it does not mean."""

import re
from collections.abc import Iterator

from budgets.rules import Severity
from plans.figures.passages import plain_text
from plans.numbering import places
from plans.picture import PlanPicture
from plans.rules.finding import DocumentFinding
from plans.rules.named import named


def old_years(plan: PlanPicture) -> Iterator[DocumentFinding]:
    """A warning for each section that nobody has touched since it came from the other plan, and that has the
    other's year typed in its heading or text: its live figures are of the new years by now."""
    if plan.copied_from_year in (None, plan.plan_year):  # a revision is of the same year
        return
    year = re.compile(rf"\b{plan.copied_from_year}\b")
    places_of = places(plan.sections)
    for section in plan.all_sections():
        if not section.is_untouched:
            continue
        if year.search(section.heading) or year.search(plain_text(section.text)):
            yield DocumentFinding(
                "OLD_YEAR",
                Severity.WARNING,
                f"Avsnittet {named(section, places_of[section.key])} är oförändrat sedan planen för "
                f"{plan.copied_from_year} och nämner det året. Levande belopp visar redan de nya åren.",
                section=section.key,
            )
