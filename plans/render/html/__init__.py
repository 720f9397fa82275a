"""A document as something to read in a browser: a fragment for the app's page, and a file of its own."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from plans.document import Contents, Document, Heading
from plans.render.html.blocks import Blocks
from plans.render.html.contents import entries

STYLES = Path(settings.BASE_DIR) / "finsam" / "static" / "finsam"
STYLE_SHEETS = (
    ("tokens.css", "all"),
    ("finsam.css", "all"),
    ("print.css", "print"),
    ("charts.css", "all"),
    ("document.css", "all"),
)
"""Name and medium of those that the app's page links to, in the same order, so that both look the same."""


def render(document: Document, *, alone: bool = False, after: Mapping[str, str] | None = None) -> str:
    """An <article> without styles and scripts: title, contents and blocks. Its ids are those of the
    document's anchors, and others that differ from them. Pictures are at their addresses, or with `alone` in
    the article itself. `after` is safe HTML to stand after headings, by their anchors."""
    contents = next((block for block in document.blocks if isinstance(block, Contents)), None)
    blocks = Blocks(document, alone=alone)
    context = {
        "document": document,
        "title": document.title_page,
        "language": document.language.split("-")[0],
        "quotation": blocks.html(document.title_page.quotation) if document.title_page.quotation else "",
        "contents": contents,
        "entries": entries(document.headings(), contents.deepest) if contents else (),
        "blocks": _with(after or {}, document, blocks.all_html(document.blocks)),
    }
    return render_to_string("plans/document/document.html", context)


def page(document: Document) -> str:
    """A whole HTML file that needs no other: the fragment, with the app's styles within it."""
    context = {
        "document": document,
        "document_html": render(document, alone=True),
        "style_sheets": [(medium, _style_sheet(name)) for name, medium in STYLE_SHEETS],
    }
    return render_to_string("plans/document/standalone.html", context)


def _with(after: Mapping[str, str], document: Document, made: Sequence[SafeString]) -> Iterator[SafeString]:
    for block, shown in zip(document.blocks, made, strict=True):
        yield shown
        if isinstance(block, Heading) and block.anchor in after:
            yield mark_safe(after[block.anchor])  # noqa: S308 - said to be safe


def _style_sheet(name: str) -> SafeString:
    return mark_safe((STYLES / name).read_text(encoding="utf-8"))  # noqa: S308 - our own file
