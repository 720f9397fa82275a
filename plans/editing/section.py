"""Changing what one section says: its text, its heading and place among the law's demands, its live block."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError

from members.models import User
from plans.editing.change import locked, picture, seen_section, write_down
from plans.models import Plan, Section, SectionChange

PROPERTIES = ("heading", "numbered", "is_appendix", "new_page", "role")
BLOCK = ("block", "settings")
UNSEEN = set("\u115f\u1160\u2800\u3164\uffa0\ufffc")
"""Signs that Unicode counts among letters and symbols, and that show nothing."""


def heading_of(typed: str) -> str:
    """A heading as it is kept, with single spaces; empty where it has no sign that is seen."""
    heading = " ".join(typed.split())
    is_seen = any(unicodedata.category(sign)[0] in "LNPS" and sign not in UNSEEN for sign in heading)
    return heading if is_seen else ""


def change_text(plan: Plan, user: User, key: str, revision: int, text: str) -> Section:
    """The section with another text, kept in the small vocabulary.

    `revision` is the section's when its text was seen. Raises ClosedError and ConflictError.
    """
    return _change(plan, user, SectionChange.Action.TEXT, key, revision, {"text": text})


def change_properties(plan: Plan, user: User, key: str, revision: int, **values: Any) -> Section:
    """The section with another heading, number, role or place for a new page. Raises ClosedError,
    ConflictError and ValidationError."""
    assert set(values) <= set(PROPERTIES)
    if "heading" in values:
        values["heading"] = heading_of(values["heading"])
    return _change(plan, user, SectionChange.Action.HEADING, key, revision, values)


def change_block(
    plan: Plan, user: User, key: str, revision: int, block: str, settings: dict[str, Any]
) -> Section:
    """The section with another live block. Raises ClosedError, ConflictError and ValidationError."""
    return _change(
        plan, user, SectionChange.Action.BLOCK, key, revision, {"block": block, "settings": settings}
    )


def _change(
    plan: Plan, user: User, action: SectionChange.Action, key: str, revision: int, values: dict[str, Any]
) -> Section:
    with locked(plan):
        section = seen_section(plan, key, revision, values)
        parents = {section.parent.pk: section.parent.key} if section.parent else {}
        before = picture([section], parents)
        for name, value in values.items():
            setattr(section, name, value)
        _check(section)
        after = picture([section], parents)
        if before == after:
            return section
        section.revision = write_down(plan, user, action, section, before, after).number
        section.save()
        return section


def _check(section: Section) -> None:
    """What a form would refuse, without asking the database. Raises ValidationError."""
    own = [each.name for each in section._meta.fields if each.is_relation]
    section.full_clean(exclude=own, validate_unique=False, validate_constraints=False)
    if section.is_appendix and not section.heading:
        raise ValidationError({"heading": "En bilaga har en rubrik."})
    if section.is_appendix and section.parent_id:
        raise ValidationError({"is_appendix": "En bilaga ligger inte under ett annat avsnitt."})
