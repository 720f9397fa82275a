"""The tag tree: what each thing on the pages is, in the order it is read.

The tree is made when the document is laid out. A slot is a place in it for something printed; painting
fills the slot with marks (one for each page it is printed on, or more) and link annotations.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject, PDFObjectReference


@dataclass(frozen=True)
class Mark:
    """Marked content number `number` of page `page` (from 1)."""

    page: int
    number: int


@dataclass(frozen=True)
class Annotation:
    page: int
    name: str


@dataclass(eq=False)
class Slot:
    """Where in the tree something printed belongs."""

    element: "Element"
    content: list[Mark | Annotation] = field(default_factory=list)


@dataclass(eq=False)
class Element:
    """One tag. `attributes` are PDF dictionaries as source; `alternative` says a picture in words;
    `identifier` is unique in the document."""

    tag: str
    parent: "Element | None" = None
    attributes: list[str] = field(default_factory=list)
    alternative: str = ""
    identifier: str = ""
    children: "list[Element | Slot]" = field(default_factory=list)

    def child(self, tag: str, *attributes: str, alternative: str = "", identifier: str = "") -> "Element":
        made = Element(tag, self, list(attributes), alternative, identifier)
        self.children.append(made)
        return made

    def slot(self) -> Slot:
        made = Slot(self)
        self.children.append(made)
        return made

    def elements(self) -> "Iterator[Element]":
        """This and all beneath, in reading order, however deep."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += (each for each in reversed(element.children) if isinstance(each, Element))


def literal(text: str) -> str:
    """A text as PDF source."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


class _Source(PDFObject):  # type: ignore[misc]
    """An indirect object given as source."""

    __RefOnly__ = 1

    def __init__(self, source: str = "") -> None:
        self.source = source

    def format(self, document: Any) -> bytes:
        return self.source.encode("ascii")


@dataclass(frozen=True)
class Marked:
    """What painting leaves: the slots of each page by number, and the elements of the annotations, which
    are numbered after the pages."""

    pages: list[list[Slot]]
    annotations: list[Element]


class TreeWriter:
    """Writes a tree into ReportLab's document."""

    def __init__(self, document: Any, root: Element, marked: Marked) -> None:
        self.document, self.root, self.marked = document, root, marked
        self.objects = {id(element): _Source() for element in root.elements()}
        self.references = {key: self._reference(source) for key, source in self.objects.items()}

    def write(self) -> None:
        tree = _Source()
        reference = self.document.Reference(tree)
        own = self._text(reference)
        for element in self.root.elements():
            self.objects[id(element)].source = self._element(element, own)
        parents = self._reference(_Source(f"<</Nums[{self._parents()}]>>"))
        after = len(self.marked.pages) + len(self.marked.annotations)
        tree.source = (
            f"<</Type/StructTreeRoot/K {self._name(self.root)}/ParentTree {parents}"
            f"/ParentTreeNextKey {after}{self._identifiers()}>>"
        )
        self.document.Catalog.StructTreeRoot = reference

    def _reference(self, source: _Source) -> str:
        return self._text(self.document.Reference(source))

    def _text(self, reference: Any) -> str:
        return str(reference.format(self.document).decode("ascii"))

    def _name(self, element: Element) -> str:
        return self.references[id(element)]

    def _page(self, number: int) -> str:
        return self._text(PDFObjectReference(f"Page{number}"))

    def _element(self, element: Element, tree: str) -> str:
        parts = [f"<</S/{element.tag}/P {self._name(element.parent) if element.parent else tree}"]
        first = _first_page(element)
        if first:
            parts.append(f"/Pg {self._page(first)}")
        parts.append(f"/K[{' '.join(self._kids(element, first))}]")
        if element.attributes:
            parts.append(f"/A[{' '.join(element.attributes)}]")
        if element.alternative:
            parts.append(f"/Alt {literal(element.alternative)}")
        if element.identifier:
            parts.append(f"/ID {literal(element.identifier)}")
        return "".join(parts) + ">>"

    def _kids(self, element: Element, first: int) -> Iterator[str]:
        for child in element.children:
            if isinstance(child, Element):
                yield self._name(child)
                continue
            for content in child.content:
                if isinstance(content, Annotation):
                    annotation = self._text(self.document.refAnnotation(content.name))
                    yield f"<</Type/OBJR/Pg {self._page(content.page)}/Obj {annotation}>>"
                elif content.page == first:
                    yield str(content.number)
                else:
                    yield f"<</Type/MCR/Pg {self._page(content.page)}/MCID {content.number}>>"

    def _parents(self) -> str:
        """To which element each mark and each annotation belongs."""
        lines = [
            f"{page}[{' '.join(self._name(slot.element) for slot in slots)}]"
            for page, slots in enumerate(self.marked.pages)
        ]
        lines += (
            f"{number} {self._name(element)}"
            for number, element in enumerate(self.marked.annotations, len(self.marked.pages))
        )
        return "\n".join(lines)

    def _identifiers(self) -> str:
        named = sorted(
            (literal(element.identifier), self._name(element))
            for element in self.root.elements()
            if element.identifier
        )
        if not named:
            return ""
        return f"/IDTree<</Names[{' '.join(f'{name} {reference}' for name, reference in named)}]>>"


def _first_page(element: Element) -> int:
    """The page of its first content of its own; 0 when it has none."""
    slots = (child for child in element.children if isinstance(child, Slot))
    return next((content.page for slot in slots for content in slot.content), 0)
