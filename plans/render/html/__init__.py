"""A document as something to read in a browser: a fragment for the app's page, and a file of its own."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from plans.document import Contents, Document
from plans.render.html.blocks import Blocks
from plans.render.html.contents import entries

STYLES = Path(settings.BASE_DIR) / "finsam" / "static" / "finsam"
SCREEN_STYLES = ("tokens.css", "finsam.css", "charts.css", "document.css")
"""What the app's page links to as well, so that both look the same."""
PRINT_STYLES = ("print.css", "document-print.css")


def render(document: Document) -> str:
    """An <article> without styles and scripts: title, contents and blocks. Its ids are those of the
    document's anchors, and others that differ from them."""
    contents = next((block for block in document.blocks if isinstance(block, Contents)), None)
    blocks = Blocks(document)
    context = {
        "document": document,
        "title": document.title_page,
        "language": document.language.split("-")[0],
        "quotation": blocks.html(document.title_page.quotation) if document.title_page.quotation else "",
        "contents": contents,
        "entries": entries(document.headings(), contents.deepest) if contents else (),
        "blocks": [blocks.html(block) for block in document.blocks],
    }
    return render_to_string("plans/document/document.html", context)


def page(document: Document) -> str:
    """A whole HTML file that needs no other: the fragment, with the app's styles within it."""
    context = {
        "document": document,
        "document_html": render(document),
        "screen_styles": _styles(SCREEN_STYLES),
        "print_styles": _styles(PRINT_STYLES),
    }
    return render_to_string("plans/document/standalone.html", context)


def _styles(names: tuple[str, ...]) -> str:
    text = "\n".join((STYLES / name).read_text(encoding="utf-8") for name in names)
    return mark_safe(text)  # noqa: S308 - our own files; a style element must not be escaped
