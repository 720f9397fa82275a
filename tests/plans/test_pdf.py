"""The PDF of a document: what its readers see and hear, and what an archive demands of it."""

import hashlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from plans.document import (
    Block,
    BulletList,
    Cell,
    Contents,
    Document,
    Fact,
    Facts,
    Footnotes,
    Heading,
    Item,
    PageBreak,
    Paragraph,
    Signature,
    Signatures,
    Span,
    Table,
    TableColumn,
    TableRow,
)
from plans.render.pdf import UnprintableError, render
from tests.plans import made_documents as made
from tests.plans.made_documents import document_of, row, says
from tests.services import pdf

TEXT = TableColumn()
GOLDEN = Path(__file__).parent / "golden" / "every_block.pdf.txt"
EXAMPLES = {
    "every block": made.every_block,
    "long rows": made.long_rows,
    "a thousand headings": made.many_headings,
    "a plan": lambda: made.plan_of(15),
    "nothing": document_of,
}


@pytest.fixture(scope="module")
def every_block() -> bytes:
    return render(made.every_block())


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_meets_both_standards_and_the_tag_checks(example):
    pdf.check(render(example()))


def test_the_checks_see_what_is_wrong(every_block):
    """An untagged file fails, and so does one where two marks have changed places."""
    with pikepdf.open(BytesIO(every_block)) as file:
        parents = file.Root.StructTreeRoot.ParentTree.Nums[1]
        first, second = parents[0], parents[1]
        parents[0], parents[1] = second, first
        swapped = BytesIO()
        file.save(swapped)
        del file.Root.StructTreeRoot
        untagged = BytesIO()
        file.save(untagged)
    assert any("belongs to another element" in fault for fault in pdf.tag_faults(swapped.getvalue()))
    with pytest.raises(AssertionError):
        pdf.check(untagged.getvalue())


def test_tags_are_those_of_the_golden_tree(every_block):
    """After a wanted change: `python -m tests.plans.test_pdf` writes it anew; read the difference."""
    assert pdf.tree(every_block) == GOLDEN.read_text()


# -- figures and words -----------------------------------------------------------------------------------


def shown(table: Table) -> list[list[str]]:
    """The cells as a reader should find them: no-break spaces are spaces, notes' marks left out."""
    return [[said(cell) for cell in line.cells] for line in (*table.head, *table.rows)]


def said(cell: Cell) -> str:
    return re.sub(r"\s+", " ", cell.text).strip()


@pytest.mark.parametrize(
    "table",
    [
        made.budget_table(),
        made.long_table(200),
        made.wide_table(),
        made.wide_table(20),
        made.tall_row_table(),
    ],
    ids=["budget", "200 rows", "13 columns", "20 columns", "a tall row"],
)
def test_every_cell_of_a_table_is_found_again(table):
    without_marks = replace(
        table,
        rows=tuple(
            replace(line, cells=tuple(Cell(says(cell.text), cell.columns) for cell in line.cells))
            for line in table.rows
        ),
    )
    found = pdf.table_rows(render(document_of(Heading(1, "Tabell", "t"), without_marks)))
    assert [[re.sub(r"\s+", " ", text).strip() for text in cells] for cells in found] == shown(table)


@pytest.mark.parametrize("table", [made.budget_table(), made.wide_table(), made.wide_table(20)])
def test_no_figure_is_broken_over_lines(table):
    printed = "\n".join(pdf.pages(render(document_of(table))))
    for line in table.rows:
        for cell in line.cells[1:]:
            assert said(cell) in printed


def test_figures_end_at_the_same_place_and_decimals_meet():
    table = Table(
        "Tal",
        (TableColumn(), TableColumn(1, "figure")),
        (row("", "kr"),),
        (row("a", "1 234,5"), row("b", "12,25"), row("c", "7"), row("d", "−1 000,75")),
    )
    places = digit_places(render(document_of(table, is_draft=False)))
    commas = [places[text].index_of_comma for text in ("1 234,5", "12,25", "7", "−1 000,75")]
    assert max(commas) - min(commas) < 0.2


