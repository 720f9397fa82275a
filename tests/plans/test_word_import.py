"""Word files read as sections: made here with python-docx, and our own file of a published plan."""

import io
import re
import struct
import zlib
from datetime import UTC, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from django.conf import settings
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.parser import parse_xml

from plans.compose import Kind
from plans.exchange.word import UnreadableWordError, read_word
from plans.exchange.word.archive import MAX_UPLOAD
from plans.models import Plan
from plans.rendering import Format, written
from tests.loading import load

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def content_of(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def changed(content: bytes, **parts: bytes | str) -> bytes:
    """The file with parts replaced or added."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(file, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in parts:
                after.writestr(name, before.read(name))
        for name, part in parts.items():
            after.writestr(name, part)
    return file.getvalue()


def part_of(content: bytes, name: str) -> str:
    with ZipFile(io.BytesIO(content)) as file:
        return file.read(name).decode()


def picture() -> io.BytesIO:
    """A PNG of one sign."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def shown(sections: Any, depth: int = 0) -> list[str]:
    """The headings, a line each."""
    lines = []
    for section in sections:
        marks = ("" if section.get("numbered", True) else " onumrerad") + (
            " bilaga" if section.get("is_appendix") else ""
        )
        lines.append("  " * depth + section["heading"] + marks)
        lines += shown(section.get("parts", []), depth + 1)
    return lines


def plan_with(*styles: str) -> Document:
    """A plan with title, contents, headings in the given styles, lists, a table, a link and a picture."""
    first, second = styles
    document = docx.Document()
    for name in styles:
        if name not in [style.name for style in document.styles]:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Verksamhetsplan 2021", style="Title")
    document.add_paragraph("Samordningsförbundet Norr")
    document.add_paragraph("Mål\t3", style="toc 1")
    document.sections[0].header.paragraphs[0].text = "Sidhuvud"
    document.sections[0].footer.paragraphs[0].text = "Sida 1"
    document.add_paragraph("Mål & mening", style=first)
    paragraph = document.add_paragraph("Vi ska ")
    paragraph.add_run("samverka").bold = True
    paragraph.add_run(" tidigt").italic = True
    paragraph.add_run(".")
    document.add_paragraph("Individen", style=second)
    document.add_paragraph("egen försörjning", style="List Bullet")
    document.add_paragraph("arbete", style="List Bullet 2")
    document.add_paragraph("studier", style="List Bullet 2")
    document.add_paragraph("hälsa", style="List Bullet")
    document.add_paragraph("först", style="List Number")
    document.add_paragraph("sedan", style="List Number")
    document.add_paragraph("Ekonomi", style=first)
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table._cells, ["Post", "2021", "2022", "Möten", "40 000", "50 000"], strict=True):
        cell.text = text
    document.add_picture(picture())
    document.inline_shapes[0]._inline.docPr.set("descr", "Karta över länet")
    return document


MADE = [
    "Mål & mening onumrerad",
    "  Individen onumrerad",
    "Ekonomi onumrerad",
]


@pytest.mark.parametrize("styles", [("Heading 1", "Heading 2"), ("Rubrik 1", "Rubrik 2")], ids=str)
def test_headings_text_lists_and_tables_come_along(styles):
    word = read_word(content_of(plan_with(*styles)))
    assert word.title == "Verksamhetsplan 2021"
    assert shown(word.sections) == MADE
    goals, economy = word.sections
    assert goals["key"] == "mal-mening"
    assert goals["text"] == ["<p>Vi ska <strong>samverka</strong> <em>tidigt</em>.</p>"]
    assert goals["parts"][0]["text"] == [
        "<ul><li>egen försörjning<ul><li>arbete</li><li>studier</li></ul></li><li>hälsa</li></ul>",
        "<ol><li>först</li><li>sedan</li></ol>",
    ]
    assert economy["text"] == [
        "<table><tbody><tr><td>Post</td><td>2021</td><td>2022</td></tr>"
        "<tr><td>Möten</td><td>40 000</td><td>50 000</td></tr></tbody></table>",
        '<img data-picture="00000000000000000000" alt="Karta över länet">',
    ]
    assert word.left_out == ("Raderna före första rubriken följde inte med: ”Samordningsförbundet Norr”.",)


