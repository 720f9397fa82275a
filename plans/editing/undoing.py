"""Undoing a change of a plan's sections: what it touched is again as it was before."""

from collections import defaultdict
from collections.abc import Mapping

from members.models import User
from plans.editing.change import (
    FIELDS,
    ConflictError,
    ImpossibleError,
    Rows,
    keys_of,
    locked,
    picture,
    write_down,
)
from plans.models import Activity, Plan, Section, SectionChange
from plans.models.section import DEEPEST

LINKS = "activities"
"""In a row that is to vanish: the activities that refer to its section, by primary key."""


def undo(plan: Plan, user: User, number: int) -> SectionChange:
    """What change `number` touched is again as it was before. Raises ClosedError, ConflictError when some
    of it was changed afterwards, and ImpossibleError when it was undone already or cannot be."""
    with locked(plan):
        change = SectionChange.objects.filter(plan=plan, number=number).first()
        if change is None:
            raise ImpossibleError("Ändringen finns inte.")
        if hasattr(change, "undone_by"):
            raise ImpossibleError("Ändringen är redan ångrad.")
        before = all_rows(plan)
        if not _is_untouched(change, before):
            raise ConflictError(Section.objects.filter(plan=plan, key=change.section_key).first())
        if fault := _fault(_undone(change, before)):
            raise ImpossibleError(fault)
        before = with_links(before, change.after.keys() - change.before.keys(), plan)
        _restore(plan, change)
        made = write_down(
            plan,
            user,
            SectionChange.Action.UNDO,
            Section(key=change.section_key, heading=change.heading),
            before,
            all_rows(plan),
            undoes=change,
        )
        Section.objects.filter(plan=plan, key__in=change.before).update(revision=made.number)
        return made


def latest_undoable(plan: Plan, user: User | None = None) -> SectionChange | None:
    """The latest change (of that user) that is not undone, if nothing that it touched was changed since and
    all sections would have a place."""
    changes = SectionChange.objects.filter(plan=plan, undone_by__isnull=True)
    if user is not None:
        changes = changes.filter(made_by=user)
    change = changes.exclude(action=SectionChange.Action.UNDO).order_by("number").last()
    if change is None:
        return None
    rows = all_rows(plan)
    return change if _is_untouched(change, rows) and not _fault(_undone(change, rows)) else None


def all_rows(plan: Plan) -> Rows:
    """Every section of the plan as the history holds it."""
    return picture(Section.objects.filter(plan=plan), keys_of(plan))


def with_links(rows: Rows, vanishing: set[str], plan: Plan) -> Rows:
    """The rows; those that are to vanish with what the tables forget with them."""
    links = defaultdict(list)
    found = Activity.sections.through.objects.filter(section__plan=plan, section__key__in=vanishing)
    for key, activity in found.order_by("pk").values_list("section__key", "activity_id"):
        links[key].append(activity)
    return {key: {**row, LINKS: links[key]} if key in links else row for key, row in rows.items()}


def _is_untouched(change: SectionChange, rows: Rows) -> bool:
    """Whether all that the change touched is as it left it, and what it added has been given no parts."""
    touched = {**change.before, **change.after}
    added = change.after.keys() - change.before.keys()
    given = any(row["parent"] in added for key, row in rows.items() if key not in added)
    return not given and all(rows.get(key) == change.after.get(key) for key in touched)


def _undone(change: SectionChange, rows: Rows) -> Rows:
    """The rows as they would be without the change."""
    kept = {key: row for key, row in rows.items() if key not in change.after}
    return {**kept, **change.before}


def _fault(rows: Rows) -> str:
    """Why sections cannot lie so, in Swedish; empty when they can. What is above a section may have been
    moved after the change without being touched by it."""
    for key in rows:
        way = [key]
        while (above := rows[way[-1]]["parent"]) is not None:
            if above not in rows:
                return "Avsnittet ovanför finns inte längre."
            if above in way:
                return "Då skulle ett avsnitt ligga under sig självt. Flytta det för hand i stället."
            way.append(above)
        if len(way) > DEEPEST:
            return f"Då skulle avsnitt ligga i mer än {DEEPEST} nivåer. Flytta dem för hand i stället."
    return ""


def _restore(plan: Plan, change: SectionChange) -> None:
    """Every section that the change touched as it was before: those above before those within them."""
    Section.objects.filter(plan=plan, key__in=change.after.keys() - change.before.keys()).delete()
    stored = {section.key: section for section in Section.objects.filter(plan=plan)}
    waiting = dict(change.before)
    while waiting:
        ready = {key: waiting[key] for key, row in waiting.items() if row["parent"] not in waiting}
        changed: list[Section] = []
        made: list[Section] = []
        for key, row in ready.items():
            del waiting[key]
            section = stored.setdefault(key, Section(plan=plan, key=key))
            for field in row.keys() & set(FIELDS):
                setattr(section, field, row[field])
            section.parent = stored[row["parent"]] if row["parent"] else None
            (changed if section.pk else made).append(section)
        Section.objects.bulk_update(changed, [*FIELDS, "parent"])
        Section.objects.bulk_create(made)
    _link(plan, {stored[key].pk: row[LINKS] for key, row in change.before.items() if LINKS in row})


def _link(plan: Plan, activities: Mapping[int, list[int]]) -> None:
    """Links sections with those of the activities that are still there."""
    table = Activity.sections.through
    there = set(Activity.objects.filter(plan=plan).values_list("pk", flat=True))
    table.objects.bulk_create(
        [
            table(section_id=section, activity_id=activity)
            for section, linked in activities.items()
            for activity in linked
            if activity in there
        ],
        ignore_conflicts=True,
    )
