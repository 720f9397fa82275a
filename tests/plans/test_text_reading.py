"""A text becomes blocks of the document: every word once, in the order it was written, in the right place."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plans.document import (
    Block,
    BulletList,
    Illustration,
    Item,
    Paragraph,
    Quotation,
    Span,
    Spans,
    Table,
    plain,
)
from plans.text.illustrations import NamedIllustration
from plans.text.reading import blocks_of, spans_of
from plans.text.sanitising import TAGS, sanitised


class Told:
    """Answers what a text refers to, and remembers what was asked."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.shown: list[str] = []

    def figure(self, token: str, shown: str) -> str:
        self.shown.append(shown)
        return f"[{token}]"

    def reference(self, key: str, shown: str) -> tuple[str, str]:
        self.shown.append(shown)
        return f"avsnitt {key}", f"#avsnitt-{key}"

    def footnote(self, text: str) -> int:
        self.notes.append(text)
        return len(self.notes)

    def illustration(self, named: NamedIllustration) -> Block:
        return Illustration(named.key, "image/png", 1, 1, named.alternative_text, named.caption)


def read(text: str) -> tuple[Block, ...]:
    """The blocks of a text as it is stored: sanitised."""
    return blocks_of(sanitised(text), Told())


def outline(block: Block) -> object:
    """A block as nested tuples of words."""
    match block:
        case Paragraph():
            return plain(block.spans)
        case Quotation():
            return ("quote", *map(plain, block.paragraphs))
        case BulletList():
            return ("ol" if block.ordered else "ul", *map(item, block.items))
        case Table():
            rows = [tuple(cell.text for cell in row.cells) for row in (*block.head, *block.rows)]
            return ("table", *rows)
    raise AssertionError(block)


def item(one: Item) -> object:
    return (plain(one.spans), *map(outline, one.lists)) if one.lists else plain(one.spans)


def outlines(text: str) -> list[object]:
    return [outline(block) for block in read(text)]


# -- paragraphs and their words ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   \n ", []),
        ("<p></p><p> </p><p><br></p><p><strong> </strong></p>", []),
        ("ord utan stycke", ["ord utan stycke"]),
        ("<p>ett</p><p>två</p>", ["ett", "två"]),
        ("<p>ett</p>\n  <p>två</p>\n", ["ett", "två"]),
        ("ett<p>två</p>tre", ["ett", "två", "tre"]),
        ("<p>ett<br>två</p>", ["ett\ntvå"]),
        ("<p><br>ett<br></p>", ["ett"]),
        ("<p>  ett\n  två   tre </p>", ["ett två tre"]),
        ("<p>302&nbsp;680&nbsp;kr</p>", ["302\u00a0680\u00a0kr"]),
        ("<p>ett<p>två", ["ett", "två"]),
        ("<p>ett <strong>två<p>tre", ["ett två", "tre"]),
        ("<p>3 &lt; 4 &amp; 5</p>", ["3 < 4 & 5"]),
        ("<strong><p>ett</p><p>två</p></strong>", ["ett", "två"]),
    ],
)
def test_paragraphs(text, expected):
    assert outlines(text) == expected


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (
            "<p>a <strong>b</strong> <em>c</em></p>",
            [Span("a "), Span("b", bold=True), Span(" "), Span("c", italic=True)],
        ),
        (
            "<p><b>a<i>b</i></b><i>c</i></p>",
            [Span("a", bold=True), Span("b", bold=True, italic=True), Span("c", italic=True)],
        ),
        ("<p>m<sup>2</sup>, CO<sub>2</sub></p>", [Span("m"), Span("2"), Span(", CO"), Span("2")]),
        (
            '<p><a href="https://x.se">se <strong>här</strong> nu</a> då</p>',
            [
                Span("se ", target="https://x.se"),
                Span("här", bold=True, target="https://x.se"),
                Span(" nu", target="https://x.se"),
                Span(" då"),
            ],
        ),
        (
            '<p><a href="mailto:a@b.se">en <span>två</span> tre</a> fyra</p>',
            [
                Span("en ", target="mailto:a@b.se"),
                Span("två", target="mailto:a@b.se"),
                Span(" tre", target="mailto:a@b.se"),
                Span(" fyra"),
            ],
        ),
        ("<p><strong>a</strong></p><p>b</p>", [Span("a", bold=True)]),
    ],
)
def test_styles_and_links_hold_for_their_words_alone(text, spans):
    paragraph, *rest = read(text)
    assert isinstance(paragraph, Paragraph)
    assert list(paragraph.spans) == spans
    assert all(not span.bold and not span.target for each in rest for span in each.spans)