def test_row_heads_take_the_room_that_figures_do_not_need():
    head = "Förbrukningsinventarier och kontorsmaterial"
    columns = (TEXT, *[TableColumn(1, "figure")] * 4)
    table = Table("Tal", columns, (row("", *["2021 budget"] * 4),), (row(head, *["1 234 567"] * 4),))
    page = pdf.pages(render(document_of(table)))[1]
    assert f"{head} 1 234 567" in page.replace("\n", " ")
    assert head in page
    assert page.count("2021 budget") == 4


def test_a_head_with_a_dash_is_broken_there():
    heads = ["Utfall januari–april", "Utfall maj–augusti", "Utfall september–december"]
    columns = (TEXT, *[TableColumn(1, "figure")] * 7)
    table = Table("Tal", columns, (row("", *heads, *heads, "summa"),), (row("Antal", *["1 000"] * 7),))
    page = pdf.pages(render(document_of(table)))[1]
    assert "september–" in page
    assert not re.search(r"[\u00ad\x02]", page)


class _Place:
    def __init__(self, text: str, right: float, size: float) -> None:
        digit, comma = 0.497 * size, 0.249 * size
        decimals = len(text.partition(",")[2])
        self.index_of_comma = right - (decimals * digit + comma if decimals else 0)


def digit_places(data: bytes) -> dict[str, _Place]:
    """Where the figures of the second page end, from the file's own operators."""
    from plans.render.pdf.typefaces import REGULAR, width

    with pikepdf.open(BytesIO(data)) as file:
        places = {}
        x = size = 0.0
        for operands, operator in pikepdf.parse_content_stream(file.pages[1]):
            if str(operator) == "Tm":
                x = float(operands[4])
            elif str(operator) == "Tf":
                size = float(operands[1])
            elif str(operator) == "Tj":
                text = bytes(operands[0]).decode("latin-1")
                text = re.sub(r"^[^\d ]+(?=\d)", "−", text)
                places[text] = _Place(text, x + width(text, REGULAR, size), size)
        return places


def test_words_broken_at_line_ends_are_whole_for_who_listens(every_block):
    spoken = pdf.text(every_block)
    assert made.PROSE.strip() in spoken
    assert made.LONG_WORD in spoken
    assert "arbetsmarknads" in "".join(pdf.pages(every_block))


def test_text_is_hyphenated_between_syllables_and_headings_are_not():
    words = "samverkansinsatsfinansiering " * 40
    body = pdf.pages(render(document_of(Paragraph(says(words)))))[1]
    heads = set(re.findall(r"(\w+)[\u00ad\x02]", body))
    assert heads
    word = "sam-ver-kan-s-in-sats-fi-nan-si-e-ring"
    assert heads <= {word[:at].replace("-", "") for at, sign in enumerate(word) if sign == "-"}
    heading = pdf.pages(render(document_of(Heading(1, words, "a"))))[1]
    assert not re.search(r"[\u00ad\x02]", heading)


# -- pages -----------------------------------------------------------------------------------------------


def test_contents_and_bookmarks_give_the_pages_where_the_headings_are():
    document = made.plan_of(30)
    data = render(document)
    pages = pdf.pages(data)
    headings = list(document.headings())
    assert [(level, title) for level, title, _ in pdf.outline(data)] == [(h.level, h.full) for h in headings]
    tree = pdf.tree(data)
    for (_, title, page), heading in zip(pdf.outline(data), headings, strict=True):
        assert re.search(rf"^{re.escape(title)}\s*$", pages[page - 1], re.MULTILINE), title
        assert f'"{heading.full} {page}"' in tree


def test_running_head_and_page_numbers():
    pages = pdf.pages(render(made.long_rows()))
    assert "Sida" not in pages[0]
    for number, page in enumerate(pages[1:], 2):
        assert f"Sida {number} av {len(pages)}" in page
        assert "FinsamGotland · Verksamhetsplan 2021" in page
        assert "Utkast 2021-11-02 14.10" in page


def test_a_running_head_too_long_for_its_line_is_shortened():
    page = pdf.pages(render(replace(ODD["long names everywhere"], is_draft=False)))[1]
    assert re.match(r"Förb.*… Förbundet.*…\n", page)


