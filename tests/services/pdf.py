"""Reads a PDF back, and judges it: against PDF/UA-1 and PDF/A-2a by page-validation, and its tags by checks
that no validator makes. Reads with pikepdf and pypdfium2, which have nothing in common with what writes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import page as page_validation
import pikepdf
import pypdfium2

PROFILES = ("ua1", "2a")
SHOWING = {"Tj", "TJ", "'", '"'}
PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI", "INLINE IMAGE", *SHOWING}
PATH_BUILDING = {"m", "l", "c", "v", "y", "h", "re"}
MAPPED = re.compile(rb"<(\w\w)> <(\w{4})>")
SOFT_HYPHEN = "\u00ad"

Place = tuple[tuple[int, int], int]
"""Marked content: the object of its page, and its number there."""


def pages(data: bytes) -> list[str]:
    """What a reader sees on each page, running head and foot too. No-break spaces are spaces."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [_plain(page.get_textpage().get_text_bounded()) for page in pdf]
    finally:
        pdf.close()


def _plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f\u2007 ]+", " ", text.replace("\r\n", "\n"))


def tree(data: bytes) -> str:
    """The tags in reading order with their texts, indented; as `pdfinfo -struct-text` but with attributes."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return "\n".join(_Reader(pdf).lines()) + "\n"


def text(data: bytes) -> str:
    """What is said, in reading order: each element's own text on a line, words not broken at line ends."""
    lines = (line.strip() for line in tree(data).splitlines())
    return "\n".join(line[1:-1] for line in lines if line.startswith('"'))


def table_rows(data: bytes) -> list[list[str]]:
    """The cells of every row of every table, heads too, as they are tagged."""
    with pikepdf.open(BytesIO(data)) as pdf:
        reader = _Reader(pdf)
        return [
            [reader.all_text(cell).strip() for cell in reader.elements(row)]
            for row in reader.descendants(reader.root)
            if row.S == "/TR"
        ]


def outline(data: bytes) -> list[tuple[int, str, int]]:
    """The bookmarks: level from 1, title, page from 1."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [(item.level + 1, item.get_title(), item.get_dest().get_index() + 1) for item in pdf.get_toc()]
    finally:
        pdf.close()


def check(data: bytes) -> None:
    """Fails with what is wrong, if anything is: by both standards and the tag checks."""
    for profile in PROFILES:
        report = page_validation.validate_pdf_bytes(data, profile=profile)
        failures = [(failure.rule_id, failure.message) for failure in report.failures]
        assert report.is_compliant and not failures, (profile, failures[:8])
    faults = tag_faults(data)
    assert not faults, faults[:8]


def tag_faults(data: bytes) -> list[str]:
    """Where marks and tree disagree: marks not nested, cut by text objects or paths, not in the tree or in
    another place of it, printing outside of every mark, links not tagged."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return _Judge(pdf).faults()


def _kids(element) -> list:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _is_element(kid) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


# -- reading ---------------------------------------------------------------------------------------------