# -- lists ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<ul><li>ett</li><li>två</li></ul>", [("ul", "ett", "två")]),
        ("<ol><li><p>ett</p></li><li><p>två</p></li></ol>", [("ol", "ett", "två")]),
        (
            "<ol><li>a<ul><li>b<ol><li>c</li></ol></li><li>d</li></ul></li><li>e</li></ol>",
            [("ol", ("a", ("ul", ("b", ("ol", "c")), "d")), "e")],
        ),
        ("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", [("ul", ("a", ("ul", "b")), "c")]),
        ("<ul><li>a</li><li><ul><li>b</li></ul></li></ul>", [("ul", ("a", ("ul", "b")))]),
        ("<ul><ul><li>a</li></ul></ul>", [("ul", ("", ("ul", "a")))]),
        (
            "<ul><li>a<ul><li>b</li></ul><ol><li>c</li></ol></li></ul>",
            [("ul", ("a", ("ul", "b"), ("ol", "c")))],
        ),
        ("<ul><li>a<ul><li>b</li></ul>c</li></ul>", [("ul", ("a", ("ul", "b")), "c")]),
        ("<ul><li><p>a</p><p>b</p></li></ul>", [("ul", "a\nb")]),
        ("<ul><li>a<li>b</ul>c", [("ul", "a", "b"), "c"]),
        ("<ul><li></li></ul><ol></ol>", []),
        ("<p>a</p><ul><li>b</li></ul><p>c</p>", ["a", ("ul", "b"), "c"]),
        ("<ul><li>a<blockquote>b</blockquote>c</li></ul>", [("ul", "a\nb\nc")]),
        ("<ul><li>a<table><tr><td>b</td><td>c</td></tr></table>d</li></ul>", [("ul", "a\nb c\nd")]),
        ("<ul>a<li>b</li></ul>", [("ul", "a", "b")]),
        ("<li>a</li><li>b</li>", ["a", "b"]),
    ],
)
def test_lists(text, expected):
    assert outlines(text) == expected


# -- quotations ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<blockquote>a</blockquote>", [("quote", "a")]),
        ("<blockquote><p>a</p><p>b</p></blockquote>c", [("quote", "a", "b"), "c"]),
        (
            "<blockquote><p>a</p><ol><li>b</li></ol><p>c</p></blockquote>",
            [("quote", "a"), ("ol", "b"), ("quote", "c")],
        ),
        ("<blockquote>a<blockquote>b</blockquote>c</blockquote>", [("quote", "a", "b", "c")]),
        ("<blockquote></blockquote>", []),
        ("<blockquote>a", [("quote", "a")]),
    ],
)
def test_quotations(text, expected):
    assert outlines(text) == expected


# -- tables --------------------------------------------------------------------------------------


def table(text: str) -> Table:
    (block,) = read(text)
    assert isinstance(block, Table)
    return block


def widths(found: Table) -> set[int]:
    return {sum(cell.columns for cell in row.cells) for row in (*found.head, *found.rows)}


def test_a_table_has_its_caption_its_head_and_its_rows():
    found = table(
        "<table><caption>Deltagare</caption><thead><tr><th>År</th><th>Antal</th></tr></thead>"
        "<tbody><tr><th>2020</th><td>40</td></tr><tr><td>2021</td><td>60</td></tr></tbody></table>"
    )
    assert found.caption == "Deltagare"
    assert [[cell.text for cell in row.cells] for row in found.head] == [["År", "Antal"]]
    assert [[cell.text for cell in row.cells] for row in found.rows] == [["2020", "40"], ["2021", "60"]]
    assert [column.kind for column in found.columns] == ["text", "figure"]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("1 200", "−3,5"), "figure"),
        (("12 %", ""), "figure"),
        (("2 mkr", "300 tkr"), "figure"),
        (("12", "tolv"), "text"),
        (("", ""), "text"),
        (("–", "–"), "text"),
    ],
)
def test_a_column_of_figures_is_known(cells, kind):
    rows = "".join(f"<tr><td>rad</td><td>{cell}</td></tr>" for cell in cells)
    assert table(f"<table>{rows}</table>").columns[1].kind == kind


def test_a_cell_over_several_columns_spans_them():
    found = table(
        '<table><tr><th colspan="2">A</th><th>B</th></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>'
    )
    assert [cell.columns for cell in found.head[0].cells] == [2, 1]
    assert len(found.columns) == 3
    assert widths(found) == {3}