@pytest.mark.parametrize(
    ("federation", "title", "head"),
    [
        ("Finsam Öst", "Plan 2021", "Finsam Öst · Plan 2021"),
        (
            "Samordningsförbundet i de östra delarna",
            made.PROSE[:50] + " 2021–2023",
            r"Samordn.{30,44} 2021–2023",
        ),
        ("Finsam Öst", made.PROSE[:150] + " 2021", r"Samordn.*… 2021"),
        ("Finsam " + "Öst " * 40, "2021", "2021"),
    ],
)
def test_the_running_head_keeps_the_year_whatever_must_be_left_out(federation, title, head):
    front = replace(made.TITLE_PAGE, federation=federation, title=title)
    page = pdf.pages(render(document_of(Paragraph(says("ord")), title_page=front, is_draft=False)))[1]
    assert re.match(rf"{head}\s*(Utkast|\n)", page), page


def test_the_head_of_a_table_is_repeated_on_each_page_but_read_once():
    data = render(document_of(made.long_table(200)))
    pages = pdf.pages(data)[1:]
    assert len(pages) > 4
    assert all("Inriktning" in page for page in pages)
    assert pdf.text(data).split("\n").count("Inriktning") == 1


@pytest.mark.parametrize("lines", range(30, 47))
def test_heading_and_table_begin_with_three_rows_on_the_same_page(lines):
    """Wherever on the page they happen to come."""
    filler = (Paragraph(says(f"Rad {n}"), "small") for n in range(lines))
    document = document_of(
        Heading(1, "Före", "fore"), *filler, Heading(2, "Sist på sidan", "sist"), made.long_table(20)
    )
    page = next(page for page in pdf.pages(render(document)) if "Sist på sidan" in page)
    for expected in ("En tabell med 20 rader", "Insats nummer 1", "Insats nummer 2", "Insats nummer 3"):
        assert expected in page


@pytest.mark.parametrize("lines", range(30, 47))
def test_a_heading_stands_with_its_text_and_a_chart_with_its_title(lines):
    filler = [Paragraph(says(f"Rad {n}"), "small") for n in range(lines)]
    heading = Heading(1, "Sist på sidan", "sist")
    with_text = document_of(*filler, heading, Paragraph(says(made.PROSE * 3)))
    page = next(page for page in pdf.pages(render(with_text)) if "Sist på sidan" in page)
    assert "Samordningsförbundet stödjer" in page
    with_chart = document_of(*filler, heading, made.figure())
    page = next(page for page in pdf.pages(render(with_chart)) if "Sist på sidan" in page)
    assert "Eget kapital mot nivåerna" in page
    assert "högsta nivå" in page


FILLED = range(26, 39)
"""Lines that bring what comes next to the foot of a page."""


def after(lines: int, *blocks: Block) -> list[str]:
    """The pages of a document where the blocks come after so many lines."""
    filler = (Paragraph(says(f"Rad {n}"), "small") for n in range(lines))
    return pdf.pages(render(document_of(*filler, *blocks, is_draft=False)))


def together(pages: list[str], *texts: str) -> bool:
    return any(all(text in page for text in texts) for page in pages)


@pytest.mark.parametrize("lines", FILLED)
def test_what_is_short_is_kept_on_one_page(lines):
    """A table of twelve rows, a chart with its figures, a heading with its facts."""
    table = made.long_table(12)
    assert together(after(lines, table), table.caption, *(f"Insats nummer {n}" for n in range(1, 13)))
    chart = made.figure()
    assert together(after(lines, chart), "högsta nivå", *(said(line.cells[0]) for line in chart.table.rows))
    facts = Facts(tuple(Fact(f"Term {n}", says("vad som sägs")) for n in range(8)))
    assert together(after(lines, Heading(1, "Insatsen", "i"), facts), "Insatsen", "Term 0", "Term 7")


@pytest.mark.parametrize("lines", range(3, 16))
def test_a_longer_table_leaves_no_fewer_than_three_rows_on_any_page(lines):
    for page in after(lines, made.long_table(20)):
        rows = re.findall(r"Insats nummer \d+", page)
        assert not rows or len(rows) >= 3


@pytest.mark.parametrize("lines", range(13, 26))
def test_what_heads_a_group_stands_with_two_of_its_rows(lines):
    rows = [row(f"Före {n}", "1") for n in range(12)] + [row("Gruppen", "", kind="group")]
    rows += [row(f"Efter {n}", "1") for n in range(12)]
    table = Table("Lång", (TEXT, TableColumn(1, "figure")), (row("", "kr"),), tuple(rows))
    assert together(after(lines, table), "Gruppen", "Efter 0", "Efter 1")


