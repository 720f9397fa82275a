"""What all of the composing shares: the plan, where its sections stand, how a text becomes blocks."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from budgets import table as budget_table
from budgets.charts import Chart, charts
from budgets.rules import Finding, check
from finsam.swedish import UNIT_NAME, in_whole_units, listed, number
from plans import picture
from plans.document import Block, Cell, Footnotes, Heading, Illustration, Paragraph, Span, Spans
from plans.figures.resolving import resolve
from plans.numbering import SECTION, Place, places
from plans.picture import Activity, PlanPicture
from plans.rules import DocumentFinding, check_document
from plans.text.illustrations import NamedIllustration
from plans.text.reading import blocks_of, spans_of

EMPTY = "–"


@dataclass
class Writing:
    """The plan that is written, and what has been given numbers and anchors so far. Made anew for each
    document."""

    plan: PlanPicture
    notes: dict[str, int] = field(default_factory=dict)
    """The footnotes since the last were shown, with their numbers."""
    last_note: int = 0
    anchors: set[str] = field(default_factory=set)

    @cached_property
    def places(self) -> dict[str, Place]:
        return places(self.plan.sections)

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each section in the order they are read."""
        return {key: place for place, key in enumerate(self.places)}

    @cached_property
    def table(self) -> budget_table.Table:
        """The whole budget as rows. What a source printed in a cell is nothing that a reader needs."""
        made = budget_table.table(self.plan.sheet, self.plan.circumstances, self.plan.sheet.unit)
        rows = (
            replace(row, cells=tuple(replace(cell, printed_text="") for cell in row.cells))
            for row in made.rows
        )
        return replace(made, rows=tuple(rows))

    @cached_property
    def findings(self) -> list[Finding]:
        """What the rules say of the budget."""
        return check(self.plan.sheet, self.plan.circumstances)

    @cached_property
    def document_findings(self) -> list[DocumentFinding]:
        """What the rules say of the plan's document."""
        return check_document(self.plan)

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        """The charts of the budget that have something to show."""
        return charts(self.plan.sheet, self.plan.circumstances, self.plan.sheet.unit)

    @property
    def unit_name(self) -> str:
        return UNIT_NAME[self.plan.sheet.unit]

    # -- texts -----------------------------------------------------------------------------------

    def text(self, html: str) -> tuple[Block, ...]:
        """A text of the small vocabulary as blocks."""
        return blocks_of(html, self)

    def words(self, html: str) -> Spans:
        """A text of one paragraph."""
        return spans_of(html, self)

    def figure(self, token: str, shown: str) -> str:
        return resolve(token, self.plan).text

    def reference(self, key: str, shown: str) -> tuple[str, str]:
        place = self.places.get(key)
        if place is None:
            return "[avsnittet saknas]", ""
        return place.reference, f"#{place.anchor}" if place.anchor else ""

    def footnote(self, text: str) -> int:
        """The number of a footnote; the same words since the last footnotes were shown have one number."""
        if text not in self.notes:
            self.last_note += 1
            self.notes[text] = self.last_note
        return self.notes[text]

    def stored_illustration(self, key: str) -> picture.Illustration | None:
        """The federation's picture of a key, None when it has none."""
        return self.plan.illustrations.get(key)

    def illustration(self, named: NamedIllustration) -> Block:
        stored = self.stored_illustration(named.key)
        if stored is None:
            return Paragraph((Span(f"Bilden saknas: {named.alternative_text or named.key}"),), "warning")
        return Illustration(
            key=named.key,
            media_type=stored.media_type,
            width=stored.width,
            height=stored.height,
            alternative_text=named.alternative_text,
            caption=named.caption,
            address=stored.address,
            content=stored.content,
        )

    def footnotes(self) -> tuple[Block, ...]:
        """The footnotes not shown yet, which then are."""
        notes, self.notes = self.notes, {}
        if not notes:
            return ()
        return (Footnotes(tuple((given, (Span(text),)) for text, given in notes.items())),)

    # -- headings and figures --------------------------------------------------------------------

    def anchor(self, name: str) -> str:
        """The name, or the name with a number where the document has it already."""
        anchor, times = name, 1
        while anchor in self.anchors:
            times += 1
            anchor = f"{name}-{times}"
        self.anchors.add(anchor)
        return anchor

    def heading(self, level: int, text: str, name: str) -> Heading:
        """A heading within a section, which the contents pass over."""
        return Heading(min(level, 6), text, self.anchor(name), in_contents=False)

    def amount(self, value: Decimal | None) -> str:
        """An amount (SEK) in whole units of the document, without the unit; a dash where there is none."""
        return EMPTY if value is None else number(in_whole_units(value, self.plan.sheet.unit))

    def columns(self, years: object) -> list[int]:
        """The columns of these years, counted from the plan year; all when none are said."""
        every = range(len(self.plan.sheet.columns))
        if not isinstance(years, list):
            return list(every)
        wanted = {self.plan.plan_year + year for year in years}
        return [column for column in every if self.plan.sheet.columns[column].year in wanted]

    def head(self, column: int) -> str:
        """The head of a column: 2021 budget."""
        head = budget_table.head(self.plan.sheet.columns[column])
        return " ".join(filter(None, (str(head.year), head.kind, head.detail)))

    # -- what activities point to ----------------------------------------------------------------

    def said_more(self, activity: Activity) -> Spans:
        """Where the plan says more of an activity: " (avsnitt 5.2, 5.3 och 5.4)"."""
        keys = [key for key in activity.sections if key in self.places]
        found = [self.places[key] for key in sorted(keys, key=self.order.__getitem__)]
        if not found:
            return ()
        spans = [Span(" (")]
        for place, each in enumerate(found):
            before = "" if not place else " och " if place == len(found) - 1 else ", "
            words = each.reference
            if place and each.number and found[place - 1].number:
                words = words.removeprefix(SECTION).lstrip()
            spans += [Span(before)] * bool(before) + [Span(words, target=f"#{each.anchor}")]
        return (*spans, Span(")"))

    def project_names(self, keys: tuple[int, ...]) -> str:
        """The insatser of these keys in words."""
        known = [self.plan.project(key) for key in keys]
        return listed([project.name for project in known if project])


def text_cell(text: str, columns: int = 1, *, bold: bool = False) -> Cell:
    return Cell((Span(text, bold=bold),) if text else (), columns)


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def label(text: str) -> Paragraph:
    """A short line that heads what follows."""
    return Paragraph((Span(text),), "label")


def codes_explained() -> Paragraph:
    """Beneath what is shown `with_codes`, where it has any."""
    said = (
        "Tecken som dokumentets typsnitt saknar står som sina koder i Unicode, till exempel [U+1F600]. "
        "I Finsam står texten som den skrevs."
    )
    return Paragraph((Span(said),), "small")
