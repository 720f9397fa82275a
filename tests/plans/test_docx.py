"""The Word file, read back: everything of the document is there, in order, as what it is."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any
from unicodedata import normalize
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import HealthCheck, given, settings

from budgets.charts.shapes import Picture
from plans.document import (
    BulletList,
    Contents,
    Document,
    Figure,
    Footnotes,
    Heading,
    Illustration,
    Item,
    PageBreak,
    Paragraph,
    Span,
    Table,
    TableColumn,
)
from plans.render.docx import render
from tests.plans.made_documents import (
    MADE_AT,
    budget_table,
    document_of,
    documents,
    every_block,
    figure,
    long_rows,
    many_headings,
    row,
    says,
)
from tests.services import libreoffice, pdf
from tests.services.docx import WordFile, as_pdf, style_name


@pytest.fixture(scope="module")
def example() -> Document:
    return every_block()


@pytest.fixture(scope="module")
def file(example: Document) -> WordFile:
    return WordFile(render(example))


def word_file(*blocks, **named) -> WordFile:
    return WordFile(render(document_of(*blocks, **named)))


def plain(text: str) -> str:
    """Words and figures, whichever blanks stand between them."""
    return " ".join(text.split())


def said(part: object) -> Iterator[str]:
    """Every text of a part of the document that is shown as text, in order."""
    if isinstance(part, Heading):
        yield part.full
    elif isinstance(part, Span):
        yield "" if part.note is not None else part.text
    elif isinstance(part, Contents):
        yield part.heading
    elif isinstance(part, Table):
        yield from (part.caption, part.unit)
        yield from said((part.head, part.rows))
    elif isinstance(part, Figure):
        yield from (part.title, *part.notes)
        yield from said(part.table)
    elif isinstance(part, Illustration):
        yield part.caption
    elif isinstance(part, Footnotes | Picture):
        return
    elif isinstance(part, tuple):
        for each in part:
            yield from said(each)
    elif is_dataclass(part):
        for field in fields(part):
            value = getattr(part, field.name)
            if field.name not in ("style", "anchor", "kind"):
                yield from [value] if isinstance(value, str) else said(value)


# -- what is there ---------------------------------------------------------------------------------------


def test_headings_are_word_headings_in_order(example: Document, file: WordFile):
    assert file.headings() == [(heading.level, heading.full) for heading in example.headings()]


def test_every_text_and_figure_is_there_in_order(example: Document, file: WordFile):
    everything = plain(" ".join(file.texts()))
    at = everything.index("Innehåll")
    wanted = [plain(text) for text in said(example.blocks) if plain(text)]
    assert len(wanted) > 150
    for text in wanted:
        found = everything.find(text, at)
        assert found >= 0, f"{text!r} is missing after {everything[at - 60 : at]!r}"
        at = found + len(text)


def test_title_page_says_what_the_document_is(file: WordFile):
    styles = {style_name(paragraph): paragraph.text for paragraph in file.paragraphs()}
    assert styles["Title"] == "Verksamhetsplan 2021"
    assert styles["Subtitle"] == "Med budget 2021 och ekonomisk plan 2022–2023"
    texts = file.texts()
    first = texts[: texts.index("Innehåll")]
    for text in (
        "FinsamGotland",
        "Utkast 2021-11-02 14.10",
        "Försäkringskassan",
        "Organisationsnummer 222000-2238",
        "Diarienummer 2021/12",
        "Det är första gången som alla sitter vid samma bord.",
        "En deltagare",
    ):
        assert text in first


def test_parts_have_their_styles(file: WordFile):
    style_of = {paragraph.text: style_name(paragraph) for paragraph in file.paragraphs()}
    assert style_of["En etikett"] == "Etikett"
    assert style_of["Resultatet är negativt och ska motiveras."] == "Observera"
    assert style_of["Andra stycket."] == "Quote"
    assert style_of["Budget 2021 och plan 2022–2023\tkr"] == "Caption"
    assert style_of["Andra punkten"] == "List Bullet"
    assert style_of["Numrerad, andra nivån"] == "List Number 2"
    assert style_of["Tredje nivån"] == "List Bullet 3"
    assert style_of["Underskrifter"] == "Rubrik 1 utanför innehållet"


def test_words_keep_their_looks(file: WordFile):
    looks = {run.text: (run.bold, run.italic) for part in file.paragraphs() for run in part.runs}
    assert looks["Fet"] == (True, None)
    assert looks["kursiv"] == (None, True)
    assert looks["båda"] == (True, True)


def test_file_says_what_it_is(file: WordFile):
    about = file.document.core_properties
    assert about.title == "Verksamhetsplan 2021, FinsamGotland"
    assert about.author == "FinsamGotland"
    assert about.language == "sv-SE"
    assert about.created == about.modified == MADE_AT
    defaults = file.part("word/styles.xml").find(".//" + qn("w:rPrDefault"))
    assert defaults.find(".//" + qn("w:lang")).get(qn("w:val")) == "sv-SE"


def test_long_titles_do_not_stop_the_file():
    page = replace(every_block().title_page, title="Plan " * 200, federation="Förbund " * 60)
    assert len(word_file(title_page=page).document.core_properties.title) == 255


def test_paper_is_a4_with_margins(file: WordFile):
    for section in file.document.sections:
        assert section.page_width == pytest.approx(Mm(210), abs=700)
        assert section.page_height == pytest.approx(Mm(297), abs=700)
        for margin in (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin):
            assert margin == pytest.approx(Mm(25), abs=700)


def test_type_follows_the_look(file: WordFile):
    styles = file.document.styles
    assert [styles[f"Heading {level}"].font.size.pt for level in (1, 2, 3)] == [22, 15, 12]
    assert str(styles["Heading 1"].font.color.rgb) == "0B5563"
    assert styles.element.find(".//" + qn("w:rPrDefault")).find(".//" + qn("w:sz")).get(qn("w:val")) == "21"
    assert styles["Normal"].paragraph_format.line_spacing.pt == 15


# -- head, foot, contents --------------------------------------------------------------------------------


def test_head_and_foot_of_every_page(file: WordFile):
    section = file.document.sections[1]
    head, foot = section.header, section.footer
    assert head.paragraphs[-1].text == "FinsamGotland · Verksamhetsplan 2021\tUtkast 2021-11-02 14.10"
    codes = [code.text.strip() for code in foot._element.iter(qn("w:instrText"))]
    assert foot.paragraphs[0].text.startswith("Sida ") and " av " in foot.paragraphs[0].text
    assert codes == ["PAGE", "NUMPAGES"]


def test_a_long_title_leaves_the_state_a_line_of_its_own():
    page = replace(
        every_block().title_page, title="Underlag till styrelsen: Verksamhets- och budgetplan 2021"
    )
    head = word_file(title_page=page).document.sections[1].header.paragraphs[-1]
    assert head.text == f"{page.federation} · {page.title}\n{page.state}"


@pytest.mark.parametrize("is_draft", [True, False])
def test_draft_is_marked_on_every_page(is_draft: bool):
    made = word_file(Paragraph(says("Ord")), is_draft=is_draft)
    heads = [made.part(name) for name in ("word/header1.xml", "word/header2.xml")]
    marks = [
        [mark.get("string") for mark in head.iter("{urn:schemas-microsoft-com:vml}textpath")]
        for head in heads
    ]
    assert all(("UTKAST" in mark) is is_draft for mark in marks)


def test_contents_are_a_field_filled_with_links(example: Document, file: WordFile):
    body = file.document.element.body
    frame = body.find(qn("w:sdt"))
    codes = [code.text.strip() for code in frame.iter(qn("w:instrText"))]
    assert codes[0] == 'TOC \\o "1-2" \\h \\z'
    listed = [heading for heading in example.headings() if heading.in_contents and heading.level <= 2]
    links = [(link.get(qn("w:anchor")), text_of(link)) for link in frame.iter(qn("w:hyperlink"))]
    assert [text for _, text in links] == [heading.full for heading in listed]
    marked = {
        start.get(qn("w:name")): text_of(start.getparent()) for start in body.iter(qn("w:bookmarkStart"))
    }
    assert all(marked[anchor] == text for anchor, text in links)
    kinds = [mark.get(qn("w:fldCharType")) for mark in frame.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == 1 + len(listed)


def text_of(element) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def test_word_asks_no_question_on_opening(file: WordFile):
    assert b"updateFields" not in ZipFile(BytesIO(file.content)).read("word/settings.xml")
    assert b"w:dirty" not in ZipFile(BytesIO(file.content)).read("word/document.xml")


def test_a_page_break_begins_one_page_only():
    made = word_file(
        PageBreak(),
        Paragraph(says("Först")),
        PageBreak(),
        PageBreak(),
        Heading(1, "Sedan", "sedan", new_page=True),
        PageBreak(),
        budget_table(),
        PageBreak(),
    )
    broken = [
        paragraph.text for paragraph in made.paragraphs() if paragraph.paragraph_format.page_break_before
    ]
    assert broken == ["Sedan", "Budget 2021 och plan 2022–2023\tkr"]


# -- notes and links -------------------------------------------------------------------------------------


def test_footnotes_are_word_footnotes(file: WordFile):
    notes = file.notes()
    assert [notes[mark] for mark in file.note_marks()] == [
        "Se lagen (2003:1210), 7\u00a0§",
        "Beslut 2020-10-14.",
    ]
    codes = [code.text.strip() for code in file.document.element.body.iter(qn("w:instrText"))]
    again = [code for code in codes if code.startswith("NOTEREF")]
    assert len(again) == 1, "the second mark of note 1 refers to the first"
    assert again[0].split()[1] in file.bookmarks()


def test_marks_show_the_numbers_of_the_plan():
    """Two parts of a plan with notes of their own: what Word counts is told apart from what we say."""
    made = word_file(
        Paragraph((Span("a"), Span("", note=1), Span("b"), Span("", note=3))),
        Footnotes(((1, says("ett")), (2, says("utan märke")), (3, says("tre")))),
        Paragraph((Span("c"), Span("", note=1))),
        Footnotes(((1, says("åter ett")),)),
    )
    marks = list(made.document.element.body.iter(qn("w:footnoteReference")))
    shown = [(mark.get(qn("w:customMarkFollows")), text_of(mark.getparent())) for mark in marks]
    assert shown == [(None, ""), ("1", "3"), ("1", "1")]
    assert list(made.notes().values()) == ["ett", "3 tre", "1 åter ett"]
    assert "2 utan märke" in made.texts()


def test_links_lead_somewhere(file: WordFile):
    names = file.bookmarks()
    assert len(names) == len(set(names)) == len({name.casefold() for name in names})
    links = {words: target for target, words in file.links()}
    assert all(target[1:] in names for target in links.values() if target.startswith("#"))
    assert links["avsnittet om budgeten"].startswith("#")
    assert links["Inspektionen för socialförsäkringen"] == "https://www.inspsf.se/?a=1&b=%3C2%3E"
    assert links["kansli@example.org"] == "mailto:kansli@example.org"
    assert links["7\u00a0§"] == "https://www.riksdagen.se"


@pytest.mark.parametrize("target", ["#saknas", "javascript:alert(1)", "file:///etc/passwd", "\\\\server\\x"])
def test_words_stay_where_a_link_leads_nowhere(target: str):
    made = word_file(Paragraph((Span("Läs mer", target=target),)))
    assert made.texts()[-1] == "Läs mer"
    assert made.links() == []


def test_long_and_like_anchors_get_bookmarks_of_their_own():
    anchors = ["å" * 60, "å" * 59 + "ä", "Mål", "mål", "1", "a b"]
    made = word_file(
        *(Heading(1, anchor, anchor) for anchor in anchors),
        Paragraph(tuple(Span(anchor, target=f"#{anchor}") for anchor in anchors)),
    )
    names = made.bookmarks()
    assert len({name.casefold() for name in names}) == len(anchors)
    assert all(len(name) <= 40 and name.isidentifier() for name in names)
    assert [target[1:] for target, _ in made.links()] == names


# -- lists -----------------------------------------------------------------------------------------------


def place_in_list(paragraph: Any) -> Any:
    """List and level of a paragraph, as Word has them."""
    return paragraph._p.pPr.numPr


def test_each_ordered_list_counts_from_one():
    numbered = BulletList((Item(says("a")), Item(says("b"))), ordered=True)
    nested = BulletList((Item(says("c"), (numbered,)), Item(says("d"), (numbered,))))
    made = word_file(numbered, Paragraph(says("emellan")), numbered, nested)
    lists = [
        (paragraph.text, numbers.numId.val, numbers.ilvl.val)
        for paragraph in made.paragraphs()
        if (numbers := place_in_list(paragraph)) is not None
    ]
    ordered = [(number, level) for text, number, level in lists if text in "ab"]
    assert [level for _, level in ordered] == [0, 0, 0, 0, 1, 1, 1, 1]
    assert len({number for number, _ in ordered}) == 4
    starts = {
        int(one.get(qn("w:numId"))): [
            (int(level.get(qn("w:ilvl"))), level[0].get(qn("w:val")))
            for level in one.iter(qn("w:lvlOverride"))
        ]
        for one in made.part("word/numbering.xml").iter(qn("w:num"))
    }
    assert all(starts[number] == [(level, "1")] for number, level in ordered)


def test_lists_may_be_deeper_than_word_can_count():
    deep = BulletList((Item(says("nivå 15")),))
    for level in range(14, 0, -1):
        deep = BulletList((Item(says(f"nivå {level}"), (deep,)),), ordered=level % 2 == 0)
    made = word_file(deep)
    levels = [
        place_in_list(paragraph).ilvl.val
        for paragraph in made.paragraphs()
        if paragraph.text.startswith("nivå")
    ]
    assert levels == [min(level, 8) for level in range(15)]


# -- odd input -------------------------------------------------------------------------------------------


def test_signs_that_xml_cannot_hold_are_left_out():
    made = word_file(
        Heading(1, "Ru\x00brik", "r"),
        Paragraph(says("a\x0bb\x1fc\ud800d\uffffe\ttabb\nny rad")),
        Table("Ta\x07bell", (TableColumn(),), (), (row("ce\x01ll"),)),
        title_page=replace(every_block().title_page, federation="För\x0cbund"),
    )
    texts = made.texts()
    assert "Rubrik" in texts and "abcde\ttabb\nny rad" in texts and "cell" in texts
    assert made.document.core_properties.author == "Förbund"


def test_an_empty_document_opens():
    assert word_file().headings() == []
    assert word_file(Contents(), Table("", (), (), ()), BulletList(())).headings() == []


def test_a_thousand_sections():
    made = WordFile(render(many_headings(1000)))
    assert len(made.headings()) == len(made.bookmarks()) == 1000


# -- the format ------------------------------------------------------------------------------------------

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr tabs suppressAutoHyphens "
    "spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs u vertAlign lang",
    "tblPr": "tblStyle tblW tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW gridSpan tcBorders vAlign",
    "tcBorders": "top left bottom right",
    "style": "name basedOn next uiPriority qFormat pPr rPr tblPr",
    "lvl": "start numFmt pStyle lvlText lvlJc pPr",
    "sectPr": "headerReference footerReference type pgSz pgMar",
    "settings": "zoom defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone "
    "doNotHyphenateCaps characterSpacingControl footnotePr compat themeFontLang decimalSymbol listSeparator",
}
"""The order that ISO 29500 gives the children; Word may call a file damaged that has another."""


def faults_of_form(made: WordFile) -> Iterator[str]:
    for name in made.names():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for part in made.part(name).iter():
            kind = part.tag.rpartition("}")[2]
            children = [child.tag.rpartition("}")[2] for child in part]
            if kind in ORDER:
                order = ORDER[kind].split()
                places = [order.index(child) if child in order else -1 for child in children]
                if places != sorted(places) or -1 in places:
                    yield f"{name}: {kind} holds {children}"
            if kind in ("body", "tc") and children[-1:] == ["tbl"]:
                yield f"{name}: {kind} ends with a table"
            for before, after in pairwise(children):
                if kind == "body" and after in ("tbl", "sectPr") and before == "tbl":
                    yield f"{name}: a table is followed by {after}"


def faults_of_reference(made: WordFile) -> Iterator[str]:
    styles = [style.get(qn("w:styleId")) for style in made.part("word/styles.xml").iter(qn("w:style"))]
    if len(styles) != len(set(styles)):
        yield "a style is defined twice"
    for name in ("document", "footnotes", "header1", "header2", "footer2", "numbering", "styles"):
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
            for part in made.part(f"word/{name}.xml").iter(qn(f"w:{kind}")):
                if part.get(qn("w:val")) not in styles:
                    yield f"{name}: no style {part.get(qn('w:val'))}"
    lists = {one.get(qn("w:numId")) for one in made.part("word/numbering.xml").iter(qn("w:num"))}
    for part in made.document.element.body.iter(qn("w:numId")):
        if part.get(qn("w:val")) not in lists:
            yield f"no list {part.get(qn('w:val'))}"
    names = made.bookmarks()
    if len({name.casefold() for name in names}) != len(names):
        yield "a bookmark is set twice"
    yield from (
        f"no place {target}" for target, _ in made.links() if target[0] == "#" and target[1:] not in names
    )
    for tag in ("w:bookmarkStart", "wp:docPr"):
        numbers = [
            part.get(qn("w:id")) or part.get("id") for part in made.document.element.body.iter(qn(tag))
        ]
        if len(numbers) != len(set(numbers)):
            yield f"{tag}: a number is used twice"
    if sorted(made.note_marks()) != sorted(made.notes()):
        yield "notes and marks differ"


@pytest.mark.parametrize("document", [every_block, long_rows], ids=["every block", "long rows"])
def test_file_has_the_form_that_word_wants(document):
    made = WordFile(render(document()))
    assert list(faults_of_form(made)) == []
    assert list(faults_of_reference(made)) == []


@given(documents)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_document_becomes_a_sound_file(document: Document):
    made = WordFile(render(document))
    assert list(faults_of_form(made)) == []
    assert list(faults_of_reference(made)) == []
    assert [plain(text) for _, text in made.headings()] == [plain(one.full) for one in document.headings()]


# -- the same bytes --------------------------------------------------------------------------------------

PRINT_HASH = (
    "import hashlib; from plans.render.docx import render;"
    "from tests.plans.made_documents import every_block;"
    "print(hashlib.sha256(render(every_block())).hexdigest())"
)


def test_same_document_gives_same_bytes_in_any_process(file: WordFile):
    hashes = {hashlib.sha256(file.content).hexdigest()}
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", PRINT_HASH]
        made = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        hashes.add(made.stdout.strip())
    assert len(hashes) == 1


def test_another_time_gives_other_bytes(example: Document, file: WordFile):
    later = replace(example, made_at=datetime(2021, 11, 3, tzinfo=UTC))
    assert render(later) != file.content


def test_figures_of_the_example_are_described(file: WordFile):
    assert file.alternative_texts() == [figure().description, "Stapel för stapel.", "Bild utan beskrivning"]


# -- in LibreOffice --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(file: WordFile) -> list[str]:
    program = libreoffice.find()
    if program is None or not libreoffice.has_writer(program):
        pytest.skip("LibreOffice Writer finns inte här (apt: libreoffice-writer-nogui)")
    return pdf.pages(as_pdf(program, file.content))


def squeezed(text: str) -> str:
    """Without blanks, ligatures, and signs at which lines are broken."""
    return "".join(sign for sign in normalize("NFKC", text) if sign.isalnum() or sign in "−%§")


def test_libreoffice_shows_every_text_and_figure(example: Document, pages: list[str]):
    shown = squeezed("".join(pages))
    for text in said(example.blocks):
        assert squeezed(text) in shown, text
    assert squeezed("Beslut 2020-10-14.") in shown


def test_libreoffice_counts_the_pages(pages: list[str]):
    assert "Sida" not in pages[0]
    for number, page in enumerate(pages[1:], start=2):
        assert f"Sida {number} av {len(pages)}" in plain(page)
        assert "Utkast 2021-11-02 14.10" in plain(page)