@pytest.mark.parametrize("lines", FILLED)
def test_what_announces_a_list_stands_with_it_and_no_item_stands_alone(lines):
    items = BulletList(tuple(Item(says(f"punkt {n}")) for n in range(9)))
    pages = after(lines, Paragraph(says("Det här gäller:")), items)
    assert together(pages, "Det här gäller:", "punkt 0", "punkt 1")
    assert together(pages, "punkt 7", "punkt 8")


@pytest.mark.parametrize("lines", range(20, 33))
def test_signatures_stand_on_one_page_with_their_heading(lines):
    names = ("Anna Alm", "Karin Ek", "Bo Al")
    lines_to_sign = Signatures(True, tuple(Signature(name, "ledamot") for name in names))
    pages = after(lines, Heading(1, "Underskrifter", "u"), lines_to_sign)
    assert together(pages, "Underskrifter", "Ort och datum", *names)


def test_new_pages_are_never_empty():
    document = document_of(
        PageBreak(),
        PageBreak(),
        Heading(1, "Ett", "ett", new_page=True),
        PageBreak(),
        Heading(1, "Två", "tva", new_page=True),
        PageBreak(),
    )
    pages = pdf.pages(render(document))
    assert len(pages) == 3
    assert "Ett" in pages[1]
    assert "Två" in pages[2]


def test_only_a_draft_is_marked():
    plan = made.plan_of(5)
    assert all("UTKAST" in page for page in pdf.pages(render(plan)))
    assert not any("UTKAST" in page for page in pdf.pages(render(replace(plan, is_draft=False))))
    assert "UTKAST" not in pdf.text(render(plan))


# -- links -----------------------------------------------------------------------------------------------


def links(data: bytes) -> list[tuple[str, str, int]]:
    """What each link says it is, its address or page, and the page it is on."""
    with pikepdf.open(BytesIO(data)) as file:
        numbers = {page.objgen: number for number, page in enumerate(file.pages, 1)}
        return [
            (
                str(link.Contents),
                str(link.A.URI) if "/A" in link else str(numbers[link.Dest[0].objgen]),
                numbers[page.objgen],
            )
            for page in file.pages
            for link in page.obj.get("/Annots", [])
        ]


def test_links_lead_where_they_say(every_block):
    found = [(says_so, target) for says_so, target, _ in links(every_block)]
    assert ("Inspektionen för socialförsäkringen", "https://www.inspsf.se/?a=1&b=%3C2%3E") in found
    assert ("kansli@example.org", "mailto:kansli@example.org") in found
    assert ("avsnittet om budgeten", "4") in found
    assert ("1.1 En rubrik direkt efter en annan", "3") in found


def test_notes_lead_to_their_words_and_back():
    filler = tuple(Paragraph(says(made.PROSE * 4)) for _ in range(10))
    document = document_of(
        Paragraph((Span("Ett ord"), Span("", note=1), Span(" och ett"), Span("", note=2))),
        *filler,
        Footnotes(((1, says("Första noten.")), (2, says("Andra noten.")))),
    )
    data = render(document)
    last = len(pdf.pages(data))
    assert last > 2
    there = [(target, page) for says_so, target, page in links(data) if says_so.startswith("Not ")]
    back = [(target, page) for says_so, target, page in links(data) if says_so.startswith("Tillbaka")]
    assert there == [(str(last), 2), (str(last), 2)]
    assert back == [("2", last), ("2", last)]


def test_a_link_to_what_is_not_there_is_plain_words():
    data = render(document_of(Paragraph(says("Se avsnitt 9", target="#borta"))))
    assert "Se avsnitt 9" in pdf.text(data)
    assert links(data) == []


