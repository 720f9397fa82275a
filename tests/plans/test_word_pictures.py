"""Pictures in a Word file: kept where they stood, or told with where and why; and files too long to read."""

import re
from io import BytesIO

import docx
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx.document import Document

from plans.exchange.word import UnreadableWordError, read_word
from plans.exchange.word.archive import MAX_PIECES
from plans.exchange.word.pictures import MOST
from plans.exchange.word.reading import MOST_SECTIONS
from plans.models import Illustration, Plan, Section
from plans.text.illustrations import illustrations_in
from tests.loading import load
from tests.members import people
from tests.members.page_forms import values_of
from tests.members.shown_page import shown
from tests.plans.made_illustrations import drawn, file_of, photograph
from tests.plans.test_word_import import W, changed, content_of, part_of

FIXTURES = settings.BASE_DIR / "fixtures"
EMF = b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(60)


def add_picture(document: Document, content: bytes, alternative_text: str = "") -> None:
    document.add_picture(BytesIO(content))
    if alternative_text:
        document.inline_shapes[-1]._inline.docPr.set("descr", alternative_text)


@pytest.fixture
def document() -> Document:
    """Two sections with a picture each, the second without an alternative text."""
    document = docx.Document()
    document.add_heading("Mål", 1)
    document.add_paragraph("Före bilden.")
    add_picture(document, drawn(1), "Karta & skala")
    document.add_paragraph("Efter bilden.")
    document.add_heading("Ekonomi", 1)
    add_picture(document, drawn(2))
    return document


# -- what is read --------------------------------------------------------------------------------


def test_pictures_stand_where_they_stood_with_their_alternative_texts(document):
    word = read_word(content_of(document))
    goals = word.sections[0]
    assert [re.sub('data-picture="[^"]*"', "", line) for line in goals["text"]] == [
        "<p>Före bilden.</p>",
        '<img  alt="Karta &amp; skala">',
        "<p>Efter bilden.</p>",
    ]
    marks = [each.key for section in word.sections for each in illustrations_in("".join(section["text"]))]
    assert [word.pictures[mark].content for mark in marks] == [drawn(1), drawn(2)]
    assert word.undescribed == 1
    assert word.left_out == ()


def test_with_their_keys_they_are_named_and_the_others_told_with_where_and_why(document):
    read = read_word(content_of(document))
    first, second = read.pictures
    word = read.with_pictures({second: "a" * 20}, {first: "Filen är en EMF-bild."})
    goals, economy = word.sections
    assert goals["text"] == ["<p>Före bilden.</p>", "<p>Efter bilden.</p>"]
    assert economy["text"] == [f'<img data-picture="{"a" * 20}" alt="">']
    assert word.left_out == (
        "En bild i avsnittet ”Mål” (”Karta & skala”) följde inte med. Filen är en EMF-bild.",
    )


def test_one_in_a_heading_follows_it_and_one_on_the_front_page_is_told():
    document = docx.Document()
    add_picture(document, drawn(1), "Logotyp")
    document.add_paragraph("Verksamhetsplan 2021")
    heading = document.add_heading("Mål", 1)
    heading.add_run().add_picture(BytesIO(drawn(2)))
    document.add_paragraph("Text.")
    word = read_word(content_of(document))
    assert word.title == "Verksamhetsplan 2021"
    (goals,) = word.sections
    assert goals["heading"] == "Mål"
    assert [line[:4] for line in goals["text"]] == ["<img", "<p>T"]
    assert word.left_out == (
        "En bild i början (”Logotyp”) följde inte med. Det som står före första rubriken läses inte.",
    )


def test_pictures_in_lists_and_tables_come_after_them():
    document = docx.Document()
    document.add_heading("Mål", 1)
    document.add_paragraph("ett", style="List Bullet").add_run().add_picture(BytesIO(drawn(1)))
    document.add_paragraph("två", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "a"
    table.cell(0, 1).paragraphs[0].add_run("b").add_picture(BytesIO(drawn(2)))
    (goals,) = read_word(content_of(document)).sections
    assert [line[:4] for line in goals["text"]] == ["<ul>", "<img", "<tab", "<img"]
    assert goals["text"][0] == "<ul><li>ett</li><li>två</li></ul>"


def test_linked_and_lost_pictures_are_told_and_nothing_is_fetched(document, monkeypatch):
    content = content_of(document)
    relations = re.sub(
        r'Target="media/image1[^"]*"',
        'Target="http://127.0.0.1:9/x.png" TargetMode="External"',
        part_of(content, "word/_rels/document.xml.rels"),
    ).replace("media/image2", "media/borta")
    body = part_of(content, "word/document.xml").replace("r:embed=", "r:link=", 1)
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("something was fetched"))
    word = read_word(
        changed(content, **{"word/document.xml": body, "word/_rels/document.xml.rels": relations})
    )
    assert not word.pictures
    assert word.left_out[1:] == (
        "En bild i avsnittet ”Mål” (”Karta & skala”) följde inte med. Den ligger utanför dokumentet, och "
        "sådant hämtas inte.",
        "En bild i avsnittet ”Ekonomi” följde inte med. Den är skadad i filen.",
    )


