"""Goals, how they are measured and what is done: the scorecard, the areas, the target groups."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from finsam.swedish import listed
from plans.compose.writing import Writing, label, text_cell
from plans.document import (
    Block,
    BulletList,
    Item,
    Paragraph,
    Span,
    Spans,
    Table,
    TableColumn,
    TableRow,
)
from plans.picture import Activity, Area, Goal, Indicator, TargetGroup

Settings = Mapping[str, Any]


def areas(writing: Writing, settings: Settings, level: int) -> Iterator[Block]:
    """The chosen perspectives or focus areas, each with what is asked for. One alone has the section's
    heading; several have a heading each."""
    found = _areas(writing, settings)
    show = settings.get("show", ("description", "goals", "indicators", "activities", "links"))
    for area in found:
        if len(found) > 1:
            yield writing.heading(level + 1, area.name, f"omrade-{area.key}")
        if "description" in show:
            yield from writing.text(area.description)
        if "goals" in show and area.goals:
            yield label("Mål")
            yield from _goals(writing, area.goals)
        indicators = (*area.indicators, *(each for goal in area.goals for each in goal.indicators))
        if "indicators" in show and indicators:
            yield label("Mått")
            yield _indicators(indicators)
        activities = (*area.activities, *(each for goal in area.goals for each in goal.activities))
        if "activities" in show and activities:
            yield label("Aktiviteter")
            yield _activities(writing, activities)
        if "links" in show:
            yield from _links(writing, area.projects, area.target_groups)


def target_groups(writing: Writing, settings: Settings, level: int) -> Iterator[Block]:
    """The chosen target groups, each with what is asked for."""
    wanted = settings.get("target_groups")
    found = [group for group in writing.plan.target_groups if wanted is None or group.key in wanted]
    show = settings.get("show", ("name", "description", "activities", "links"))
    if show and set(show) <= {"name", "description"} and len(found) > 1:
        yield BulletList(tuple(Item(_named(writing, group, show)) for group in found), ordered=True)
        return
    for group in found:
        if "name" in show and len(found) > 1:
            yield writing.heading(level + 1, group.name, f"malgrupp-{group.key}")
        if "description" in show:
            yield from writing.text(group.description)
        if "activities" in show and group.activities:
            yield label("Aktiviteter")
            yield _activities(writing, group.activities)
        if "links" in show:
            yield from _links(writing, group.projects, ())


def goals(writing: Writing, settings: Settings, level: int) -> Iterator[Block]:
    """The goals, of the chosen areas or of all, the financial or the others; each with its explanation, its
    indicators and its activities."""
    wanted = settings.get("areas")
    found = (
        writing.plan.all_goals()
        if wanted is None
        else [goal for area in writing.plan.areas if area.key in wanted for goal in area.goals]
    )
    financial = settings.get("financial")
    found = [goal for goal in found if financial is None or goal.is_financial == financial]
    if all(not (goal.explanation or goal.indicators or goal.activities) for goal in found):
        if found:
            yield BulletList(tuple(Item((Span(goal.text),)) for goal in found), ordered=len(found) > 1)
        return
    for place, goal in enumerate(found, start=1):
        name = f"{place}. {goal.text}" if len(found) > 1 else goal.text
        yield writing.heading(level + 1, name, f"mal-{place}")
        yield from writing.text(goal.explanation)
        if goal.indicators:
            yield label("Mått")
            yield _indicators(goal.indicators)
        if goal.activities:
            yield label("Aktiviteter")
            yield _activities(writing, goal.activities)
        yield from _links(writing, goal.projects, goal.target_groups)


def scorecard(writing: Writing, settings: Settings, level: int) -> Iterator[Block]:
    """The perspectives as one table: goals, indicators and activities beside each other."""
    found = _areas(writing, settings)
    if not found:
        return
    yield Table(
        caption=f"Styrkort {writing.plan.plan_year}",
        columns=(TableColumn(18), TableColumn(82)),
        head=(TableRow(tuple(map(text_cell, ("Perspektiv", "Vad planen säger")))),),
        rows=tuple(row for area in found for row in _scorecard_rows(area)),
    )


def _scorecard_rows(area: Area) -> Iterator[TableRow]:
    """The perspective as a heading, then a row for each goal, indicator and activity: beside each other they
    would seem to belong together."""
    indicators = (*area.indicators, *(each for goal in area.goals for each in goal.indicators))
    activities = (*area.activities, *(each for goal in area.goals for each in goal.activities))
    yield TableRow((text_cell(area.name, 2),), "group")
    for name, texts in (
        ("Mål", [goal.text for goal in area.goals]),
        ("Mått", [_indicator(each) for each in indicators]),
        ("Aktivitet", [_with_details(each) for each in activities]),
    ):
        for text in texts:
            yield TableRow((text_cell(name), text_cell(text)), depth=1)


def _areas(writing: Writing, settings: Settings) -> list[Area]:
    wanted = settings.get("areas")
    if wanted is None:
        return list(writing.plan.areas)
    by_key = {area.key: area for area in writing.plan.areas}
    return [by_key[key] for key in wanted if key in by_key]


def _named(writing: Writing, group: TargetGroup, show: Sequence[str]) -> Spans:
    said = writing.words(group.description) if "description" in show else ()
    name = group.name if "name" in show else ""
    if not said:
        return (Span(name),)
    return (Span(f"{name}: ", bold=True), *said) if name else said


def _goals(writing: Writing, found: Sequence[Goal]) -> Iterator[Block]:
    if all(not goal.explanation for goal in found):
        yield BulletList(tuple(Item((Span(goal.text),)) for goal in found))
        return
    for goal in found:
        yield Paragraph((Span(goal.text, bold=True),))
        yield from writing.text(goal.explanation)


def _indicators(found: Sequence[Indicator]) -> BulletList:
    return BulletList(tuple(Item((Span(_indicator(each)),)) for each in found))


def _indicator(indicator: Indicator) -> str:
    return f"{indicator.text} (målvärde: {indicator.target})" if indicator.target else indicator.text


def _activities(writing: Writing, found: Sequence[Activity]) -> BulletList:
    return BulletList(tuple(_activity(writing, each) for each in found))


def _activity(writing: Writing, activity: Activity) -> Item:
    details = tuple(Item((Span(each),)) for each in activity.details)
    more = writing.said_more(activity)
    text = activity.text.removesuffix(".") if more else activity.text
    stop = (Span("."),) if text != activity.text else ()
    return Item((Span(text), *more, *stop), (BulletList(details),) if details else ())


def _with_details(activity: Activity) -> str:
    return f"{activity.text} {listed(list(activity.details))}" if activity.details else activity.text


def _links(
    writing: Writing, projects: tuple[int, ...], target_groups: tuple[str, ...]
) -> Iterator[Paragraph]:
    """Which insatser and target groups belong here, in words."""
    if names := writing.project_names(projects):
        yield Paragraph((Span("Insatser: ", bold=True), Span(f"{names}.")))
    groups = [group.name for group in writing.plan.target_groups if group.key in target_groups]
    if groups:
        yield Paragraph((Span("Målgrupper: ", bold=True), Span(f"{listed(groups)}.")))
