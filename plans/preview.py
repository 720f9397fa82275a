"""A text of a section as the document shows it, as quickly as it is written: the figures are remembered while
the budget has not changed, and the other sections are read only for a text that refers to them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from budgets.editing.remembered import MOST
from budgets.reading import read_sheet, read_surroundings
from finsam.latest import Latest
from finsam.swedish import unit_named
from plans import picture
from plans.compose.writing import Writing
from plans.document import Block, Document, TitlePage
from plans.models import Plan, Section
from plans.numbering import Place, places
from plans.reading import read_group_names, read_illustrations, read_outline
from plans.render.html.blocks import Blocks

FIGURES: Latest[int, tuple[tuple[int, int], picture.PlanPicture]] = Latest(MOST)
"""The figures of each budget, with the number of its last change and of what is around it."""


def read_figures(plan: Plan) -> picture.PlanPicture:
    """All that live figures need of a plan. Nothing is read when the process knows it already."""
    budget, federation = plan.budget, plan.federation
    budget.federation = federation
    numbers = (budget.last_change, federation.surroundings)
    kept = FIGURES.get(budget.pk)
    if kept and kept[0] == numbers:
        return kept[1]
    around = read_surroundings(federation)
    sheet = read_sheet(budget)
    figures = picture.PlanPicture(
        federation=picture.Federation(federation.name, federation.short_name),
        plan_year=plan.plan_year,
        title=plan.title,
        state=plan.state,
        state_name=plan.get_state_display(),
        sheet=replace(sheet, unit=unit_named(federation.unit)),
        circumstances=around.circumstances,
        members=tuple(
            picture.Member(key, name, "", "")
            for key, (name, _) in around.names.members.items()
            if isinstance(key, int)
        ),
        projects=tuple(
            picture.Project(key, name, "", "", "", "", "")
            for key, (name, _) in around.names.projects.items()
            if isinstance(key, int)
        ),
        group_names=read_group_names(plan),
    )
    FIGURES.keep(budget.pk, ((budget.last_change, federation.surroundings), figures))
    return figures


@dataclass
class TextWriting(Writing):
    """Writes texts of one section; the outline is read when the first reference asks for it, what is known of
    the pictures when the first of them does."""

    stored: Plan | None = None

    @cached_property
    def places(self) -> dict[str, Place]:
        assert self.stored is not None
        return places(read_outline(self.stored))

    @cached_property
    def illustrations(self) -> Mapping[str, picture.Illustration]:
        assert self.stored is not None
        return read_illustrations(self.stored.federation)

    def stored_illustration(self, key: str) -> picture.Illustration | None:
        return self.illustrations.get(key)


def writing_of(plan: Plan) -> TextWriting:
    """For texts of this plan."""
    return TextWriting(read_figures(plan), stored=plan)


def ends(plan: Plan, before: picture.Section | None, after: picture.Section | None) -> dict[str, SafeString]:
    """What a reader sees just before a section and just after it: the last paragraph or list of the one
    before (`last_before`) and the first of the one after (`first_after`)."""
    keys = [each.key for each in (before, after) if each]
    texts = dict(Section.objects.filter(plan=plan, key__in=keys).values_list("key", "text"))
    writing = writing_of(plan)
    earlier = writing.text(texts[before.key]) if before else ()
    later = writing.text(texts[after.key]) if after else ()
    return {"last_before": html_of(earlier[-1:]), "first_after": html_of(later[:1])}


def preview(writing: Writing, text: str) -> SafeString:
    """The text of a section as HTML, its footnotes beneath."""
    blocks: tuple[Block, ...] = writing.text(text)
    blocks = (*blocks, *writing.footnotes())
    return html_of(blocks)


def html_of(blocks: tuple[Block, ...]) -> SafeString:
    """Blocks as they stand in the document, without the rest of it."""
    document = Document(TitlePage("", "", "", "", ()), blocks, timezone.now())
    return mark_safe("".join(Blocks(document).all_html(blocks)))  # noqa: S308 - each is safe already
