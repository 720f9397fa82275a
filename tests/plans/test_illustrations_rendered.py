"""Pictures of the texts in each format: as large as they should be, said in words, with their captions."""

from base64 import b64decode
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import html as markup

from plans.document import Heading, Illustration, Paragraph
from plans.render import docx, html, pdf
from tests.plans.made_documents import document_of, says
from tests.plans.made_illustrations import drawing, illustration, photograph
from tests.services import pdf as pdf_service
from tests.services.docx import WordFile

MM = 72 / 25.4
TEXT_WIDTH, TEXT_HEIGHT = 160 * MM, 247 * MM
SIZES = {
    # pixels, and how wide and high in points: across the text, 60 per cent of its height, 150 dots an inch
    "wide": ((2000, 800), (TEXT_WIDTH, TEXT_WIDTH * 0.4)),
    "tall": ((1000, 2000), (TEXT_HEIGHT * 0.3, TEXT_HEIGHT * 0.6)),
    "small": ((150, 75), (72, 36)),
}


def pictures(data: bytes) -> list[tuple[int, float, float]]:
    """Page, width and height in points of each picture in a PDF."""
    file = pypdfium2.PdfDocument(data)
    try:
        found = []
        for number, page in enumerate(file, 1):
            for each in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = each.get_bounds()
                found.append((number, right - left, top - bottom))
        return found
    finally:
        file.close()


def held(data: bytes, *, packed: bool = False) -> list[bytes]:
    """What the file holds of pictures: their pixels, or the bytes as they stand in it."""
    with pikepdf.open(BytesIO(data)) as file:
        streams = [each for each in file.objects if isinstance(each, pikepdf.Stream)]
        images = [each for each in streams if each.get("/Subtype") == "/Image"]
        return [each.read_raw_bytes() if packed else each.read_bytes() for each in images]


def extents(file: WordFile) -> list[tuple[float, float]]:
    """Width and height in points of each picture of a Word file."""
    found = file.part("word/document.xml").iter(qn("wp:extent"))
    return [(int(each.get("cx")) / 12_700, int(each.get("cy")) / 12_700) for each in found]


@pytest.mark.parametrize(("pixels", "wanted"), SIZES.values(), ids=SIZES.keys())
def test_a_picture_is_as_large_on_paper_as_it_can_be_seen(pixels, wanted):
    document = document_of(illustration(drawing(*pixels)))
    ((_, width, height),) = pictures(pdf.render(document))
    assert (width, height) == pytest.approx(wanted, abs=0.1)
    assert extents(WordFile(docx.render(document))) == [pytest.approx(wanted, abs=0.1)]


@pytest.mark.parametrize(
    "image", [drawing(), drawing().convert("L"), photograph()], ids=["rgb", "grey", "photograph"]
)
def test_any_picture_meets_both_standards_with_its_words(image):
    document = document_of(illustration(image, "Ett möte i Visby.", "Foto: Anna"), illustration(image, ""))
    data = pdf.render(document)
    pdf_service.check(data)
    tags = pdf_service.tree(data)
    assert "Alt=Ett möte i Visby." in tags
    assert "Alt=Bild utan beskrivning" in tags
    assert 'Caption\n      "Foto: Anna"' in tags


def test_a_picture_is_in_the_file_as_it_was_stored():
    grey, coloured = illustration(drawing().convert("L")), illustration(drawing())
    assert held(pdf.render(document_of(grey)), packed=True) == [grey.content]
    assert held(pdf.render(document_of(coloured))) == [drawing().tobytes()]


def test_a_picture_that_stands_twice_is_held_once():
    document = document_of(illustration(), Paragraph(says("mellan")), illustration(caption="igen"))
    data = pdf.render(document)
    assert len(pictures(data)) == 2
    assert len(held(data)) == 1
    names = WordFile(docx.render(document)).names()
    assert len([name for name in names if name.startswith("word/media/")]) == 1


def test_the_same_document_gives_the_same_bytes():
    document = document_of(illustration(), illustration(drawing().convert("L")))
    assert pdf.render(document) == pdf.render(document)
    assert docx.render(document) == docx.render(document)


@pytest.mark.parametrize("lines", range(20, 40, 3))
def test_a_picture_is_on_the_page_of_its_heading_and_its_caption(lines):
    filler = [Paragraph(says("En rad."))] * lines
    document = document_of(
        *filler, Heading(1, "Rubriken", "r"), illustration(drawing(1500, 900), "x", "Bildtexten")
    )
    data = pdf.render(document)
    ((page, _, _),) = pictures(data)
    said = pdf_service.pages(data)[page - 1]
    assert "Rubriken" in said and "Bildtexten" in said


# -- Word ----------------------------------------------------------------------------------------


def test_word_has_the_words_of_a_picture_and_its_caption_beneath():
    file = WordFile(
        docx.render(document_of(illustration(caption="Foto: Anna"), illustration(drawing(40), "")))
    )
    assert file.alternative_texts() == ["Stapel för stapel.", "Bild utan beskrivning"]
    styles = [
        (each.style.name, each.text) for each in file.paragraphs() if each.style.name.startswith("Bild")
    ]
    assert styles == [("Bild", ""), ("Bildtext", "Foto: Anna"), ("Bild", "")]
    pictured = [each for each in file.paragraphs() if each.style.name == "Bild"]
    assert [each.paragraph_format.keep_with_next for each in pictured] == [True, None]


# -- the page ------------------------------------------------------------------------------------


def _figure(block: Illustration, *, alone: bool = False) -> markup.HtmlElement:
    page = markup.fromstring(html.render(document_of(block), alone=alone))
    (figure,) = page.xpath('//figure[@class="illustration"]')
    return figure


def test_a_page_fetches_the_picture_and_a_file_holds_it():
    block = illustration(drawing(), 'Ett "möte" <b>', "I <Visby>")
    fetched, whole = _figure(replace(block, content=b"")), _figure(block, alone=True)
    assert fetched.xpath("img/@src") == [block.address]
    (source,) = whole.xpath("img/@src")
    head, _, content = source.partition(",")
    assert (head, b64decode(content)) == ("data:image/png;base64", block.content)
    for figure in (fetched, whole):
        (picture,) = figure.xpath("img")
        assert (picture.get("width"), picture.get("height")) == ("300", "200")
        assert picture.get("alt") == 'Ett "möte" <b>'
        assert picture.get("loading") == "lazy"
        assert figure.xpath("string(figcaption)") == "I <Visby>"


def test_a_picture_without_caption_has_none_and_one_without_words_says_so():
    figure = _figure(illustration(drawing(), ""))
    assert not figure.xpath("figcaption")
    assert figure.xpath("img/@alt") == ["Bild utan beskrivning"]