class _Reader:
    """The tag tree with the texts of its marks."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.root = _kids(pdf.Root.StructTreeRoot)[0]
        self.marked: dict[Place, str] = {}
        for page in pdf.pages:
            self._read(page)

    def _read(self, page) -> None:
        fonts = {
            name: {
                int(code, 16): chr(int(sign, 16))
                for code, sign in MAPPED.findall(font.ToUnicode.read_bytes())
            }
            for name, font in page.Resources.Font.items()
            if "/ToUnicode" in font
        }
        numbers: list[int | None] = []
        font: dict[int, str] = {}
        for instruction in pikepdf.parse_content_stream(page):
            operands, name = instruction.operands, str(instruction.operator)
            if name in ("BDC", "BMC"):
                numbers.append(_opened(operands, in_text=False).number)
            elif name == "EMC":
                numbers.pop()
            elif name == "Tf":
                font = fonts.get(str(operands[0]), {})
            elif name in SHOWING and numbers and numbers[-1] is not None:
                place = (page.objgen, numbers[-1])
                shown = "".join(font[code] for code in bytes(operands[0]))
                self.marked[place] = self.marked.get(place, "") + shown

    def own_text(self, element) -> str:
        """Of its marks, without those of the elements beneath."""
        said = "".join(self._said(kid, element) for kid in _kids(element) if not _is_element(kid))
        return said.replace(SOFT_HYPHEN, "")

    def all_text(self, element) -> str:
        return "".join(
            self.all_text(kid) if _is_element(kid) else self._said(kid, element) for kid in _kids(element)
        ).replace(SOFT_HYPHEN, "")

    def _said(self, kid, element) -> str:
        if isinstance(kid, int):
            return self.marked.get((element.Pg.objgen, kid), "")
        if kid.get("/Type") == "/MCR":
            return self.marked.get((kid.Pg.objgen, int(kid.MCID)), "")
        return ""

    def elements(self, element) -> list:
        return [kid for kid in _kids(element) if _is_element(kid)]

    def descendants(self, element) -> Iterator:
        yield element
        for kid in self.elements(element):
            yield from self.descendants(kid)

    def lines(self) -> Iterator[str]:
        return self._lines(self.root, 0)

    def _lines(self, element, depth: int) -> Iterator[str]:
        yield "  " * depth + str(element.S)[1:] + self._attributes(element)
        pending = ""
        for kid in [*_kids(element), None]:
            if kid is not None and not _is_element(kid):
                pending += self._said(kid, element)
                continue
            said, pending = pending.replace(SOFT_HYPHEN, ""), ""
            if said:
                yield "  " * (depth + 1) + f'"{said}"'
            if kid is not None:
                yield from self._lines(kid, depth + 1)

    def _attributes(self, element) -> str:
        told = []
        for dictionary in element.get("/A", []):
            told += [f"{key[1:]}={value}" for key, value in sorted(dictionary.items()) if key != "/O"]
        if "/Alt" in element:
            told.append(f"Alt={element.Alt}")
        told = [each for each in told if not each.startswith(("BBox", "Summary"))]
        return f" [{', '.join(told)}]" if told else ""


# -- judging ---------------------------------------------------------------------------------------------


@dataclass
class _Open:
    """A mark that has begun: its tag, its number if any, and whether within a text object."""

    tag: str
    number: int | None
    in_text: bool


@dataclass
class _Judge:
    pdf: pikepdf.Pdf
    found: list[str] = field(default_factory=list)
    owners: dict[Place, tuple[int, int]] = field(default_factory=dict)
    """The element that says it holds each mark."""

    def faults(self) -> list[str]:
        numbers = self.pdf.Root.StructTreeRoot.ParentTree.Nums
        self.parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        self._walk(_kids(self.pdf.Root.StructTreeRoot)[0])
        for number, page in enumerate(self.pdf.pages, 1):
            self._page(number, page)
        return self.found

    def _walk(self, root) -> None:
        waiting = [root]
        while waiting:
            element = waiting.pop()
            for kid in _kids(element):
                if _is_element(kid):
                    if kid.P.objgen != element.objgen:
                        self.found.append(f"{kid.S} has another parent")
                    waiting.append(kid)
                elif isinstance(kid, int):
                    self.owners[element.Pg.objgen, kid] = element.objgen
                elif kid.Type == "/MCR":
                    self.owners[kid.Pg.objgen, int(kid.MCID)] = element.objgen
                elif self.parents[int(kid.Obj.StructParent)].objgen != element.objgen:
                    self.found.append(f"an annotation of {element.S} belongs to another element")

    def _page(self, number: int, page) -> None:
        marks: list[_Open] = []
        used: set[int] = set()
        in_text = in_path = False
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            operands, name = instruction.operands, str(instruction.operator)
            if name in ("BDC", "BMC", "EMC") and in_path:
                self.found.append(f"page {number}: a mark cuts a path")
            if name in ("BDC", "BMC"):
                mark = _opened(operands, in_text)
                if marks:
                    self.found.append(f"page {number}: {mark.tag} within {marks[-1].tag}")
                if mark.number is not None:
                    self._mark(number, page, mark, used)
                elif mark.tag != "/Artifact":
                    self.found.append(f"page {number}: {mark.tag} without a number")
                marks.append(mark)
            elif name == "EMC":
                if not marks or marks.pop().in_text != in_text:
                    self.found.append(f"page {number}: a mark ends where it may not")
            elif name in ("BT", "ET"):
                in_text = name == "BT"
            elif name in ("q", "Q"):
                depth += 1 if name == "q" else -1
            if name in PATH_BUILDING:
                in_path = True
            elif name in PAINTING or name == "n":
                if not marks and name != "n":
                    self.found.append(f"page {number}: {name} prints untagged")
                in_path = False
        if marks or depth:
            self.found.append(f"page {number}: marks or states left open")
        if used != set(range(len(self.parents[int(page.obj.StructParents)]))):
            self.found.append(f"page {number}: the tree knows of other marks than are there")
        self._links(number, page)

    def _mark(self, number: int, page, mark: _Open, used: set[int]) -> None:
        assert mark.number is not None
        if mark.number in used:
            self.found.append(f"page {number}: mark {mark.number} twice")
        used.add(mark.number)
        parent = self.parents[int(page.obj.StructParents)][mark.number]
        if self.owners.get((page.obj.objgen, mark.number)) != parent.objgen:
            self.found.append(f"page {number}: mark {mark.number} belongs to another element")
        if str(parent.S) != mark.tag:
            self.found.append(f"page {number}: {mark.tag} is tagged {parent.S}")

    def _links(self, number: int, page) -> None:
        for annotation in page.obj.get("/Annots", []):
            if self.parents[int(annotation.StructParent)].S != "/Link":
                self.found.append(f"page {number}: a link that is not tagged as one")


def _opened(operands, in_text: bool) -> _Open:
    numbered = len(operands) > 1 and "/MCID" in operands[1]
    number = int(operands[1]["/MCID"]) if numbered else None
    return _Open(str(operands[0]), number, in_text)