# -- signs -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("😀", "Tecknet ”😀” (U+1F600) finns inte"),
        ("א", "Tecknet ”א” (U+05D0) finns inte"),
        ("\x07", "Tecknet (U+0007) finns inte"),
    ],
)
def test_a_sign_that_cannot_be_printed_is_shown_with_its_code_and_its_place(sign, name):
    with pytest.raises(UnprintableError) as refused:
        render(document_of(Paragraph(says(f"Målet är nått {sign} i år"))))
    assert name in str(refused.value)
    assert "Målet är nått" in str(refused.value)
    assert refused.value.sign == sign


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("3\u2011årig", "3-årig"),
        ("12\u2009000", "12 000"),
        ("a\u030a", "å"),
        ("rad\nrad", "rad rad"),
        ("noll\u200bbredd", "nollbredd"),
        ("\uff21\uff14", "A4"),
    ],
)
def test_a_sign_with_a_faithful_twin_becomes_it(written, printed):
    assert printed in pdf.text(render(document_of(Paragraph(says(written)))))


# -- the same document, the same file --------------------------------------------------------------------


def test_same_bytes_in_processes_with_other_seeds_and_zones():
    program = (
        "import hashlib, sys\n"
        "from plans.render.pdf import render\n"
        "from tests.plans.made_documents import every_block\n"
        "print(hashlib.sha256(render(every_block())).hexdigest())"
    )
    here = hashlib.sha256(render(made.every_block())).hexdigest()
    for seed, zone in (("1", "Europe/Stockholm"), ("2", "America/Los_Angeles")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        there = subprocess.run(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[2],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert there.stdout.strip() == here


def test_same_bytes_in_threads_at_once():
    documents = [made.every_block(), made.long_rows(), made.plan_of(10)] * 3
    alone = [render(document) for document in documents]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(render, documents)) == alone


def test_its_clock_is_the_documents():
    document = made.every_block()
    later = replace(document, made_at=document.made_at + timedelta(days=1))
    assert b"20211102131000" in render(document)
    assert b"2021-11-02T13:10:00" in render(document)
    assert render(later) != render(document)


def test_the_file_knows_its_title_and_language(every_block):
    with pikepdf.open(BytesIO(every_block)) as file:
        assert file.docinfo.Title == "Verksamhetsplan 2021, FinsamGotland"
        assert file.Root.Lang == "sv-SE"
        assert file.Root.ViewerPreferences.DisplayDocTitle


# -- odd shapes ------------------------------------------------------------------------------------------

LONG = "Förbundet för " + made.LONG_WORD
ODD: dict[str, Document] = {
    "a heading at the very end": document_of(Heading(1, "Slut", "slut")),
    "no headings to list": document_of(Contents()),
    "empty texts": document_of(Heading(1, "", "tom"), Paragraph(()), Paragraph((Span(""),), anchor="x")),
    "a table without a head": document_of(Table("", (TEXT,), (), (row("ett"), row("två")), row_heads=False)),
    "rows without cells' words": document_of(Table("Tom", (TEXT, TEXT), (row("", ""),), (row("", ""),) * 3)),
    "a head taller than a page": document_of(
        Table("Hög", (TEXT, TEXT), (row(made.PROSE * 40, "b"),), (row("a", "b"),) * 5)
    ),
    "sixty columns": document_of(made.wide_table(60)),
    "a figure as long as a book": document_of(
        Table("Tal", (TEXT, TableColumn(1, "figure")), (), (row("a", "1 234 567 " * 300),))
    ),
    "links in a repeated head": document_of(
        Table(
            "Länk",
            (TEXT,),
            (TableRow((Cell(says("rubrik", target="https://example.org")),)),),
            tuple(row(str(n)) for n in range(90)),
        )
    ),
    "long names everywhere": document_of(
        Heading(1, LONG * 2, "langt"),
        title_page=replace(
            made.TITLE_PAGE,
            federation=LONG,
            title=LONG,
            subtitle=LONG,
            state=LONG,
            members=(LONG,) * 30,
            diary_number=LONG,
        ),
    ),
}


@pytest.mark.parametrize("document", ODD.values(), ids=ODD.keys())
def test_odd_shapes_are_still_whole_documents(document):
    pdf.check(render(document))


def test_a_very_wide_and_a_very_tall_text_are_all_there():
    data = render(ODD["a head taller than a page"])
    assert pdf.text(data).count("Samordningsförbundet") == 40


if __name__ == "__main__":
    GOLDEN.write_text(pdf.tree(render(made.every_block())))
