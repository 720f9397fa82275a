"""The history of one section: who changed it, when, and what differs."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.access import Action
from plans.models import Section, SectionChange
from plans.numbering import Place
from plans.preview import writing_of
from plans.review.comparing import Piece, compared, words_of
from plans.views.fetching import plan_here

MOST_SHOWN = 100


@dataclass(frozen=True)
class ShownChange:
    """`paragraphs` are those that differ; `text` is the section's after the change, None when removed."""

    change: SectionChange
    paragraphs: tuple[tuple[Piece, ...], ...]
    text: str | None
    is_now: bool


@require_safe
def section_history(request: HttpRequest, slug: str, plan_year: int, key: str) -> HttpResponse:
    """Who changed the section, when, and what; an earlier text can be taken back."""
    here, plan = plan_here(request, slug, plan_year, Action.READ_WORKING_COPY)
    changes = SectionChange.objects.filter(plan=plan, section_key=key).order_by("-number")
    this = Section.objects.filter(plan=plan, key=key).first()
    if this is None and not changes:
        raise Http404
    writing = writing_of(plan)

    def words(rows: dict[str, Any]) -> list[str]:
        blocks = writing.text(rows[key]["text"]) if key in rows else ()
        return [words for block in (*blocks, *writing.footnotes()) for words in words_of(block)]

    def shown(change: SectionChange) -> ShownChange:
        text = change.after[key]["text"] if key in change.after else None
        is_now = this is not None and text == this.text
        return ShownChange(change, compared(words(change.before), words(change.after)), text, is_now)

    return render(
        request,
        "plans/section/history.html",
        {
            "here": here,
            "plan": plan,
            "section": this,
            "name": (this.heading or _above(writing.places[key])) if this else (changes[0].heading or key),
            "changes": [shown(change) for change in changes[:MOST_SHOWN]],
            "editable": this is not None and plan.budget.is_open and here.may(Action.EDIT_WORKING_COPY),
        },
    )


def _above(place: Place) -> str:
    """What a section without a heading is called."""
    return f"text under ”{place.heading}”" if place.heading else "planens början"
