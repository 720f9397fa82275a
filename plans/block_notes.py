"""What a live block is set to show and cannot, and what is missing where it shows nothing. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from finsam.swedish import listed
from plans.blocks import BlockKind
from plans.compose.charts import CHART_OF
from plans.compose.people import BODY_NAMES, SIGNING
from plans.compose.writing import Writing
from plans.document import Block, Paragraph
from plans.picture import PlanPicture

Settings = Mapping[str, Any]

PLACES = {"budget": "Budget", "members": "Medlemmar", "projects": "Insatser", "goals": "Mål"}
"""Where what is missing is added: the names of addresses, and what they are called on the page."""


@dataclass(frozen=True)
class Note:
    """A Swedish sentence; `place` is one of `PLACES` when what is missing is added there."""

    sentence: str
    place: str = ""

    @property
    def place_name(self) -> str:
        return PLACES[self.place]

    @property
    def is_of_plan(self) -> bool:
        """Whether the address has the plan year, and not the federation alone."""
        return self.place in ("budget", "goals")


EMPTY: Mapping[BlockKind, tuple[Callable[[Writing], object], Note]] = {
    BlockKind.BUDGET_TABLE: (
        lambda writing: writing.plan.sheet.lines,
        Note("Budgeten har inga poster än.", "budget"),
    ),
    BlockKind.EQUITY_BRIDGE: (
        lambda writing: writing.plan.sheet.lines,
        Note("Budgeten har inga poster än.", "budget"),
    ),
    BlockKind.MEMBERS_AND_SHARES: (
        lambda writing: any(each.line_class == "contribution" for each in writing.plan.sheet.lines),
        Note("Budgeten har inga medlemsbidrag än.", "budget"),
    ),
    BlockKind.PROJECT_CARDS: (
        lambda writing: writing.plan.projects,
        Note("Det finns inga insatser än.", "projects"),
    ),
    BlockKind.PROJECT_TABLE: (
        lambda writing: writing.plan.projects,
        Note("Det finns inga insatser än.", "projects"),
    ),
    BlockKind.TIMELINE: (
        lambda writing: any(chart.key == CHART_OF["projects"] for chart in writing.charts),
        Note("Ingen insats har pengar i budgeten eller pågår under dess år."),
    ),
    BlockKind.CHARTS: (
        lambda writing: writing.charts,
        Note("Budgeten har inga belopp att rita diagram av än.", "budget"),
    ),
    BlockKind.SCORECARD: (
        lambda writing: writing.plan.areas,
        Note("Det finns inga perspektiv än.", "goals"),
    ),
    BlockKind.AREAS: (
        lambda writing: writing.plan.areas,
        Note("Det finns inga perspektiv eller prioriterade områden än.", "goals"),
    ),
    BlockKind.TARGET_GROUPS: (
        lambda writing: writing.plan.target_groups,
        Note("Det finns inga målgrupper än.", "goals"),
    ),
    BlockKind.GOALS: (lambda writing: writing.plan.all_goals(), Note("Det finns inga mål än.", "goals")),
    BlockKind.GLOSSARY: (lambda writing: writing.plan.terms, Note("Planen förklarar inga ord än.")),
    BlockKind.RISK_TABLE: (lambda writing: writing.plan.risks, Note("Planen har inga risker än.")),
    BlockKind.CONSULTATION: (
        lambda writing: writing.plan.consulted_on,
        Note("Planen har inte varit på samråd än."),
    ),
}
"""How to tell whether there is anything to show at all, and what to say when there is not."""

NOTHING_CHOSEN = Note("Det som är valt har inget att visa. Välj något annat, eller inget: då visas allt.")
CHART_NAMES = {"equity": "eget kapital", "income": "intäkter", "costs": "kostnader", "projects": "insatser"}


def notes(writing: Writing, kind: BlockKind, settings: Settings, blocks: Sequence[Block]) -> list[Note]:
    """What to tell of the block, set so, that is written as `blocks`. Nothing when all is shown."""
    has, empty = EMPTY.get(kind, (lambda writing: True, NOTHING_CHOSEN))
    if not has(writing):
        return [empty]
    found = [note for rule in RULES for note in rule(writing, kind, settings)]
    shows_nothing = all(isinstance(each, Paragraph) for each in blocks)
    return found or ([NOTHING_CHOSEN] if settings and shows_nothing else [])


def _years(writing: Writing, kind: BlockKind, settings: Settings) -> Iterator[Note]:
    """Years that the budget does not have, or that the block passes over."""
    plan = writing.plan
    chosen = sorted(plan.plan_year + year for year in settings.get("years", ()))
    known = sorted({column.year for column in plan.sheet.columns})
    if gone := [str(year) for year in chosen if year not in known]:
        has = f"{known[0]}–{known[-1]}" if len(known) > 1 else "".join(map(str, known))
        yield Note(f"{listed(gone)} finns inte i budgeten, som har {has or 'inga år än'}. Ta bort krysset.")
    earlier = [str(year) for year in chosen if year in known and year < plan.plan_year]
    if earlier and kind == BlockKind.PROJECT_TABLE:
        yield Note(f"Tabellen har belopp för planåret och åren efter, inte för {listed(earlier)}.")


def _groups(writing: Writing, kind: BlockKind, settings: Settings) -> Iterator[Note]:
    """Parts of the budget that hold no groups."""
    parts = settings.get("parts", ["costs"])
    if not settings.get("groups") or parts == ["costs"]:
        return
    if "costs" in parts:
        yield Note("När grupper är valda visas bara de grupperna, inga andra delar av budgeten.")
    else:
        yield Note("Grupperna hör till kostnaderna: välj kostnader, eller inga grupper.")


def _gone(writing: Writing, kind: BlockKind, settings: Settings) -> Iterator[Note]:
    """Rows that are no more."""
    plan: PlanPicture = writing.plan
    kept: Mapping[str, tuple[set[object], str]] = {
        "projects": ({each.key for each in plan.projects}, "En vald insats"),
        "groups": (set(plan.group_names), "En vald grupp"),
        "areas": ({each.key for each in plan.areas}, "Ett valt område"),
        "target_groups": ({each.key for each in plan.target_groups}, "En vald målgrupp"),
    }
    for name, (keys, words) in kept.items():
        if any(key not in keys for key in settings.get(name, ())):
            yield Note(f"{words} finns inte längre och visas inte. Ta bort krysset.")


def _bodies(writing: Writing, kind: BlockKind, settings: Settings) -> Iterator[Note]:
    """Bodies that nobody has a post in, or nobody who signs."""
    if kind not in (BlockKind.BOARD, BlockKind.SIGNATURES):
        return
    people = [each for each in writing.plan.appointments if kind == BlockKind.BOARD or each.post in SIGNING]
    known = {each.body for each in people}
    if lacking := [
        BODY_NAMES[body].lower() for body in settings.get("bodies", ["board"]) if body not in known
    ]:
        what = "Inga uppdrag" if kind == BlockKind.BOARD else "Inga ordinarie ledamöter"
        yield Note(f"{what} är inlagda än: {listed(lacking)}.", "members")


def _charts(writing: Writing, kind: BlockKind, settings: Settings) -> Iterator[Note]:
    """Charts with nothing in them."""
    drawn = {chart.key for chart in writing.charts}
    lacking = [CHART_NAMES[name] for name in settings.get("charts", ()) if CHART_OF[name] not in drawn]
    if lacking:
        which = "Diagrammet" if len(lacking) == 1 else "Diagrammen"
        yield Note(f"{which} över {listed(lacking)} har inget att visa än.")


def _financial(writing: Writing, kind: BlockKind, settings: Settings) -> Iterator[Note]:
    """Only the financial goals asked for, or only the others, where there are none of them."""
    wanted = settings.get("financial")
    if wanted is not None and all(goal.is_financial != wanted for goal in writing.plan.all_goals()):
        yield Note("Inget av målen är finansiellt." if wanted else "Alla målen är finansiella.")


RULES = (_years, _groups, _gone, _bodies, _charts, _financial)