def test_a_style_of_ones_own_that_is_a_heading_by_its_level():
    document = docx.Document()
    style = document.styles.add_style("Finsams 'egen' rubrik", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("Syfte", style="Heading 1")
    document.add_paragraph("Varför", style=style.name)
    document.add_paragraph("Därför.")
    document.add_paragraph("Mål", style="Heading 1")
    assert shown(read_word(content_of(document)).sections) == [
        "Syfte onumrerad",
        "  Varför onumrerad",
        "Mål onumrerad",
    ]


def test_typed_numbers_are_taken_off_and_kept_as_numbering():
    document = docx.Document()
    headings = [
        (1, "1. Bakgrund"),
        (2, "1.1 Uppdrag"),
        (2, "1.2 Målgrupper 2021"),
        (1, "2 Mål"),
        (1, "Beslut"),
    ]
    headings += [(1, "Bilaga 1: begrepp"), (2, "Arbetsträning"), (1, "Bilaga 2")]
    for level, heading in headings:
        document.add_heading(heading, level)
        document.add_paragraph("Text.")
    assert shown(read_word(content_of(document)).sections) == [
        "Bakgrund",
        "  Uppdrag",
        "  Målgrupper 2021",
        "Mål",
        "Beslut onumrerad",
        "Begrepp bilaga",
        "  Arbetsträning onumrerad",
        "Bilaga 2 bilaga",
    ]


def test_a_number_that_belongs_to_a_heading_stays():
    document = docx.Document()
    for heading in ("2021 års plan", "16 veckor till arbete", "Mål", "Beslut", "Mål"):
        document.add_heading(heading, 1)
    sections = read_word(content_of(document)).sections
    assert [section["heading"] for section in sections] == [
        "2021 års plan",
        "16 veckor till arbete",
        "Mål",
        "Beslut",
        "Mål",
    ]
    assert [section["key"] for section in sections][2:] == ["mal", "beslut", "mal-2"]


def test_a_document_without_headings_is_guessed_and_says_so():
    document = docx.Document()
    for line in ("Verksamhetsplan 2021", "Syfte", "Mål"):
        paragraph = document.add_paragraph()
        paragraph.add_run(line).bold = line != "Verksamhetsplan 2021"
        if line != "Verksamhetsplan 2021":
            document.add_paragraph(f"Detta är förbundets {line.lower()}.")
    word = read_word(content_of(document))
    assert word.title == "Verksamhetsplan 2021"
    assert shown(word.sections) == ["Syfte onumrerad", "Mål onumrerad"]
    assert word.left_out == (
        "Dokumentet har inga rubrikformat. Korta rader i fet stil (två) har blivit rubriker; se över dem.",
    )


def test_a_document_of_text_alone_is_one_section():
    document = docx.Document()
    document.add_paragraph("Förbundet ska samverka. " * 20)
    word = read_word(content_of(document))
    assert shown(word.sections) == ["Inledning onumrerad"]
    assert word.left_out == ("Dokumentet har inga rubriker. All text har blivit avsnittet Inledning.",)
    assert read_word(content_of(docx.Document())).sections == ()


def test_one_heading_over_all_others_is_the_title_and_typed_contents_go():
    document = docx.Document()
    document.add_heading("Verksamhetsplan 2021", 1)
    document.add_heading("Innehåll", 2)
    document.add_paragraph("Mål ........ 3")
    document.add_paragraph("Medel\t4")
    document.add_heading("Mål", 2)
    document.add_heading("Delmål", 4)
    word = read_word(content_of(document))
    assert word.title == "Verksamhetsplan 2021"
    assert shown(word.sections) == ["Mål onumrerad", "  Delmål onumrerad"]


def test_footnotes_links_and_what_must_not_come_along():
    document = plan_with("Heading 1", "Heading 2")
    content = content_of(document)
    body = part_of(content, "word/document.xml")
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    link = '<w:hyperlink r:id="rIdPage"><w:r><w:t>sidan</w:t></w:r></w:hyperlink>'
    link += '<w:hyperlink r:id="rIdFile"><w:r><w:t>filen</w:t></w:r></w:hyperlink>'
    change = '<w:del w:id="9" w:author="x"><w:r><w:delText>struket</w:delText></w:r></w:del>'
    change += '<w:ins w:id="10" w:author="x"><w:r><w:t>nytt</w:t></w:r></w:ins>'
    body = body.replace("<w:t>.</w:t></w:r>", f"<w:t>.</w:t></w:r>{note}{link}{change}", 1)
    note_text = '<w:footnote w:id="2"><w:p><w:r><w:t>Not om 50 %.</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {W}>{note_text}</w:footnotes>"
    comment = '<w:comment w:id="0" w:author="x"><w:p><w:r><w:t>hemligt</w:t></w:r></w:p></w:comment>'
    comments = f"<w:comments {W}>{comment}</w:comments>"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = part_of(content, "word/_rels/document.xml.rels").replace(
        "</Relationships>",
        f'<Relationship Id="rIdNotes" Type="{office}/footnotes" Target="footnotes.xml"/>'
        f'<Relationship Id="rIdPage" Type="{office}/hyperlink" Target="https://a.se/" TargetMode="External"/>'
        f'<Relationship Id="rIdFile" Type="{office}/hyperlink" Target="file:///C:/x" TargetMode="External"/>'
        f'<Relationship Id="rIdMall" Type="{office}/attachedTemplate" Target="http://127.0.0.1:9/m.dotm" '
        'TargetMode="External"/></Relationships>',
    )
    word = read_word(
        changed(
            content,
            **{
                "word/document.xml": body,
                "word/footnotes.xml": notes,
                "word/comments.xml": comments,
                "word/_rels/document.xml.rels": relations,
                "word/vbaProject.bin": b"Sub AutoOpen()",
            },
        )
    )
    assert word.sections[0]["text"] == [
        '<p>Vi ska <strong>samverka</strong> <em>tidigt</em>.<span data-footnote="Not om 50 %."></span>'
        '<a href="https://a.se/">sidan</a>filennytt</p>'
    ]
    assert word.left_out[:4] == (
        "Makron i dokumentet följde inte med och har inte körts.",
        "Kommentarer i marginalen följde inte med.",
        "Dokumentet har spårade ändringar. Texten är läst som om alla vore godkända; struken text "
        "följde inte med.",
        "Länkar ut ur dokumentet är borttagna (filer och mall). Inget har hämtats.",
    )


def test_a_picture_outside_of_the_file_is_not_fetched(monkeypatch):
    content = content_of(plan_with("Heading 1", "Heading 2"))
    body = part_of(content, "word/document.xml").replace("r:embed=", "r:link=")
    relations = part_of(content, "word/_rels/document.xml.rels")
    relations = re.sub(
        r'Target="media/[^"]*"', 'Target="http://127.0.0.1:9/x.png" TargetMode="External"', relations
    )
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("something was fetched"))
    word = read_word(
        changed(content, **{"word/document.xml": body, "word/_rels/document.xml.rels": relations})
    )
    assert word.left_out[0] == "Länkar ut ur dokumentet är borttagna (bilder). Inget har hämtats."
    assert word.left_out[-1].startswith("En bild i avsnittet ”Ekonomi”")


