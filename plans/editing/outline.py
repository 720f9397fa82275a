"""Changing the order and shape of a plan's sections: add, move, place and remove."""

import re
import unicodedata
from typing import Literal

from members.models import User
from plans.editing.change import (
    ConflictError,
    ImpossibleError,
    Rows,
    locked,
    seen_section,
    seen_sections,
    write_down,
)
from plans.editing.section import change_properties, heading_of
from plans.editing.undoing import all_rows, with_links
from plans.models import Plan, Section, SectionChange
from plans.models.section import DEEPEST

Where = Literal["up", "down", "in", "out"]

SAID = ("heading", "text", "block", "settings")
"""What nobody removes without having seen it."""

NO_ROOM = {
    "up": "Avsnittet är redan först.",
    "down": "Avsnittet är redan sist.",
    "in": "Det finns inget avsnitt före att lägga det i.",
    "out": "Avsnittet ligger redan ytterst.",
}


def add_section(
    plan: Plan, user: User, heading: str, *, after: str = "", under: str = "", role: str = ""
) -> Section:
    """A new section: after the one with that key, as the last part of the one it is put `under`, or last
    before the appendices. A typed number is left out where the section is given one. Raises ClosedError,
    ConflictError (the other is gone) and ImpossibleError."""
    heading = heading_of(heading)
    if not heading:
        raise ImpossibleError("Skriv en rubrik.")
    if len(heading) > 300:
        raise ImpossibleError("Rubriken är för lång: högst 300 tecken.")
    with locked(plan):
        before = all_rows(plan)
        beside, above = _named(plan, after), _named(plan, under)
        parent = beside.parent if beside else above
        section = Section(plan=plan, parent=parent, role=role)
        section.numbered = beside.numbered if beside else above.numbered if above else True
        section.heading = _without_typed_number(section, heading)
        section.key = _free_key(plan, section.heading)
        if parent and _depth(parent) >= DEEPEST:
            raise ImpossibleError(f"Avsnitt kan ligga i högst {DEEPEST} nivåer.")
        siblings = _parts(plan, parent)
        section.position = _after_all(siblings)
        section.save()
        place = siblings.index(beside) + 1 if beside else _end(siblings)
        siblings.insert(place, section)
        _put_in_order(siblings)
        return _done(plan, user, SectionChange.Action.ADD, section, before)


def rename_section(plan: Plan, user: User, key: str, revision: int, heading: str) -> Section:
    """The section with another heading, without a typed number where it is given one. Raises ClosedError,
    ConflictError and ValidationError."""
    with locked(plan):
        section = seen_section(plan, key, revision, ("heading",))
        heading = _without_typed_number(section, heading)
        return change_properties(plan, user, key, revision, heading=heading)


def move_section(plan: Plan, user: User, key: str, revision: int, where: Where) -> Section:
    """The section one step up or down among those beside it, in under the one before, or out beside the one
    above. Raises ClosedError, ConflictError and ImpossibleError."""
    with locked(plan):
        section, before = seen_section(plan, key, revision), all_rows(plan)
        siblings = _parts(plan, section.parent)
        place = siblings.index(section)
        if where in ("up", "down"):
            other = place + (1 if where == "down" else -1)
            if not 0 <= other < len(siblings):
                raise ImpossibleError(NO_ROOM[where])
            siblings[place], siblings[other] = siblings[other], siblings[place]
            _put_in_order(siblings)
        elif where == "in":
            if not place:
                raise ImpossibleError(NO_ROOM[where])
            _put(plan, section, siblings[place - 1])
        else:
            if section.parent is None:
                raise ImpossibleError(NO_ROOM[where])
            _put(plan, section, section.parent.parent, after=section.parent)
        return _done(plan, user, SectionChange.Action.MOVE, section, before)


def place_section(
    plan: Plan, user: User, key: str, revision: int, *, before_key: str = "", under: str = ""
) -> Section:
    """The section right before another, or as the last part of the one it is put `under` (of the plan when
    none is named), as when it is dragged there. Raises ClosedError, ConflictError and ImpossibleError."""
    with locked(plan):
        section, before = seen_section(plan, key, revision), all_rows(plan)
        beside = _named(plan, before_key)
        parent = beside.parent if beside else _named(plan, under)
        if section in (parent, beside) or (parent and section in _above(parent)):
            raise ImpossibleError("Ett avsnitt kan inte ligga under sig självt.")
        _put(plan, section, parent, before=beside)
        return _done(plan, user, SectionChange.Action.MOVE, section, before)


def remove_section(plan: Plan, user: User, key: str, revision: int) -> SectionChange:
    """The section is gone with its parts, until it is undone. `revision` is that of the plan's latest change
    when all of it was seen. Raises ClosedError and ConflictError."""
    with locked(plan):
        section, before = seen_section(plan, key, revision, SAID), all_rows(plan)
        after = _without(section, before)
        vanishing = before.keys() - after.keys()
        seen_sections(plan, vanishing, revision, SAID)
        before = with_links(before, vanishing, plan)
        change = write_down(plan, user, SectionChange.Action.REMOVE, section, before, after)
        section.delete()
        return change


