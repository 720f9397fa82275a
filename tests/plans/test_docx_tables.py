"""The tables of the Word file: heads, spans, lines, widths, and how they break."""

from typing import Any

import pytest
from docx.oxml.ns import qn

from budgets.charts.measure import text_width
from plans.document import Block, Cell, Paragraph, Table, TableColumn, TableRow
from plans.render.docx import render
from plans.render.docx.look import TEXT_WIDTH
from plans.render.docx.widths import SIZES, size_and_widths
from tests.plans.made_documents import (
    budget_table,
    document_of,
    figure,
    long_table,
    row,
    says,
    tall_row_table,
    wide_table,
)
from tests.services.docx import WordFile, style_name


def word_tables(*blocks: Block) -> list[Any]:
    """The w:tbl elements of a document of the blocks."""
    return [table._tbl for table in WordFile(render(document_of(*blocks))).tables()]


def rows(table: Any) -> list[Any]:
    return list(table.iter(qn("w:tr")))


def cells(row_: Any) -> list[Any]:
    return list(row_.iter(qn("w:tc")))


def words(element: Any) -> str:
    """The text without the marks of notes."""
    runs = [part for part in element.iter(qn("w:r")) if part.find(".//" + qn("w:rStyle")) is None]
    return "".join(text.text or "" for part in runs for text in part.iter(qn("w:t")))


def keeps_with_next(row_: Any) -> bool:
    return all(part.find(".//" + qn("w:keepNext")) is not None for part in cells(row_))


@pytest.fixture(scope="module")
def budget() -> Any:
    return word_tables(budget_table())[0]


def test_cells_hold_the_texts_of_the_table(budget: Any):
    table = budget_table()
    wanted = [[cell.text for cell in row_.cells] for row_ in (*table.head, *table.rows)]
    shown = [[words(cell).replace("\u00a0", " ") for cell in cells(row_)] for row_ in rows(budget)]
    assert shown == wanted


def test_head_rows_are_repeated_and_rows_stay_whole(budget: Any):
    assert [row_.find(".//" + qn("w:tblHeader")) is not None for row_ in rows(budget)] == [True] * 2 + [
        False
    ] * (len(rows(budget)) - 2)
    assert all(row_.find(".//" + qn("w:cantSplit")) is not None for row_ in rows(budget))


def test_a_row_taller_than_a_page_may_be_broken():
    (table,) = word_tables(tall_row_table())
    whole = [row_.find(".//" + qn("w:cantSplit")) is not None for row_ in rows(table)]
    assert whole == [True, True, False, True]


def test_figures_stand_to_the_right_and_on_one_line():
    file = WordFile(render(document_of(budget_table())))
    (table,) = file.tables()
    line = table.rows[3].cells
    assert style_name(line[0].paragraphs[0]) == "Tabelltext"
    for cell in line[1:]:
        style = cell.paragraphs[0].style
        assert style is not None and style.paragraph_format.alignment == 2
        assert " " not in cell.text and "\u00a0" in cell.text


def test_cells_span_columns(budget: Any):
    spans = [
        [int(span.get(qn("w:val"))) for span in row_.iter(qn("w:gridSpan"))] for row_ in rows(budget)[:3]
    ]
    assert spans == [[2, 2], [], [5]]
    grid = [int(column.get(qn("w:w"))) for column in budget.iter(qn("w:gridCol"))]
    first = [int(width.get(qn("w:w"))) for width in rows(budget)[0].iter(qn("w:tcW"))]
    assert first == pytest.approx([grid[0], grid[1] + grid[2], grid[3] + grid[4]], abs=2)


def test_lines_as_in_an_annual_report(budget: Any):
    def lines(number: int) -> dict[str, str]:
        borders = cells(rows(budget)[number])[0].iter(qn("w:tcBorders"))
        return {line.tag.rpartition("}")[2]: line.get(qn("w:val")) for drawn in borders for line in drawn}

    names = [words(cells(row_)[0]) for row_ in rows(budget)]
    assert lines(names.index("Post")) == {"bottom": "single"}
    assert lines(names.index("Summa intäkter")) == {"top": "single"}
    assert lines(names.index("Utgående eget kapital")) == {"top": "single", "bottom": "double"}
    assert lines(names.index("Administration")) == {}
    upright = {"left", "right", "insideV", "start", "end"}
    borders = [edge.tag.rpartition("}")[2] for line in budget.iter(qn("w:tcBorders")) for edge in line]
    assert not upright & set(borders)


def test_kinds_of_rows_differ_by_more_than_colour(budget: Any):
    looks = {
        words(cells(row_)[0]): {part.tag.rpartition("}")[2] for part in row_.iter(qn("w:b"), qn("w:i"))}
        for row_ in rows(budget)
    }
    assert looks["Intäkter"] == looks["Resultat"] == looks["Utgående eget kapital"] == {"b"}
    assert looks["varav kansli och revision"] == {"i"}
    assert looks["Administration"] == set()


