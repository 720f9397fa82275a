"""A plan as a file: read once, composed, and written in a format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plans.compose import Kind, compose
from plans.document import Document
from plans.models import Plan
from plans.reading import read_plan
from plans.render import docx, html, pdf


class Format(StrEnum):
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"


@dataclass(frozen=True)
class FormatFacts:
    """What a browser is told of a format, and who writes it."""

    name: str
    content_type: str
    write: Callable[[Document], bytes]


def _page(document: Document) -> bytes:
    return html.page(document).encode()


FORMATS: Mapping[Format, FormatFacts] = {
    Format.HTML: FormatFacts("webbsida", "text/html; charset=utf-8", _page),
    Format.PDF: FormatFacts("PDF", "application/pdf", pdf.render),
    Format.DOCX: FormatFacts(
        "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.render
    ),
}


def document_of(plan: Plan, kind: Kind, made_at: datetime) -> Document:
    """The document of the working copy as it is now, with all it shows in it; `made_at` in Swedish time is
    told on its pages."""
    return compose(read_plan(plan, contents=True), made_at, kind)


def written(plan: Plan, kind: Kind, form: Format, made_at: datetime) -> bytes:
    """The file. Raises UnprintableError (a ValueError that says which sign, in Swedish) for a sign that the
    PDF's typeface does not have."""
    return FORMATS[form].write(document_of(plan, kind, made_at))


def file_name(plan: Plan, kind: Kind, form: Format) -> str:
    """gotland-plan-2021.pdf"""
    names = {Kind.PLAN: "plan", Kind.BUDGET: "budget", Kind.BOARD: "styrelseunderlag"}
    return f"{plan.federation.slug}-{names[kind]}-{plan.plan_year}.{form}"
