"""The only road to a changed section: check that the plan is open and the section is as it was seen, change
it, and write down what was before and after, in one transaction."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Max

from budgets.models import Budget
from members.models import User
from plans.models import Plan, Section, SectionChange

FIELDS = (
    "heading",
    "position",
    "numbered",
    "is_appendix",
    "new_page",
    "role",
    "hint",
    "text",
    "block",
    "settings",
)
"""What a section is, beside its key and the section above."""

Rows = dict[str, dict[str, Any]]
"""Sections by key, with their fields and the key of the section above."""


class ClosedError(Exception):
    """The plan is closed for changes."""


class ConflictError(Exception):
    """Somebody else has changed or removed the section since it was seen. `section` is it now, None when it
    is gone."""

    def __init__(self, section: Section | None) -> None:
        super().__init__("Någon annan har ändrat avsnittet.")
        self.section = section


class ImpossibleError(Exception):
    """What was asked for cannot be done; the message says so in Swedish."""


@contextmanager
def locked(plan: Plan) -> Iterator[None]:
    """Within the block nobody else changes the plan, and it is open. Raises ClosedError."""
    with transaction.atomic():
        budget = Budget.objects.select_for_update(no_key=True).only("is_open").get(pk=plan.budget_id)
        if not budget.is_open:
            raise ClosedError
        yield


def seen_section(plan: Plan, key: str, revision: int, fields: Iterable[str] = ()) -> Section:
    """The section, if none of these fields has changed since it was seen at that revision. Raises
    ConflictError."""
    return seen_sections(plan, [key], revision, fields)[0]


def seen_sections(
    plan: Plan, keys: Collection[str], revision: int, fields: Iterable[str] = ()
) -> list[Section]:
    """The sections, if none of these fields of any has changed since they were seen at that revision, with a
    fixed number of queries. Raises ConflictError."""
    sections = list(Section.objects.filter(plan=plan, key__in=keys).select_related("parent"))
    if len(sections) < len(keys):
        raise ConflictError(None)
    fields = tuple(fields)
    since: tuple[SectionChange, ...] = ()
    if any(section.revision != revision for section in sections):
        since = tuple(SectionChange.objects.filter(plan=plan, number__gt=revision))
    for section in sections:
        if section.revision != revision and _has_changed(section.key, since, fields):
            raise ConflictError(section)
    return sections


def _has_changed(key: str, since: Iterable[SectionChange], fields: tuple[str, ...]) -> bool:
    """Whether one of the changes made one of the fields another."""
    for change in since:
        before, after = change.before.get(key), change.after.get(key)
        if (before or after) and any((before or {}).get(each) != (after or {}).get(each) for each in fields):
            return True
    return False


def picture(sections: Iterable[Section], keys: Mapping[int, str]) -> Rows:
    """The sections as the history holds them; `keys` gives the key of each section above."""
    return {
        section.key: {
            **{field: getattr(section, field) for field in FIELDS},
            "parent": keys[section.parent_id] if section.parent_id else None,
        }
        for section in sections
    }


def keys_of(plan: Plan) -> dict[int, str]:
    """The key of each section by its primary key."""
    return dict(Section.objects.filter(plan=plan).values_list("pk", "key"))


def write_down(
    plan: Plan,
    user: User,
    action: str,
    section: Section,
    before: Rows,
    after: Rows,
    undoes: SectionChange | None = None,
) -> SectionChange:
    """The change in the history. What is the same before and after is left out."""
    last = SectionChange.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return SectionChange.objects.create(
        plan=plan,
        number=last + 1,
        action=action,
        section_key=section.key,
        heading=section.heading,
        before={key: before[key] for key in keys if key in before},
        after={key: after[key] for key in keys if key in after},
        undoes=undoes,
        made_by=user,
        made_by_name=str(user),
    )