def vanished_keys(plan: Plan) -> set[str]:
    """The sections that the plan has had: of those that were removed, or whose adding was undone."""
    actions = (SectionChange.Action.REMOVE, SectionChange.Action.UNDO)
    changes = SectionChange.objects.filter(plan=plan, action__in=actions)
    return {key for before in changes.values_list("before", flat=True) for key in before}


# -- what they share -----------------------------------------------------------------------------


def _done(plan: Plan, user: User, action: SectionChange.Action, section: Section, before: Rows) -> Section:
    """The change, if it is one, written down; every section that it touched has its number."""
    after = all_rows(plan)
    if after != before:
        change = write_down(plan, user, action, section, before, after)
        Section.objects.filter(plan=plan, key__in=change.after).update(revision=change.number)
    section.refresh_from_db()
    return section


def _named(plan: Plan, key: str) -> Section | None:
    if not key:
        return None
    if not key.isprintable():  # PostgreSQL would not look for it
        raise ConflictError(None)
    section = Section.objects.filter(plan=plan, key=key).select_related("parent").first()
    if section is None:
        raise ConflictError(None)
    return section


def _parts(plan: Plan, parent: Section | None) -> list[Section]:
    return list(Section.objects.filter(plan=plan, parent=parent))


def _end(siblings: list[Section]) -> int:
    """The place after all of them but the appendices they end with and a section that only heads those."""
    place = len(siblings)
    while place and siblings[place - 1].is_appendix:
        place -= 1
    if 0 < place < len(siblings) and _heads_appendices(siblings[place - 1]):
        place -= 1
    return place


def _heads_appendices(section: Section) -> bool:
    is_bare = not section.block and not section.parts.exists()
    return is_bare and re.match("bilag", section.heading, re.IGNORECASE) is not None


_TYPED_NUMBER = re.compile(
    r"[0-9]{1,2}(?:\.[0-9]{1,2})+[.)]?\s+"  # 4.1 Risker
    r"|[0-9]{1,2}[.)]\s*(?=[^\W\d_])"  # 4. Risker
    r"|[0-9]{1,2}\s+(?=[A-ZÅÄÖÉ])"  # 4 Risker, but not 10 åtgärder
)


def _without_typed_number(section: Section, heading: str) -> str:
    """The heading, without a number that is typed where the document gives the section one."""
    above = [each for each in _above(section) if each.heading]
    is_given = all(each.numbered and not each.is_appendix for each in (section, *above))
    typed = _TYPED_NUMBER.match(heading)
    return heading[typed.end() :] if typed and is_given else heading


def _put_in_order(sections: list[Section]) -> None:
    """The positions that they have between them, in this order, so that none is touched that stays."""
    positions = sorted({section.position for section in sections})
    if len(positions) < len(sections):
        positions = list(range(len(sections)))
    for section, position in zip(sections, positions, strict=True):
        section.position = position
    Section.objects.bulk_update(sections, ["position"])


def _after_all(siblings: list[Section]) -> int:
    return 1 + max((each.position for each in siblings), default=-1)


def _put(
    plan: Plan,
    section: Section,
    parent: Section | None,
    *,
    before: Section | None = None,
    after: Section | None = None,
) -> None:
    """Under `parent`, right before or after one of its parts, or last."""
    _check_depth(plan, section, parent)
    siblings = [each for each in _parts(plan, parent) if each != section]
    if section.parent != parent:
        section.parent, section.position = parent, _after_all(siblings)
        section.save()
    place = siblings.index(before) if before else siblings.index(after) + 1 if after else len(siblings)
    siblings.insert(place, section)
    _put_in_order(siblings)


def _check_depth(plan: Plan, section: Section, parent: Section | None) -> None:
    if section.is_appendix and parent:
        raise ImpossibleError("En bilaga ligger inte under ett annat avsnitt.")
    if (_depth(parent) if parent else 0) + _height(plan, section) > DEEPEST:
        raise ImpossibleError(f"Avsnitt kan ligga i högst {DEEPEST} nivåer.")


def _above(section: Section) -> list[Section]:
    found = []
    while section.parent is not None:
        section = section.parent
        found.append(section)
    return found


def _depth(section: Section) -> int:
    return 1 + len(_above(section))


def _height(plan: Plan, section: Section) -> int:
    return 1 + max((_height(plan, part) for part in _parts(plan, section)), default=0)


def _without(section: Section, rows: Rows) -> Rows:
    """The rows without the section and all within it."""
    gone = {section.key}
    while more := {key for key, row in rows.items() if row["parent"] in gone} - gone:
        gone |= more
    return {key: row for key, row in rows.items() if key not in gone}


def _free_key(plan: Plan, heading: str) -> str:
    """A name in references made of the heading, unlike all others that the plan has or has had."""
    letters = unicodedata.normalize("NFKD", heading.casefold()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60] or "avsnitt"
    taken = set(Section.objects.filter(plan=plan).values_list("key", flat=True))
    taken |= vanished_keys(plan)
    key, times = name, 1
    while key in taken:
        times += 1
        key = f"{name}-{times}"
    return key
