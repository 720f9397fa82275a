"""What a Word file holds that a plan does not: counted in its parts, and said in sentences. Pure."""

from collections import Counter
from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from finsam.swedish import listed
from plans.exchange.word.archive import MAIN, Archive
from plans.figures.wording import count_in_words

TRACKED = (qn("w:ins"), qn("w:del"), qn("w:moveFrom"), qn("w:moveTo"))
TEXT_BOX = qn("w:txbxContent")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
DRAWN = (
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
)
RELATIONSHIPS = "word/_rels/document.xml.rels"


def sentences(archive: Archive) -> Iterator[str]:
    """What does not come along, or comes otherwise, in Swedish."""
    found = Counter(_tags(parse_xml(archive.parts[MAIN])))
    if archive.has_macros:
        yield "Makron i dokumentet följde inte med och har inte körts."
    if b"<w:comment " in archive.parts.get("word/comments.xml", b""):
        yield "Kommentarer i marginalen följde inte med."
    if any(found[tag] for tag in TRACKED):
        yield (
            "Dokumentet har spårade ändringar. Texten är läst som om alla vore godkända; struken text "
            "följde inte med."
        )
    if boxes := found[TEXT_BOX]:
        number = count_in_words(boxes, "words")
        yield f"Dokumentet har textrutor ({number}). Deras text står efter stycket som de hör till."
    if drawn := sum(found[tag] for tag in DRAWN):
        yield f"Diagram och SmartArt följde inte med ({count_in_words(drawn, 'words')})."
    if found[FORMULA]:
        yield "Formler följde inte med."
    if any(name.startswith("word/embeddings/") for name in archive.names):
        yield "Inbäddade filer, som Excelblad, följde inte med."
    yield from _outside(archive)


def _tags(element: BaseOxmlElement) -> Iterator[str]:
    """The tags of all elements, but what stands a second time for older programs."""
    waiting = [element]
    while waiting:
        each = waiting.pop()
        yield str(each.tag)
        waiting += [child for child in each if child.tag != FALLBACK]


def _outside(archive: Archive) -> Iterator[str]:
    """What the file refers to outside of itself. Links to pages and addresses are texts, and are kept."""
    kinds = set()
    for name, part in archive.parts.items():
        if not name.endswith(".rels"):
            continue
        for each in parse_xml(part):
            if each.get("TargetMode") != "External":
                continue
            kind, target = each.get("Type", "").rpartition("/")[2], each.get("Target", "")
            if kind != "hyperlink":
                kinds.add(OUTSIDE.get(kind, "annat"))
            elif not target.casefold().startswith(("http://", "https://", "mailto:", "tel:", "#")):
                kinds.add("filer")
    if kinds:
        yield f"Länkar ut ur dokumentet är borttagna ({listed(sorted(kinds))}). Inget har hämtats."


OUTSIDE = {
    "image": "bilder",
    "attachedTemplate": "mall",
    "oleObject": "inbäddade filer",
    "subDocument": "deldokument",
    "frame": "sidor",
    "video": "film",
}