def test_no_more_pictures_than_can_be_taken():
    document = docx.Document()
    document.add_heading("Bilder", 1)
    for number in range(MOST + 2):
        add_picture(document, drawn(number))
    word = read_word(content_of(document))
    assert len(word.pictures) == len(word.sections[0]["text"]) == MOST
    assert word.left_out == (
        f"Två bilder i avsnittet ”Bilder” följde inte med. Högst {MOST} bilder läses ur en fil.",
    )


# -- from the file to the plan -------------------------------------------------------------------


@pytest.fixture
def empty(db) -> Plan:
    federation, _ = load(FIXTURES / "introduktion")
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


@pytest.fixture
def karin(empty) -> Client:
    return people.reader(empty.federation)


@pytest.fixture
def here(empty) -> str:
    return f"/introduktion/plan/{empty.plan_year}/borja/word/"


def sent(content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"fil": SimpleUploadedFile("plan.docx", content)}


def test_pictures_are_in_the_plan_when_the_sections_are_stored(document, empty, karin, here):
    page = shown(karin.post(here, sent(content_of(document))))
    assert "Bilder som följer med: 2. Utan alternativtext: 1." in page.one("main").text
    (form,) = page.one("main").all("form")
    karin.post(form.attributes["action"], values_of(form))
    keys = []
    for heading in ("Mål", "Ekonomi"):
        keys += [each.key for each in illustrations_in(Section.objects.get(plan=empty, heading=heading).text)]
    assert len(keys) == 2
    assert set(keys) == set(Illustration.objects.values_list("key", flat=True))
    text = Section.objects.get(plan=empty, heading="Mål").text
    assert f'<p>Före bilden.</p>\n<img data-picture="{keys[0]}" alt="Karta &amp; skala">' in text


def test_what_cannot_be_used_is_told_before_it_is_stored(document, karin, here):
    content = content_of(document)
    page = shown(karin.post(here, sent(changed(content, **{"word/media/image1.png": EMF}))))
    said = "En bild i avsnittet ”Mål” (”Karta & skala”) följde inte med. Filen är en EMF-bild"
    assert said in page.one("main").text
    assert Illustration.objects.count() == 1


def test_pictures_are_written_anew(karin, here):
    document = docx.Document()
    document.add_heading("Mål", 1)
    add_picture(document, file_of(photograph(), "JPEG", comment=b"hemlig plats"))
    karin.post(here, sent(content_of(document)))
    assert b"hemlig plats" not in bytes(Illustration.objects.get().content)


def test_a_closed_plan_takes_no_pictures(document, empty, karin, here):
    empty.set_open(False)
    answer = karin.post(here, sent(content_of(document)))
    assert answer.status_code == 409
    assert not Illustration.objects.exists()


# -- files that are too long ---------------------------------------------------------------------


def with_body(inner: str) -> bytes:
    document = docx.Document()
    document.add_heading("Mål", 1)
    content = content_of(document)
    body = part_of(content, "word/document.xml").replace("<w:sectPr", f"{inner}<w:sectPr", 1)
    return changed(content, **{"word/document.xml": body})


@pytest.mark.parametrize(
    "piece",
    [
        "<w:p/>",
        "<w:p><w:r><w:t>{}</w:t></w:r></w:p>",
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:t>{}</w:t><w:br/></w:r></w:p>",
    ],
    ids=["paragraphs", "words", "cells", "breaks"],
)
def test_a_document_with_more_pieces_than_anybody_writes_is_refused(piece, monkeypatch):
    monkeypatch.setattr("mammoth.convert_to_html", lambda *_, **__: pytest.fail("it was read"))
    inner = "".join(piece.replace("{}", str(number * 7919)) for number in range(MAX_PIECES))
    with pytest.raises(UnreadableWordError, match="för långt att läsa in på en gång: fler än 50 000 stycken"):
        read_word(with_body(inner))


HEADING = f'<w:p {W}><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Mål</w:t></w:r></w:p>'


def test_a_document_of_many_pages_is_read():
    words = "Förbundet ska stödja samverkan mellan parterna under år {} och framåt."
    inner = "".join(
        f"{HEADING if number % 500 == 0 else ''}<w:p><w:r><w:t>{words.format(number)}</w:t></w:r></w:p>"
        for number in range(4000)
    )
    sections = read_word(with_body(inner)).sections
    assert [len(section.get("text", [])) for section in sections] == [0, *[500] * 8]


def test_more_headings_than_a_plan_has_are_refused():
    with pytest.raises(UnreadableWordError, match=rf"{MOST_SECTIONS + 1} rubriker.*högst {MOST_SECTIONS}"):
        read_word(with_body(HEADING * MOST_SECTIONS))