def test_what_stands_beside_a_cell_over_several_rows_keeps_its_column():
    found = table(
        '<table><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr>'
        "<tr><td>d</td><td>e</td></tr></table>"
    )
    assert [[cell.text for cell in row.cells] for row in found.rows] == [["a", "b"], ["", "c"], ["d", "e"]]


def test_a_cell_over_rows_and_columns_and_a_gap_before_one():
    found = table(
        '<table><tr><td>a</td><td colspan="2" rowspan="2">b</td></tr><tr></tr><tr><td>c</td></tr>'
        '<tr><td>d</td><td>e</td><td rowspan="9">f</td></tr><tr><td>g</td></tr></table>'
    )
    assert widths(found) == {3}
    assert [cell.text for cell in found.rows[-1].cells] == ["g", "", ""]


def test_rows_of_uneven_length_are_filled_up():
    found = table("<table><tr><td>a</td></tr><tr><td>b</td><td>c</td><td>d</td></tr></table>")
    assert widths(found) == {3}


def test_a_table_of_heads_alone_has_rows():
    found = table("<table><tr><th>a</th><th>b</th></tr></table>")
    assert [cell.text for cell in found.rows[0].cells] == ["a", "b"]
    assert not found.head


@pytest.mark.parametrize("rows", ["", "<tr></tr>", "<caption>a</caption>"])
def test_a_table_without_cells_is_none(rows):
    assert not [block for block in read(f"<table>{rows}</table>") if isinstance(block, Table)]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("<p>a</p><p>b</p>", "a\nb"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("a<table><tr><td>b</td><td>c</td></tr></table>d", "a\nb c\nd"),
        ("<blockquote>a</blockquote>b", "a\nb"),
        ("a<br>b", "a\nb"),
    ],
)
def test_whatever_stands_in_a_cell_its_words_do_not_run_together(cell, words):
    assert table(f"<table><tr><td>{cell}</td></tr></table>").rows[0].cells[0].text == words


# -- what a text only refers to ------------------------------------------------------------------

FIGURE = '<span data-figure="what=line&amp;of=17">2 mkr</span>'


@pytest.mark.parametrize(
    "around",
    [
        "<p>{}</p>",
        "<p><strong>{}</strong></p>",
        "<ul><li>{}</li></ul>",
        "<table><tr><td>{}</td></tr></table>",
        "<blockquote>{}</blockquote>",
        "{}",
    ],
)
def test_a_live_figure_is_asked_for_wherever_it_stands_and_replaces_what_was_shown(around):
    told = Told()
    blocks = blocks_of(sanitised(around.format(f"är {FIGURE} nu")), told)
    assert words_of(blocks).split() == ["är", "[what=line&of=17]", "nu"]
    assert told.shown == ["2 mkr"]


def test_a_live_figure_has_the_style_around_it():
    (paragraph,) = read(f"<p><strong>{FIGURE}</strong> <em>{FIGURE}</em></p>")
    assert [(span.bold, span.italic) for span in paragraph.spans if span.text.strip()] == [
        (True, False),
        (False, True),
    ]


def test_a_reference_is_a_link_to_its_section():
    told = Told()
    (paragraph,) = blocks_of('<p>Se <a data-section="jobbsam">gammalt</a>.</p>', told)
    assert paragraph.spans == (Span("Se "), Span("avsnitt jobbsam", target="#avsnitt-jobbsam"), Span("."))
    assert told.shown == ["gammalt"]


def test_a_footnote_is_a_mark_and_its_words_are_told():
    told = Told()
    (paragraph,) = blocks_of(
        sanitised('<p>Lagen<span data-footnote="2003:1210 &amp; mer"></span>.</p>'), told
    )
    assert paragraph.spans == (Span("Lagen"), Span("", note=1), Span("."))
    assert told.notes == ["2003:1210 & mer"]


def test_the_words_that_a_footnote_stands_at_are_kept():
    (paragraph,) = read('<p><span data-footnote="not">Lagen</span> säger</p>')
    assert plain(paragraph.spans) == "Lagen säger"


def test_a_footnote_in_a_caption_is_marked_in_the_table():
    found = table('<table><caption>A<span data-footnote="not"></span></caption><tr><td>b</td></tr></table>')
    assert found.caption == "A"
    assert found.rows[0].cells[0].spans == (Span("b"), Span("", note=1))


