"""Documents with what nobody should write but somebody will: every renderer takes it, in linear time."""

import re
import time
from io import BytesIO

import pikepdf
import pytest
from lxml import html as lxml_html

from plans.document import (
    Block,
    Cell,
    Contents,
    Document,
    Footnotes,
    Heading,
    Paragraph,
    Span,
    Table,
    TableColumn,
    TableRow,
)
from plans.render import docx, html, pdf
from plans.render.pdf import UnprintableError
from plans.render.pdf.lines import SOFT_HYPHEN, Run, hyphenations, lines_of
from plans.render.pdf.styles import BODY
from tests.plans.made_documents import document_of, says
from tests.services import pdf as written
from tests.services.docx import WordFile

LONG = "arbetsmarknad"


def seconds(render, document: Document) -> float:
    """Of this process alone, however busy the machine is."""
    began = time.process_time()
    render(document)
    return time.process_time() - began


# -- time ------------------------------------------------------------------------------------------------


def word_in_a_cell(signs: int) -> Block:
    row = TableRow((Cell(says((LONG * signs)[:signs])), Cell(says("1"))))
    return Table("Ett ord", (TableColumn(), TableColumn()), (), (row,))


@pytest.mark.parametrize(
    "block",
    (
        Paragraph(says((LONG * 20_000)[:200_000])),
        Paragraph(says("1234567890" * 20_000)),
        Paragraph(says(f"arbets{SOFT_HYPHEN}marknad" * 15_000)),
        word_in_a_cell(20_000),
    ),
    ids=("letters", "digits", "soft hyphens", "in a cell"),
)
def test_a_word_without_end_is_set_in_seconds(block):
    """Each line looks at what it has room for, not at all that is left: it took minutes."""
    assert seconds(pdf.render, document_of(Heading(1, "Ord", "ord"), block)) < 10


def test_a_long_word_is_whole_in_the_pdf():
    text = (LONG * 200)[:2000]
    data = pdf.render(document_of(Heading(1, "Ord", "ord"), Paragraph(says(text))))
    written.check(data)
    assert text in re.sub(r"[\s\u00ad]", "", written.text(data))


@pytest.mark.parametrize("measure", (60.0, 150.0, 451.0))
def test_a_long_word_is_broken_where_swedish_breaks_it(measure):
    word = "arbetsmarknadspolitiskasamverkansinsatsfinansieringsöverenskommelse"
    run = Run(word, BODY.font, BODY.size, BODY.colour, None)
    lines = ["".join(part.text for part in line.parts) for line in lines_of([run], measure)]
    assert "".join(lines).replace(SOFT_HYPHEN, "") == word
    begins = 0
    for line in lines[:-1]:
        assert len(line.rstrip(SOFT_HYPHEN)) in hyphenations(word[begins:])
        begins += len(line.rstrip(SOFT_HYPHEN))


def with_marks(number: int) -> Document:
    marks = tuple(span for _ in range(number) for span in (Span("ord "), Span("", note=1)))
    return document_of(Paragraph(marks), Footnotes(((1, says("Noten")),)))


def test_a_note_with_thousands_of_marks_is_shown_in_time_that_grows_with_them():
    """Every mark has an id of its own, found without trying those before it."""
    once, more = (
        min(seconds(html.render, with_marks(number)) for _ in range(2)) for number in (2_500, 10_000)
    )
    assert more < 8 * once + 0.1
    identities = re.findall(r'id="([^"]+)"', html.render(with_marks(2_500)))
    assert len(identities) == len(set(identities)) > 2_500


# -- signs -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", "\ufeff\u200b\u200d\u202e\u2066")
def test_signs_that_print_nothing_leave_a_file_that_conforms(sign):
    data = pdf.render(
        document_of(
            Heading(1, f"Före{sign}efter", "a"),
            Paragraph((Span(f"a{sign}b"), Span(sign, target="#a"))),
        )
    )
    written.check(data)
    assert "Föreefter" in written.text(data)


def test_a_heading_that_prints_nothing_has_a_link_that_says_something():
    written.check(pdf.render(document_of(Contents(), Heading(1, "Ett", "ett"), Heading(2, "\u200b", "tom"))))


@pytest.mark.parametrize(
    ("text", "told"),
    (("Hej 😀", "Tecknet ”😀” (U+1F600"), ("a\x01b", "Tecknet (U+0001"), ("مرحبا", "Tecknet ”م” (U+0645")),
)
def test_what_cannot_be_printed_is_shown_to_who_must_find_it(text, told):
    with pytest.raises(UnprintableError) as caught:
        pdf.render(document_of(Paragraph(says(text))))
    assert str(caught.value).startswith(told)
    assert text in str(caught.value)


# -- links -----------------------------------------------------------------------------------------------

FOLLOWED = {
    "https://exempel.se/å ä?q=ö#<b>": "https://exempel.se/%C3%A5%20%C3%A4?q=%C3%B6#%3Cb%3E",
    "HTTP://EXEMPEL.SE": "HTTP://EXEMPEL.SE",
    "tel:+46701234567": "tel:+46701234567",
    "mailto:kansli@exempel.se?subject=Två ord": "mailto:kansli@exempel.se?subject=Tv%C3%A5%20ord",
    'https://exempel.se/"onclick="x(1)\\': "https://exempel.se/%22onclick=%22x(1)%5C",
}
REFUSED = (
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "//exempel.se",
    "/a",
    "a",
    "#",
    "#a",
)


def addresses(document: Document) -> dict[str, list[str]]:
    """Where the document leads, by format."""
    with pikepdf.open(BytesIO(pdf.render(document))) as file:
        found = [str(each.A.URI) for page in file.pages for each in page.get("/Annots", []) if "/A" in each]
    article = lxml_html.fragment_fromstring(html.render(document))
    return {
        "pdf": found,
        "docx": [target for target, _ in WordFile(docx.render(document)).links()],
        "html": article.xpath("//div[@class='text']/p//a/@href"),
    }


@pytest.mark.parametrize("target", FOLLOWED)
def test_a_link_leads_to_the_same_address_in_every_format(target):
    found = addresses(document_of(Paragraph(says("länk", target=target))))
    assert found == {form: [FOLLOWED[target]] for form in ("pdf", "docx", "html")}


@pytest.mark.parametrize("target", REFUSED)
def test_no_format_leads_where_a_reader_should_not_go(target):
    found = addresses(document_of(Paragraph(says("länk", target=target))))
    assert found == {"pdf": [], "docx": [], "html": []}