def test_text_boxes_are_read_and_told():
    document = docx.Document()
    document.add_heading("Mål", 1)
    paragraph = document.add_paragraph("Före.")
    box = "<w:txbxContent><w:p><w:r><w:t>I rutan</w:t></w:r></w:p></w:txbxContent>"
    box = f'<v:textbox xmlns:v="urn:schemas-microsoft-com:vml">{box}</v:textbox>'
    paragraph._p.append(parse_xml(f"<w:r {W}><w:pict>{box}</w:pict></w:r>"))
    word = read_word(content_of(document))
    assert "I rutan" in "".join(word.sections[0]["text"])
    assert word.left_out == ("Dokumentet har textrutor (en). Deras text står efter stycket som de hör till.",)


# -- files that are refused ----------------------------------------------------------------------

FINE = content_of(docx.Document())


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


BOMB = b"<w:document>" + b" " * 5_000_000 + b"</w:document>"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "inget Word-dokument, eller skadad"),
        (b"hej", "inget Word-dokument, eller skadad"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "äldre format"),
        (b"{\\rtf1", "RTF"),
        (b"%PDF-1.7", "PDF"),
        (packed(**{"xl/workbook.xml": b"<x/>"}), "Excelbok"),
        (packed(**{"content.xml": b"<x/>"}), "LibreOffice"),
        (packed(**{"hej.txt": b"x"}), "inget Word-dokument"),
        (FINE[: len(FINE) // 2], "skadad"),
        (b"PK" + b"x" * MAX_UPLOAD, "Högst 20 MB"),
        (changed(FINE, **{"word/document.xml": BOMB}), "nästan ingenting packad"),
        (changed(FINE, **{"word/media/x.bin": b"\0" * 101_000_000}), "Högst 100 MB"),
        (changed(FINE, **{"word/document.xml": ENTITIES}), "XML-definitioner"),
        (changed(FINE, **{"word/styles.xml": OUTSIDE}), "XML-definitioner"),
        (changed(FINE, **{"word/document.xml": "<!DOCTYPE x><x/>".encode("utf-16")}), "XML"),
        (changed(FINE, **{"word/document.xml": b"<x>" * 200 + b"</x>" * 200}), "lager"),
        (changed(FINE, **{"word/document.xml": b"<w:document>"}), "skadad"),
        (changed(FINE, **{f"word/{number}.bin": b"" for number in range(2000)}), "2000 delar"),
    ],
    ids=range(18),
)  # fmt: skip
def test_what_is_no_word_document_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(UnreadableWordError) as refused:
        read_word(content)
    assert sentence in str(refused.value)