# -- a text as words -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("ett", "ett"),
        ("<p>ett</p><p>två</p>", "ett två"),
        (
            "<p>ett:</p><ul><li>två</li><li>tre<ul><li>fyra</li></ul></li></ul><p>fem</p>",
            "ett: två tre fyra fem",
        ),
        ("<blockquote><p>ett</p><p>två</p></blockquote>", "ett två"),
        ("<table><caption>ett</caption><tr><td>två</td><td>tre</td></tr></table>", "ett två tre"),
    ],
)
def test_a_text_as_words_has_all_of_them(text, words):
    assert plain(spans_of(sanitised(text), Told())) == words


# -- anything at all: every word once, in order --------------------------------------------------


def words_of(blocks: tuple[Block, ...]) -> str:
    """All words of blocks in order, apart from each other."""
    said: list[str] = []

    def take(spans: Spans) -> None:
        said.append(plain(spans))

    def take_list(each: BulletList) -> None:
        for one in each.items:
            take(one.spans)
            for below in one.lists:
                take_list(below)

    for block in blocks:
        match block:
            case Paragraph():
                take(block.spans)
            case Quotation():
                for spans in block.paragraphs:
                    take(spans)
            case BulletList():
                take_list(block)
            case Table():
                said.append(block.caption)
                for row in (*block.head, *block.rows):
                    for cell in row.cells:
                        take(cell.spans)
    return " ".join(said)


INLINE, BLOCK = ("strong", "em", "sub", "b"), ("p", "ul", "ol", "li", "blockquote", "td", "th")


@st.composite
def nested(draw, depth: int = 0) -> str:
    """Tags of every kind within each other, around words that a place is left for."""
    kinds = ["words", "words", "inline", "block", "table", "br"] if depth < 5 else ["words"]
    kind = draw(st.sampled_from(kinds))
    if kind == "words":
        return " ¤ "
    if kind == "br":
        return "<br>"
    inner = "".join(draw(st.lists(nested(depth + 1), max_size=4)))
    if kind == "table":
        span = draw(st.sampled_from(["", ' rowspan="2"', ' colspan="3"', ' rowspan="2" colspan="2"']))
        rows = draw(st.lists(st.lists(nested(depth + 2), max_size=3), max_size=3))
        made = "".join(f"<tr>{''.join(f'<td{span}>{cell}</td>' for cell in row)}</tr>" for row in rows)
        return f"<table>{draw(st.sampled_from(['', '<caption> ¤ </caption>']))}{made}</table>"
    tag = draw(st.sampled_from(INLINE if kind == "inline" else BLOCK))
    end = draw(st.sampled_from([f"</{tag}>", f"</{tag}>", f"</{tag}>", ""]))
    return f"<{tag}>{inner}{end}"


TEXTS = st.lists(nested(), max_size=6).map("".join)


def numbered(text: str) -> str:
    """Each word of its own, so that one that is lost, twice or elsewhere is seen."""
    first, *rest = text.split("¤")
    return first + "".join(f"ord{place}{part}" for place, part in enumerate(rest))


@settings(max_examples=300)
@given(TEXTS)
@example("<table><tr><td> ¤ <table><tr><td> ¤ </td></tr></table> ¤ </td></tr></table>")
@example("<table><tr><td rowspan='2'> ¤ </td></tr><tr><td> ¤ </td></tr></table>")
@example("<blockquote> ¤ <ul> ¤ <li> ¤ </ul> ¤ ")
def test_every_word_comes_out_once_in_order(text):
    stored = sanitised(numbered(text))
    written = [
        word for word in stored.replace("<", " <").replace(">", "> ").split() if word.startswith("ord")
    ]
    assert words_of(blocks_of(stored, Told())).split() == written
    assert plain(spans_of(stored, Told())).split() == written


@settings(max_examples=200)
@given(TEXTS)
def test_no_block_is_empty_and_tables_are_even(text):
    def check_list(each: BulletList) -> None:
        assert each.items
        for one in each.items:
            assert one.spans or one.lists
            for below in one.lists:
                check_list(below)

    for block in read(numbered(text)):
        match block:
            case Paragraph():
                assert plain(block.spans).strip()
            case Quotation():
                assert block.paragraphs
                assert all(map(plain, block.paragraphs))
            case BulletList():
                check_list(block)
            case Table():
                assert block.rows
                assert widths(block) == {len(block.columns)}


PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS] + ["<", "&", '"', "<!--"]),
    st.text(max_size=5),
)


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_nothing_that_is_written_stops_the_reading(text):
    blocks_of(text, Told())
    spans_of(text, Told())
    assert not [block for block in read(text) if isinstance(block, Paragraph) and not block.spans]
