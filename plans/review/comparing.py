"""What differs between two plans as they were frozen: figures year by year, and texts word by word. Pure.

The plans may be two versions of one, or of different years: years are matched by the calendar, lines and
sections by what they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Literal

from budgets.sheet import BudgetSheet, Line
from finsam.swedish import in_whole_units, number, percent
from plans.compose.writing import Writing
from plans.document import (
    Block,
    BulletList,
    Footnotes,
    Illustration,
    Item,
    Paragraph,
    Quotation,
    Table,
    plain,
)
from plans.numbering import Place
from plans.picture import PlanPicture, Section

Kind = Literal["same", "added", "removed"]


@dataclass(frozen=True)
class Piece:
    """A run of words that both have, or one of them."""

    text: str
    kind: Kind = "same"


@dataclass(frozen=True)
class TextChange:
    """A section (or a list, such as the goals) that is new, gone, or differs. `paragraphs` are those that
    differ, whole. `anchor` is where it stands in the later plan's document, empty for what is gone, for lists
    and for what has no heading above it."""

    name: str
    what: Literal["new", "gone", "changed"]
    paragraphs: tuple[tuple[Piece, ...], ...] = ()
    anchor: str = ""


@dataclass(frozen=True)
class FigureChange:
    """A line or a sum of a year in both; amounts in SEK, None where there is none. `key` is the line's in the
    later plan, empty for a sum and for what is gone."""

    name: str
    before: Decimal | None
    after: Decimal | None
    is_sum: bool = False
    key: str = ""

    @property
    def change(self) -> Decimal:
        return (self.after or Decimal(0)) - (self.before or Decimal(0))

    @property
    def per_cent(self) -> str:
        """The change in per cent of the earlier figure; empty of nothing and of a negative figure."""
        return percent(self.change / self.before) if self.before is not None and self.before > 0 else ""

    def shown(self, sheet: BudgetSheet) -> tuple[str, str, str]:
        """Before, after and change in whole units of the sheet, the change with its sign."""
        before, after = (
            "–" if amount is None else number(in_whole_units(amount, sheet.unit))
            for amount in (self.before, self.after)
        )
        change = number(in_whole_units(self.change, sheet.unit))
        return before, after, f"+{change}" if self.change > 0 and change != "0" else change


@dataclass(frozen=True)
class YearChanges:
    year: int
    figures: tuple[FigureChange, ...]


@dataclass(frozen=True)
class Changes:
    years: tuple[YearChanges, ...]
    texts: tuple[TextChange, ...]

    def __bool__(self) -> bool:
        return bool(self.years or self.texts)


def changes(before: PlanPicture, after: PlanPicture) -> Changes:
    """All that differs, in the order of the later plan; what is gone comes last."""
    return Changes(_years(before.sheet, after.sheet), tuple(_texts(before, after)))


# -- figures -------------------------------------------------------------------------------------

SUMS = (
    ("Summa intäkter", "income"),
    ("Summa kostnader", "costs"),
    ("Resultat", "result"),
    ("Utgående eget kapital", "closing"),
)


def _years(before: BudgetSheet, after: BudgetSheet) -> tuple[YearChanges, ...]:
    """The years that both plan, with what differs in them."""
    earlier = {before.columns[column].year: column for column in before.judged}
    later = {after.columns[column].year: column for column in after.judged}
    found = (
        YearChanges(year, tuple(_figures(before, earlier[year], after, column)))
        for year, column in later.items()
        if year in earlier
    )
    return tuple(each for each in found if each.figures)


def _figures(before: BudgetSheet, old: int, after: BudgetSheet, new: int) -> Iterable[FigureChange]:
    was, now = _lines(before), _lines(after)
    for place, line in now.items():
        earlier = was.get(place)
        change = FigureChange(
            line.name,
            before.amount(earlier, old) if earlier else None,
            after.amount(line, new),
            key=str(line.key),
        )
        if change.before != change.after:
            yield change
    for place, line in was.items():
        if place not in now and (amount := before.amount(line, old)) is not None:
            yield FigureChange(line.name, amount, None)
    for name, field in SUMS:
        figures = getattr(before.figures[old], field), getattr(after.figures[new], field)
        if figures[0] != figures[1]:
            yield FigureChange(name, *figures, is_sum=True)


def _lines(sheet: BudgetSheet) -> Mapping[tuple[str, str, str, int], Line]:
    """The lines by what they are: section, group and name, and which of those with the same."""
    found: dict[tuple[str, str, str, int], Line] = {}
    for line in sheet.lines:
        times = 0
        while (place := (line.section, line.group, line.name.casefold(), times)) in found:
            times += 1
        found[place] = line
    return found


# -- texts ---------------------------------------------------------------------------------------


def _texts(before: PlanPicture, after: PlanPicture) -> Iterable[TextChange]:
    was = {section.key: section for section in before.all_sections()}
    now = {section.key: section for section in after.all_sections()}
    old, new = Writing(before), Writing(after)
    for key, section in now.items():
        words, place = _paragraphs(new, section), new.places[key]
        if key not in was:
            yield TextChange(_name(section, place), "new", _all(words, "added"), place.anchor)
        elif different := compared(_paragraphs(old, was[key]), words):
            yield TextChange(_name(section, place), "changed", different, place.anchor)
    for key, section in was.items():
        if key not in now:
            name = _name(section, old.places[key])
            yield TextChange(name, "gone", _all(_paragraphs(old, section), "removed"))
    for name, listing in LISTS.items():
        if different := compared(listing(before), listing(after)):
            yield TextChange(name, "changed", different)


def _name(section: Section, place: Place) -> str:
    """Its heading; a text without one is found by the heading above it."""
    if section.heading or not place.heading:
        return section.heading or "Planens början"
    return f"Text under {place.number} {place.heading}" if place.number else f"Text under {place.heading}"


def _all(paragraphs: list[str], kind: Kind) -> tuple[tuple[Piece, ...], ...]:
    return tuple((Piece(words, kind),) for words in paragraphs)


def _paragraphs(writing: Writing, section: Section) -> list[str]:
    """The heading and the words of a section, as its readers see them: live figures with their amounts."""
    words = [section.heading] if section.heading else []
    for block in (*writing.text(section.text), *writing.footnotes()):
        words += words_of(block)
    return words


def words_of(block: Block) -> list[str]:
    """The words of a block, a paragraph each."""
    if isinstance(block, Paragraph):
        return [plain(block.spans)]
    if isinstance(block, Quotation):
        return [plain(spans) for spans in block.paragraphs]
    if isinstance(block, BulletList):
        return [words for item in block.items for words in _words_of_item(item)]
    if isinstance(block, Table):
        return [" | ".join(cell.text for cell in row.cells) for row in (*block.head, *block.rows)]
    if isinstance(block, Footnotes):
        return [f"Fotnot: {plain(spans)}" for _, spans in block.notes]
    return [f"Bild: {block.alternative_text}"] if isinstance(block, Illustration) else []


def _words_of_item(item: Item) -> list[str]:
    return [plain(item.spans), *(words for each in item.lists for words in words_of(each))]


def _goals(plan: PlanPicture) -> list[str]:
    return [goal.text for goal in plan.all_goals()]


def _indicators(plan: PlanPicture) -> list[str]:
    of_goals = [each for goal in plan.all_goals() for each in goal.indicators]
    of_areas = [each for area in plan.areas for each in area.indicators]
    return [f"{each.text} {each.target}".strip() for each in (*of_areas, *of_goals)]


def _areas(plan: PlanPicture) -> list[str]:
    return [area.name for area in plan.areas]


def _target_groups(plan: PlanPicture) -> list[str]:
    return [group.name for group in plan.target_groups]


def _projects(plan: PlanPicture) -> list[str]:
    return [f"{each.name}, {each.status_name}, {each.period}".removesuffix(", ") for each in plan.projects]


LISTS = {
    "Perspektiv och områden": _areas,
    "Mål": _goals,
    "Mått": _indicators,
    "Målgrupper": _target_groups,
    "Insatser": _projects,
}


def compared(before: list[str], after: list[str]) -> tuple[tuple[Piece, ...], ...]:
    """The paragraphs that differ, each with the words that both have and those of one of them."""
    found: list[tuple[Piece, ...]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            continue
        old, new = before[old_from:old_to], after[new_from:new_to]
        for place in range(max(len(old), len(new))):
            if place >= len(old):
                found.append((Piece(new[place], "added"),))
            elif place >= len(new):
                found.append((Piece(old[place], "removed"),))
            else:
                found.append(_words(old[place], new[place]))
    return tuple(found)


def _words(before: str, after: str) -> tuple[Piece, ...]:
    old, new = before.split(" "), after.split(" ")
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if len(old) * len(new) > MOST_COMPARED or matcher.ratio() < SIMILAR:
        return (Piece(before, "removed"), Piece(after, "added"))
    pieces: list[Piece] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(" ".join(new[new_from:new_to])))
            continue
        if old_to > old_from:
            pieces.append(Piece(" ".join(old[old_from:old_to]), "removed"))
        if new_to > new_from:
            pieces.append(Piece(" ".join(new[new_from:new_to]), "added"))
    return tuple(pieces)


SIMILAR = 0.4
"""Paragraphs with fewer words in common than this part are shown as one gone and one new."""
MOST_COMPARED = 4_000_000
"""So many pairs of words are compared at most: two paragraphs of 2 000 words."""
