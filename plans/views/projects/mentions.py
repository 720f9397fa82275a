"""Where a plan's document names an insats: by a live figure, or by a block that shows it. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from plans.blocks import BlockKind
from plans.figures.token import KEYED, TokenError, parse, tokens_in
from plans.picture import PlanPicture, Section

OF_PROJECTS = (BlockKind.PROJECT_CARDS, BlockKind.PROJECT_TABLE, BlockKind.TIMELINE)


@dataclass(frozen=True)
class Mention:
    """A section by the key and the words of its heading, or of the one it continues; and how it names the
    insats. The key is empty before the first heading."""

    section: str
    heading: str
    how: str


def mentions(plan: PlanPicture, project: int, lines: Collection[int]) -> list[Mention]:
    """In the order they are read. `lines` are the keys of the insats' budget lines."""
    found: list[Mention] = []
    key, heading = "", "Inledning"
    for section in plan.all_sections():
        if section.heading:
            key, heading = section.key, section.heading
        how = ", ".join(_ways(section, project, lines))
        if how and found and found[-1].section == key:
            found[-1] = replace(found[-1], how=f"{found[-1].how}, {how}")
        elif how:
            found.append(Mention(key, heading, how))
    return found


def _ways(section: Section, project: int, lines: Collection[int]) -> list[str]:
    ways = []
    if shown_by_name(section.settings, project):
        ways.append("visas i avsnittet")
    elif section.block in OF_PROJECTS and "projects" not in section.settings:
        ways.append("bland alla insatser")
    if figures := figures_of(section.text, project, lines):
        ways.append("ett levande belopp" if figures == 1 else f"{figures} levande belopp")
    return ways


def shown_by_name(settings: object, project: int) -> bool:
    """Whether the settings of a block ask for this insats."""
    return isinstance(settings, dict) and project in settings.get("projects", ())


def figures_of(text: str, project: int, lines: Collection[int] = ()) -> int:
    """How many live figures of a text are of the insats, or of one of its lines."""
    keys = {"project": {project}, "name": {project}, "line": set(lines)}
    return sum(_is_of(token, keys) for token in tokens_in(text))


def _is_of(text: str, keys: dict[str, set[int]]) -> bool:
    try:
        token = parse(text)
    except TokenError:
        return False
    return token.what in KEYED and token.key in keys.get(token.what, ())