def test_depth_moves_the_name_in(budget: Any):
    moved = {
        words(cells(row_)[0]): [int(indent.get(qn("w:left"))) for indent in row_.iter(qn("w:ind"))]
        for row_ in rows(budget)
    }
    assert moved["JobbSam 3.0"] == [200]
    assert moved["Administration"] == []


def test_a_table_is_described(budget: Any):
    assert budget.find(".//" + qn("w:tblCaption")).get(qn("w:val")) == "Budget 2021 och plan 2022–2023"
    described = budget.find(".//" + qn("w:tblDescription")).get(qn("w:val"))
    assert "15 rader" in described and "Post, 2020, 2021, 2022, 2023" in described and "kr" in described
    (of_chart,) = word_tables(figure())
    assert of_chart.find(".//" + qn("w:tblDescription")).get(qn("w:val")) == figure().description


def test_a_table_starts_with_its_caption_and_three_rows():
    """The caption, the head and the first two rows stay with what follows, and the last two rows together."""
    file = WordFile(render(document_of(long_table(30))))
    caption = next(part for part in file.paragraphs() if style_name(part) == "Caption")
    assert caption.paragraph_format.keep_with_next
    kept = [keeps_with_next(row_) for row_ in rows(file.tables()[0]._tbl)]
    assert kept == [True] * 3 + [False] * 26 + [True, False]


def test_a_small_table_is_not_broken_and_a_group_heads_something():
    (small,) = word_tables(long_table(6))
    assert [keeps_with_next(row_) for row_ in rows(small)] == [True] * 6 + [False]
    (wordy,) = word_tables(Table("", (TableColumn(),), (), tuple(row("ord " * 90) for _ in range(6))))
    assert [keeps_with_next(row_) for row_ in rows(wordy)] == [True, True, False, False, True, False]
    kept = {words(cells(row_)[0]): keeps_with_next(row_) for row_ in rows(word_tables(budget_table())[0])}
    assert kept["Kostnader"] and kept["Insatser"] and not kept["Administration"]


def test_words_stand_away_from_the_table_before():
    file = WordFile(render(document_of(Paragraph(says("före")), budget_table(), Paragraph(says("efter")))))
    space = {part.text: part.paragraph_format.space_before for part in file.paragraphs()}
    assert space["före"] is None, "as its style says"
    assert space["efter"] is not None and space["efter"].pt == 14


def test_tables_after_each_other_stay_two():
    file = WordFile(render(document_of(bare("a"), bare("b"), Paragraph(says("efter")), bare("c"))))
    kinds = [child.tag.rpartition("}")[2] for child in file.document.element.body]
    first = kinds.index("tbl")
    assert kinds[first:] == ["tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]


def bare(text: str) -> Table:
    return Table("", (TableColumn(),), (), (row(text),))


# -- widths ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [budget_table(), long_table(3), wide_table(), wide_table(5)])
def test_columns_fill_the_width_and_hold_their_figures(table: Table):
    size, widths = size_and_widths(table, TEXT_WIDTH, 3.5)
    assert sum(widths) == pytest.approx(TEXT_WIDTH)
    if size == SIZES[-1]:
        return
    for row_ in table.rows:
        for cell, column, width in zip(row_.cells, table.columns, widths, strict=False):
            if column.kind == "figure" and cell.columns == 1:
                assert 0.9 * text_width(cell.text, size, bold=True) + 7 <= width + 0.001


def test_columns_follow_their_weights_when_there_is_room():
    size, widths = size_and_widths(
        Table("", (TableColumn(3), TableColumn(1)), (), (row("a", "b"),)), TEXT_WIDTH, 3.5
    )
    assert size == SIZES[0]
    assert widths[0] == pytest.approx(3 * widths[1])


def test_a_figure_takes_the_room_it_needs_from_the_words():
    table = Table("", (TableColumn(30), TableColumn(1, "figure")), (), (row("ord", "−1 234 567 890"),))
    size, widths = size_and_widths(table, TEXT_WIDTH, 3.5)
    assert size == SIZES[0]
    assert widths[1] > text_width("−1 234 567 890", size) > TEXT_WIDTH / 31
    assert sum(widths) == pytest.approx(TEXT_WIDTH)


def test_text_is_smaller_only_where_figures_ask_for_it():
    assert size_and_widths(budget_table(), TEXT_WIDTH, 3.5)[0] == SIZES[0]
    assert size_and_widths(wide_table(9), TEXT_WIDTH, 3.5)[0] < SIZES[0]
    (wide,) = word_tables(wide_table(9))
    sizes = {int(size.get(qn("w:val"))) / 2 for size in wide.iter(qn("w:sz"))}
    assert len(sizes) == 1 and sizes.pop() < SIZES[0]


def test_a_long_word_does_not_push_the_others_out():
    table = Table(
        "",
        (TableColumn(), TableColumn(1, "figure")),
        (),
        (TableRow((Cell(says("ord" * 100)), Cell(says("1 000")))),),
    )
    size, widths = size_and_widths(table, TEXT_WIDTH, 3.5)
    assert size == SIZES[0] and widths[1] > 0.4 * TEXT_WIDTH
