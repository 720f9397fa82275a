"""A page of ours as a tree, read strictly: a tag that is not closed where it was opened is an error."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Union

from django.http import HttpResponse

VOID = ("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")


@dataclass(eq=False)
class Element:
    tag: str
    attributes: dict[str, str]
    parent: Union["Element", None] = None
    children: list[Union["Element", str]] = field(default_factory=list)

    def __iter__(self) -> Iterator["Element"]:
        """Everything inside it, in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child

    def all(self, tag: str = "", css: str = "", **attributes: str) -> list["Element"]:
        """What is inside with a tag, a class, and attributes (`_` for `-`)."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            each
            for each in self
            if tag in ("", each.tag)
            and (not css or css in each.attributes.get("class", "").split())
            and all(each.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "", css: str = "", **attributes: str) -> "Element":
        found = self.all(tag, css, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} {css} {attributes}"
        return found[0]

    @property
    def text(self) -> str:
        """All text inside, in one line, with plain spaces only."""
        return " ".join("".join(self._texts()).split())

    @property
    def own_text(self) -> str:
        """The text that stands directly in it, not in what is inside it."""
        return " ".join(" ".join(child for child in self.children if isinstance(child, str)).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, Element):
                yield from child._texts()
            else:
                yield child

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    @property
    def href(self) -> str:
        return self.attributes["href"]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.here = self.root = Element("", {})

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attributes}, self.here)
        assert len(element.attributes) == len(attributes), f"an attribute twice in <{tag}>"
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> where <{self.here.tag}> is open, line {self.getpos()[0]}"
        assert self.here.parent
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def shown(answer: HttpResponse, status: int = 200) -> Element:
    """The page that was answered, with every id in it used once."""
    assert answer.status_code == status
    reader = _Reader()
    reader.feed(answer.content.decode())
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is never closed"
    ids = [element.id for element in reader.root if element.id]
    assert len(ids) == len(set(ids)), f"the same id twice: {sorted(i for i in ids if ids.count(i) > 1)}"
    return reader.root


def ids(page: Element) -> set[str]:
    return {element.id for element in page if element.id}


def links_within(page: Element) -> list[str]:
    """Where the links to another place on the same page lead: their fragments."""
    return [link.href[1:] for link in page.all("a") if link.href.startswith("#")]
