"""Documents made by hand and by hypothesis, for the tests of what renders them. They need no database.

`every_block` holds each kind of block, and values that are odd but may occur; `document_of` puts blocks in a
document; `plan_of` makes a plan of about so many pages; `documents` are documents of any shape.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from hypothesis import strategies as st

from budgets.charts.shapes import Path, Picture, Rect, Text
from plans.document import (
    Block,
    BulletList,
    Cell,
    Contents,
    Document,
    Fact,
    Facts,
    Figure,
    Footnotes,
    Heading,
    Item,
    PageBreak,
    Paragraph,
    Quotation,
    RowKind,
    Signature,
    Signatures,
    Span,
    Spans,
    Table,
    TableColumn,
    TableRow,
    TitlePage,
)
from tests.plans.made_illustrations import drawing, illustration

MADE_AT = datetime(2021, 11, 2, 13, 10, tzinfo=UTC)
LONG_WORD = "arbetsmarknadspolitiskasamverkansinsatsfinansieringsöverenskommelse" * 2
PROSE = (
    "Samordningsförbundet stödjer samverkan mellan parterna och finansierar insatser för människor som "
    "behöver stöd från flera myndigheter samtidigt. Målgruppen är i yrkesverksam ålder, och insatserna ska "
    "bidra till att den enskilde uppnår eller förbättrar sin förmåga att utföra förvärvsarbete. "
)


def says(text: str, bold: bool = False, italic: bool = False, target: str = "") -> Spans:
    """One span, as blocks want it."""
    return (Span(text, bold=bold, italic=italic, target=target),)


TITLE_PAGE = TitlePage(
    federation="FinsamGotland",
    title="Verksamhetsplan 2021",
    subtitle="Med budget 2021 och ekonomisk plan 2022–2023",
    state="Utkast 2021-11-02 14.10",
    members=("Arbetsförmedlingen", "Försäkringskassan", "Region Gotland"),
    diary_number="2021/12",
    organisation_number="222000-2238",
    quotation=Quotation((says("Det är första gången som alla sitter vid samma bord."),), "En deltagare"),
)


def document_of(*blocks: Block, is_draft: bool = True, title_page: TitlePage = TITLE_PAGE) -> Document:
    return Document(title_page, blocks, MADE_AT, is_draft)


# -- tables and figures ----------------------------------------------------------------------------------


def row(name: str, *figures: str, kind: RowKind = "line", depth: int = 0) -> TableRow:
    return TableRow(tuple(Cell(says(text)) for text in (name, *figures)), kind, depth)


def across(name: str, columns: int, kind: RowKind = "group") -> TableRow:
    """A row of one cell over all columns."""
    return TableRow((Cell(says(name), columns),), kind)


def budget_table(anchor: str = "budget-table") -> Table:
    """A budget with every kind of row, a head in two rows with spans, and a footnote in a cell."""
    head = (
        TableRow((Cell(says("")), Cell(says("Budget"), 2), Cell(says("Plan"), 2))),
        row("Post", "2020", "2021", "2022", "2023"),
    )
    noted = TableRow(
        (
            Cell((Span("JobbSam 3.0"), Span("", note=2))),
            Cell(says("1 268 400")),
            Cell((Span("2 203 500"), Span("", note=1))),
            Cell(says("2 294 300")),
            Cell(says("2 294 300")),
        ),
        depth=1,
    )
    rows = (
        across("Intäkter", 5),
        row("Försäkringskassan och Arbetsförmedlingen", "2 130 000", "2 162 000", "2 130 000", "2 130 000"),
        row("Region Gotland", "2 130 000", "2 162 000", "2 130 000", "2 130 000"),
        row("Summa intäkter", "4 260 000", "4 324 000", "4 260 000", "4 260 000", kind="subtotal"),
        across("Kostnader", 5),
        row("Administration", "1 513 600", "1 534 632", "1 550 000", "1 550 000"),
        row("varav kansli och revision", "213 600", "234 632", "250 000", "–", kind="part", depth=1),
        across("Insatser", 5, "subgroup"),
        noted,
        row("Förstudier, 2 %", "100 000,5", "85 000", "", "−3 000", depth=1),
        row("Summa kostnader", "2 882 000", "3 823 132", "3 844 300", "3 841 300", kind="subtotal"),
        row("Resultat", "−542 000", "−650 000", "0", "0", kind="key"),
        row("Utgående eget kapital", "433 699", "0", "0", "0", kind="total"),
        row("Lägsta nivå", "302 680", "302 680", "302 680", "302 680", kind="limit"),
        across("Nivåerna enligt förbundets riktlinje från 2018.", 5, "note"),
    )
    columns = (TableColumn(3), *(TableColumn(1, "figure") for _ in range(4)))
    return Table("Budget 2021 och plan 2022–2023", columns, head, rows, "kr", anchor)


def figure(anchor: str = "equity-chart") -> Figure:
    """A small chart with every kind of mark, and its table."""

    def picture(width: float) -> Picture:
        step = width / 4
        bars = tuple(Rect(step * n + 20, 160 - 30 * n, 40, 30 * n, "accent") for n in (1, 2, 3))
        return Picture(
            width,
            200.0,
            (
                Path((((0, 160), (width, 160)),), "axis"),
                *bars,
                Rect(20, 160, 40, 20, "negative"),
                Path((((0, 100), (width, 100)),), "limit-dashed"),
                Path((((5, 5), (15, 5), (10, 15)),), "warning", closed=True),
                *(Text(step * n + 40, 195, str(2019 + n), "quiet", "middle") for n in range(4)),
                Text(width, 95, "högsta nivå", "ink", "end", bold=True),
                Text(12, 150, "tkr", "quiet", turned=True),
            ),
        )

    columns = (TableColumn(2), *(TableColumn(1, "figure") for _ in range(4)))
    table = Table(
        "Utgående eget kapital",
        columns,
        (row("", "2019", "2020", "2021", "2022"),),
        (row("Eget kapital", "−20", "300", "600", "900"), row("Högsta nivå", "600", "600", "600", "600")),
        "tkr",
    )
    return Figure(
        "Eget kapital mot nivåerna",
        "Stapeldiagram: utgående eget kapital 2019–2022, från −20 till 900 tkr, mot högsta nivån.",
        picture(640.0),
        picture(328.0),
        table,
        ("Utfall för 2019 är preliminärt.",),
        anchor,
    )


def long_table(rows: int, anchor: str = "long-table") -> Table:
    """`rows` rows of a number, a name, words that wrap, and an amount."""
    words = (
        "Kort",
        PROSE[:120],
    )
    return Table(
        f"En tabell med {rows} rader",
        (TableColumn(1), TableColumn(2), TableColumn(3), TableColumn(1, "figure")),
        (row("Nr", "Insats", "Inriktning", "Budget"),),
        tuple(
            row(f"{n}", f"Insats nummer {n}", words[n % 7 == 0], f"{n} {n * 37 % 1000:03} 000")
            for n in range(1, rows + 1)
        ),
        "kr",
        anchor,
    )


def tall_row_table() -> Table:
    """One row is taller than two pages."""
    rows = (row("Kort", "kort"), row("Lång", PROSE * 40), row("Kort igen", "kort"))
    return Table("En rad över flera sidor", (TableColumn(1), TableColumn(2)), (row("Namn", "Ord"),), rows)


def wide_table(columns: int = 13) -> Table:
    """So many columns of seven-figure amounts."""
    figures = tuple(f"{n + 1} 234 567" for n in range(columns))
    years = tuple(str(2010 + n) for n in range(columns))
    return Table(
        "En mycket bred tabell",
        (TableColumn(3), *(TableColumn(1, "figure") for _ in figures)),
        (row("Post", *years),),
        (row("Försäkringskassan", *figures), row("Summa", *figures, kind="total")),
        "kr",
    )


# -- documents -------------------------------------------------------------------------------------------


def every_block() -> Document:
    """Every kind of block, in every style, with odd values."""
    deep = BulletList(
        (
            Item(says("Första punkten: " + PROSE)),
            Item(
                says("Andra punkten"),
                (
                    BulletList(
                        (
                            Item(says("Numrerad, andra nivån")),
                            Item(
                                says("Med en lista till"),
                                (BulletList((Item(says("Tredje nivån", italic=True)),)),),
                            ),
                        ),
                        ordered=True,
                    ),
                ),
            ),
        )
    )
    return document_of(
        Contents(),
        Heading(1, "Inledning", "inledning", "1", new_page=True),
        Paragraph(says("Planen beskriver vad förbundet ska göra under året och vad det får kosta."), "lead"),
        Paragraph(
            (
                Span(PROSE),
                Span("Fet", bold=True),
                Span(", "),
                Span("kursiv", italic=True),
                Span(" och "),
                Span("båda", bold=True, italic=True),
                Span(", en not"),
                Span("", note=1),
                Span(", en länk till "),
                Span("Inspektionen för socialförsäkringen", target="https://www.inspsf.se/?a=1&b=<2>"),
                Span(", en till "),
                Span("avsnittet om budgeten", target="#budget"),
                Span(" och en till "),
                Span("kansli@example.org", target="mailto:kansli@example.org"),
                Span(". Tecken: å ä ö é ü – — − … % ‰ § ≤ ≥ → ½ ² • & < > \" ' ’ ” 12\u00a0345\u202f678, "),
                Span("e\u0301, icke\u2011brytande bindestreck, ﬁ och mjukt binde\u00adstreck."),
            )
        ),
        Footnotes(
            (
                (1, (Span("Se lagen (2003:1210), "), Span("7 §", target="https://www.riksdagen.se"))),
                (2, says("Beslut 2020-10-14.")),
            )
        ),
        Paragraph(says("En etikett"), "label"),
        Paragraph(says("Liten text bredvid en tabell."), "small"),
        Paragraph(says("Resultatet är negativt och ska motiveras."), "warning", "varning"),
        Heading(2, "En rubrik direkt efter en annan", "tom", "1.1"),
        Heading(3, "Och en till, utan text", "tom-2"),
        Heading(2, "Listor", "listor", "1.2"),
        deep,
        Quotation((says("Första stycket."), says("Andra stycket.")), "Styrelsens ordförande"),
        Heading(1, "Budget", "budget", "2", new_page=True),
        Paragraph(says("Budgeten är i kronor, se " + PROSE)),
        budget_table(),
        figure(),
        illustration(caption="Stapel för stapel. Foto: FinsamGotland."),
        illustration(drawing(60, 700).convert("L"), alternative_text=""),
        Heading(2, "Insatser & mål <alla>", "insatser", "2.1"),
        Facts((Fact("Start", says("2019-01-01")), Fact("Budget 2021", says("2 203 500 kr"))), compact=True),
        wide_table(),
        Heading(1, "Underskrifter", "underskrifter", in_contents=False),
        Signatures(
            True,
            (
                Signature("Anna Andersson", "Ordförande"),
                Signature("Bertil Öberg", "Vice ordförande"),
                Signature("Cecilia " + LONG_WORD[:60], "Ledamot"),
            ),
        ),
        PageBreak(),
        Heading(1, "Begrepp", "begrepp", "Bilaga 1"),
        Facts(
            (
                Fact("Finansiell samordning", says(PROSE)),
                Fact("Samverkan", says("Att arbeta tillsammans över gränser.")),
            ),
            compact=False,
        ),
        Heading(1, LONG_WORD, "langt", "Bilaga 2"),
        Paragraph(
            (*says(LONG_WORD), Span(" "), Span("https://example.org/" + "a" * 120, target="https://a.se"))
        ),
        Table("En tom tabell", (TableColumn(), TableColumn(1, "figure")), (row("Namn", "kr"),), ()),
    )


def long_rows() -> Document:
    """Tables that go over pages: many rows, and a row taller than a page."""
    return document_of(
        Heading(1, "Många rader", "manga", "1"),
        long_table(200),
        Heading(1, "En hög rad", "hog", "2"),
        tall_row_table(),
    )


def many_headings(count: int = 1000) -> Document:
    """Headings directly after each other, in five levels, with nothing beneath."""
    levels = (1, 2, 3, 4, 5)
    headings = (Heading(levels[n % 5], f"Avsnitt {n}", f"a{n}", str(n)) for n in range(count))
    return document_of(Contents(deepest=5), *headings)


def plan_of(pages: int) -> Document:
    """A plan of about so many pages; each 40 have 8 tables and 6 charts."""
    blocks: list[Block] = [Contents()]
    for chapter in range(1, max(2, round(pages / 5) + 1)):
        blocks.append(Heading(1, f"Kapitel {chapter}", f"k{chapter}", str(chapter), new_page=True))
        for section in range(1, 6):
            anchor = f"k{chapter}-{section}"
            blocks.append(Heading(2, f"Avsnitt {section} om samverkan", anchor, f"{chapter}.{section}"))
            blocks += (Paragraph(says(PROSE * 3)) for _ in range(2))
            blocks.append(BulletList(tuple(Item(says(PROSE)) for _ in range(3))))
        blocks.append(long_table(25, f"t{chapter}"))
        if chapter % 4:
            blocks.append(figure(f"f{chapter}"))
    return document_of(*blocks)


# -- any document ----------------------------------------------------------------------------------------

letters = "abcdefghijklmnopqrstuvwxyzåäöABCÅÄÖ0123456789 -–−,.:;%§&<>\"'()/\u00a0\u00ad"
words = st.text(letters, max_size=300) | st.sampled_from((PROSE, LONG_WORD, "", " ", "12 345", PROSE * 8))
short = st.text(letters, max_size=30)
targets = st.sampled_from(
    ("", "", "", "https://example.org/å?a=1&b=2", "mailto:a@example.org", "#h0", "#saknas")
)
spans = st.lists(
    st.builds(Span, words, st.booleans(), st.booleans(), targets)
    | st.builds(Span, st.just(""), note=st.integers(1, 4)),
    max_size=4,
).map(tuple)
bullet_lists = st.recursive(
    st.builds(BulletList, st.lists(st.builds(Item, spans), min_size=1, max_size=4).map(tuple), st.booleans()),
    lambda beneath: st.builds(
        BulletList,
        st.lists(
            st.builds(Item, spans, st.lists(beneath, max_size=2).map(tuple)), min_size=1, max_size=3
        ).map(tuple),
        st.booleans(),
    ),
    max_leaves=6,
)
amounts = st.integers(-(10**9), 10**9).map(lambda n: f"{n:,}".replace(",", "\u00a0").replace("-", "−"))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(
        st.lists(
            st.builds(TableColumn, st.floats(0.5, 4), st.sampled_from(("text", "figure"))),
            min_size=1,
            max_size=9,
        )
    )

    def a_row(kind: RowKind) -> TableRow:
        cells: list[Cell] = []
        while (at := sum(cell.columns for cell in cells)) < len(columns):
            span = draw(st.integers(1, len(columns) - at)) if draw(st.integers(0, 9)) == 0 else 1
            content = amounts.map(says) if columns[at].kind == "figure" else spans
            cells.append(Cell(draw(content), span))
        return TableRow(tuple(cells), kind, draw(st.integers(0, 3)))

    kinds: tuple[RowKind, ...] = (
        "line", "part", "group", "subgroup", "subtotal", "total", "key", "limit", "note",
    )  # fmt: skip
    head = tuple(a_row("line") for _ in range(draw(st.integers(0, 2))))
    rows = tuple(a_row(draw(st.sampled_from(kinds))) for _ in range(draw(st.integers(0, 8))))
    rows *= draw(st.sampled_from((1, 1, 1, 12)))
    return Table(draw(short), tuple(columns), head, rows, draw(short), row_heads=draw(st.booleans()))


PICTURES = (drawing(), drawing(30, 900), drawing(1200, 40).convert("L"))

blocks_without_headings: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, spans, st.sampled_from(("body", "lead", "small", "label", "warning"))),
    st.builds(Quotation, st.lists(spans, max_size=3).map(tuple), short),
    bullet_lists,
    tables(),
    st.just(figure("")),
    st.builds(illustration, st.sampled_from(PICTURES), words, words),
    st.builds(Facts, st.lists(st.builds(Fact, words, spans), max_size=4).map(tuple), st.booleans()),
    st.builds(Signatures, st.booleans(), st.lists(st.builds(Signature, words, short), max_size=5).map(tuple)),
    st.builds(Contents, short, st.integers(1, 6)),
    st.just(PageBreak()),
)


def _headed(parts: Iterable[tuple[int, str, bool, list[Block]]]) -> tuple[Block, ...]:
    """The blocks under headings whose levels are never more than one deeper than the one before."""
    blocks: list[Block] = []
    level = 0
    for number, (wanted, text, new_page, beneath) in enumerate(parts):
        level = min(wanted, level + 1)
        blocks.append(Heading(level, text, f"h{number}", str(number), new_page=new_page))
        blocks += beneath
    notes = tuple((number, says(PROSE[: number * 90])) for number in range(1, 5))
    return (*blocks, Footnotes(notes))


documents = st.builds(
    Document,
    st.builds(
        TitlePage,
        short,
        words,
        words,
        short,
        st.lists(words, max_size=16).map(tuple),
        short,
        short,
        st.none() | st.builds(Quotation, st.lists(spans, max_size=2).map(tuple), short),
    ),
    st.lists(
        st.tuples(
            st.integers(1, 6), words, st.booleans(), st.lists(blocks_without_headings, max_size=4)
        ),
        max_size=6,
    ).map(_headed),
    st.just(MADE_AT),
    st.booleans(),
)  # fmt: skip