def test_a_document_that_the_parser_stumbles_on_is_refused():
    cells = "<w:tbl><w:tr><w:tc>" * 40 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 40
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    link = f'<w:p><w:hyperlink r:id="none" {r}/></w:p>'
    body = f"<w:document {W}><w:body>{link}{cells}</w:body></w:document>"
    with pytest.raises(UnreadableWordError, match="skadad"):
        read_word(changed(FINE, **{"word/document.xml": body}))


# -- our own file --------------------------------------------------------------------------------


def test_our_own_file_of_gotland_comes_back(db):
    federation, _ = load(settings.BASE_DIR / "fixtures" / "gotland")
    plan = Plan.objects.select_related("federation", "budget").get(federation=federation)
    content = written(plan, Kind.PLAN, Format.DOCX, datetime(2021, 11, 2, tzinfo=UTC))
    word = read_word(content)
    assert word.title == plan.title
    headings = list(plan.sections.filter(parent=None).exclude(heading="").values_list("heading", flat=True))
    assert [section["heading"] for section in word.sections] == headings
    texts = "".join("".join(section.get("text", [])) for section in _all(word.sections))
    assert "<li>Kartläggning</li>" in texts
    assert texts.count("<table>") == texts.count("</table>") >= 4
    assert "<th>2021&nbsp;budget</th>" in texts
    numbered = {section["heading"]: section.get("numbered", True) for section in _all(word.sections)}
    assert numbered["Finansiering"] and not numbered["Revisorer"]


def _all(sections: Any) -> list[dict[str, Any]]:
    return [each for section in sections for each in (section, *_all(section.get("parts", [])))]
