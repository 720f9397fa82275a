"""The pages of docs/guide, read from Markdown once. How they are written: docs/guide/README.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from PIL import Image

FOLDER: Path = settings.BASE_DIR / "docs" / "guide"
INDEX = "README"
"""The page that leads to all others, as its file is called."""
PICTURES = "pictures/"
PAGE_DPI = 96
"""Of what stands on a page; a picture that says that it is denser is shown smaller, and sharper."""


@dataclass(frozen=True)
class GuidePage:
    """A page: its name in the address, its heading, and all of it as HTML of our own making."""

    name: str
    title: str
    html: SafeString


@cache
def pages() -> dict[str, GuidePage]:
    """By name, the index first and then the others in the order that it names them."""
    read = {file.stem: _tokens(file) for file in sorted(FOLDER.glob("*.md"))}
    order = dict.fromkeys([INDEX, *(_name_of(href) for href in links(read[INDEX])), *read])
    return {name: _page(name, read[name]) for name in order if name in read}


def links(tokens: Iterable[Token]) -> list[str]:
    """Where the links of a page lead, as they are written."""
    return [str(each.attrs["href"]) for each in _inline(tokens) if each.type == "link_open"]


def _tokens(file: Path) -> list[Token]:
    text = file.read_text(encoding="utf-8").replace(" §", "\u00a0§")  # the sign stays with its number
    return _reader().parse(text)


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"xhtmlOut": False}).enable("table")
    rules: dict[str, Any] = {
        "link_open": _link_open,
        "image": _image,
        "table_open": _table_open,
        "table_close": _table_close,
    }
    for name, rule in rules.items():
        reader.add_render_rule(name, rule)
    return reader


def _page(name: str, tokens: list[Token]) -> GuidePage:
    shown = [each for each in tokens if each.type != "html_block"]  # the notes for those who write
    for inline in shown:
        _without_links_out(inline.children or [])
    reader = _reader()
    html = reader.renderer.render(shown, reader.options, {})
    return GuidePage(name, shown[1].content, mark_safe(html))  # noqa: S308 - our own files


def _inline(tokens: Iterable[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or []]


def _name_of(href: str) -> str:
    return href.partition("#")[0].removesuffix(".md")


def _without_links_out(tokens: Sequence[Token]) -> None:
    """What leads to another document of the repository is words only: who reads here has no such file."""
    leads_out = False
    for token in tokens:
        if token.type == "link_open":
            leads_out = str(token.attrs["href"]).startswith("../")
        if token.type in ("link_open", "link_close"):
            token.hidden = leads_out


# -- what is not as Markdown has it ------------------------------------------------------------------


def _link_open(self: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    token = tokens[place]
    href = str(token.attrs["href"])
    if not token.hidden and href.partition("#")[0].endswith(".md"):
        name = _name_of(href)
        token.attrSet("href", reverse("guide") if name == INDEX else reverse("guide_page", args=[name]))
    return self.renderToken(tokens, place, options, env)


def _image(self: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    """With its size, so that the page does not jump when it comes, and a link to see it larger."""
    token = tokens[place]
    name = str(token.attrs["src"]).removeprefix(PICTURES)
    with Image.open(FOLDER / PICTURES / name) as picture:
        width, height = picture.size
        density = picture.info.get("dpi", (PAGE_DPI,))[0] / PAGE_DPI
    address = static(f"guide/{name}")
    token.attrSet("src", address)
    token.attrSet("width", str(round(width / density)))
    token.attrSet("height", str(round(height / density)))
    token.attrSet("loading", "lazy")
    return f'<a href="{address}">{self.image(tokens, place, options, env)}</a>'


def _table_open(self: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    return '<div class="scroll" tabindex="0" role="region" aria-label="Tabell"><table class="plain">'


def _table_close(self: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    return "</table></div>"
