"""A range pasted from a spreadsheet, and copied out to one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.editing.clipboard import NotARange, read_range, text_of_range
from finsam.typed_amount import NotAnAmount, TypedAmount, typed_amount

UNITS = st.sampled_from(["SEK", "kSEK"])
ore = st.integers(-99_999_999_999_999, 99_999_999_999_999)
amounts = st.one_of(ore, st.integers(-2_000_000, 2_000_000)).map(lambda each: Decimal(each).scaleb(-2))


def figures(text, unit="SEK"):
    """The amounts of a range as text, "" for an empty cell and "?" for a problem."""
    return [
        [
            "?" if cell.amount is None else f"{'' if cell.amount.amount is None else cell.amount.amount}"
            for cell in row
        ]
        for row in read_range(text, unit).rows
    ]


def test_a_range_from_excel_is_read_cell_by_cell():
    text = "2 162 000\t-500\t\r\n1,5\t(500)\t1 268 400 kr\r\n"

    assert figures(text) == [["2162000.00", "-500.00", ""], ["1.50", "-500.00", "1268400.00"]]
    assert figures("2 162\t1,5 kr", "kSEK") == [["2162000.00", "1.50"]]


@pytest.mark.parametrize(
    "text", ["1\t2\n3\t4", "1\t2\n3\t4\n", "1\t2\r\n3\t4\r\n", "1\t2\r3\t4\r", "1\t2\r\n3\t4\n"]
)
def test_line_breaks_of_every_system_end_a_row_and_the_last_one_begins_none(text):
    assert figures(text) == [["1.00", "2.00"], ["3.00", "4.00"]]


def test_a_cell_in_quotation_marks_may_hold_line_breaks_tabs_and_quotation_marks():
    pasted = read_range('"Inköp\r\nav ""tid""\toch plats"\t5\r\n"7"\t8\r\n', "SEK")

    assert (pasted.height, pasted.width) == (2, 2)
    assert pasted.rows[0][0].text == 'Inköp\r\nav "tid"\toch plats'
    assert pasted.rows[0][0].problem
    assert [cell.amount for cell in pasted.rows[1]] == [TypedAmount(Decimal(7)), TypedAmount(Decimal(8))]


@pytest.mark.parametrize("name", ['"Krami" i Lund', '"Krami', 'Krami"', '12" skärm', '"', '"""'])
def test_a_quotation_mark_that_encloses_no_cell_is_a_character(name):
    pasted = read_range(f"{name}\t5\r\nSocial\t6\r\n", "SEK")

    assert [[cell.text for cell in row] for row in pasted.rows] == [[name, "5"], ["Social", "6"]]


def test_empty_rows_of_a_wide_range_are_those_with_tabs():
    assert figures("\n\n1\t2\n\t\n3\t4\n\t\n\n\n") == [
        ["1.00", "2.00"],
        ["", ""],
        ["3.00", "4.00"],
        ["", ""],
    ]


def test_empty_rows_of_one_column_stand():
    assert figures("\n1\n\n2\n\n") == [[""], ["1.00"], [""], ["2.00"], [""]]


def test_a_single_cell_may_fill_a_range():
    single = read_range("500\r\n", "kSEK").single
    assert single is not None
    assert single.amount == TypedAmount(Decimal(500_000))
    assert read_range("500\n600", "SEK").single is None
    assert read_range("500\t600", "SEK").single is None


def test_every_problem_is_told_with_its_place_and_the_rest_is_read():
    pasted = read_range("1\tca 3 mkr\t5 %\n2\t1.500\t2021-01-01\n3\t=2*3\t#####\n", "SEK")

    assert [(cell.row, cell.column, cell.text) for cell in pasted.problems] == [
        (1, 2, "ca 3 mkr"),
        (1, 3, "5 %"),
        (2, 2, "1.500"),
        (2, 3, "2021-01-01"),
        (3, 3, "#####"),
    ]
    assert pasted.problems[2].place == "rad 2, kolumn 2"
    assert "kan betyda" in pasted.problems[2].problem
    assert [amount for _, amount in pasted.problems[2].choices] == [Decimal("1.5"), Decimal(1500)]
    assert pasted.rows[2][1].amount == TypedAmount(Decimal(6), "=2*3 kr")
    assert all(cell.amount is None for cell in pasted.problems)
    assert all((cell.amount is None) == bool(cell.problem) for row in pasted.rows for cell in row)


@pytest.mark.parametrize("dash", ["-", "–", "—", "−", " -   ", "- kr", "--"])
def test_a_dash_is_read_as_empty_and_that_is_said(dash):
    (cell,) = read_range(f"{dash}\t5", "SEK").notes

    assert cell.amount == TypedAmount(None)
    assert "lästes som tomt. Skriv 0 om noll menas." in cell.note


@pytest.mark.parametrize("text", ["", "\n", "\r\n\r\n", "\t\t\n\t\t\n", " ", '""'])
def test_nothing_is_no_range(text):
    with pytest.raises(NotARange, match="tomt"):
        read_range(text, "SEK")


def test_rows_of_different_lengths_are_refused_with_the_first_that_differs():
    with pytest.raises(NotARange, match="Rad 3 i det inklistrade har 1 cell, men rad 1 har 2 celler"):
        read_range("1\t2\n3\t4\n5\n6\t7\n", "SEK")
    with pytest.raises(NotARange, match="Rad 2 .* har 1 cell, men"):
        read_range("1\t2\n\n3\t4\n", "SEK")


def test_a_range_has_its_limits():
    assert read_range("1\n" * 2_000, "SEK").height == 2_000
    assert read_range("1" + "\t1" * 59, "SEK").width == 60
    with pytest.raises(NotARange, match="fler än 2000 rader"):
        read_range("1\n" * 2_001, "SEK")
    with pytest.raises(NotARange, match="fler än 60 kolumner"):
        read_range("1" + "\t1" * 60, "SEK")
    with pytest.raises(NotARange, match="högst en miljon tecken"):
        read_range("1" * 1_000_001, "SEK")


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        # the range shows which sign is for thousands …
        ("1.268.400\t1.500", [["1268400.00", "1500.00"]]),
        ("1,268,400\t1,500", [["1268400.00", "1500.00"]]),
        ("1,268,400\t-1,500", [["1268400.00", "-1500.00"]]),
        ("1 268,50\t1.500", [["1268.50", "?"]]),
        ("1.500\t12,5\n3.000\t7,5", [["1500.00", "12.50"], ["3000.00", "7.50"]]),
        ("1,500\t12.5\n3,000\t7.5", [["1500.00", "12.50"], ["3000.00", "7.50"]]),
        # … or for decimals
        ("1.268.400\t1,500", [["1268400.00", "1.50"]]),
        ("1 268 400\t1,500", [["1268400.00", "1.50"]]),
        ("1,500\t12,5\t7,5", [["1.50", "12.50", "7.50"]]),
        ("1.500\t12.5\t7.5", [["1.50", "12.50", "7.50"]]),
        # one cell with decimals may be a slip, and two ways of writing show nothing
        ("1,500\t12,5", [["?", "12.50"]]),
        ("1.500\t12.5", [["?", "12.50"]]),
        ("1.500\t3.000", [["?", "?"]]),
        ("1.500\t1 268 400", [["?", "1268400.00"]]),
        ("1.500\t1.268.400\t1,268,400", [["?", "1268400.00", "1268400.00"]]),
        ("1.500\t12,5\t7.5", [["?", "12.50", "7.50"]]),
        ("1.500\t1,500\t1 268", [["?", "?", "1268.00"]]),
        ("1.500\t1,500\t1.268.400", [["1500.00", "1.50", "1268400.00"]]),
        # a minus sign after is never clear, except for nothing
        ("500-\t1.268.400", [["?", "1268400.00"]]),
        ("0-\t1.268.400", [["0.00", "1268400.00"]]),
        ("1'268.400\t1'268.5", [["1268.40", "1268.50"]]),
        # nor what is by no book
        ("2162.500\t1.268.400", [["?", "1268400.00"]]),
    ],
)
def test_the_range_as_a_whole_may_show_what_a_cell_means(text, amounts):
    assert figures(text) == amounts


def test_what_the_range_has_shown_is_said():
    (note,) = read_range("1.268.400\t1.500", "SEK").notes
    assert note.note == "”1.500” lästes som 1\u00a0500\u00a0kr: punkten är tusentalstecken i det inklistrade."
    assert (note.problem, note.choices) == ("", ())
    (note,) = read_range("1.268.400\t1,500", "kSEK").notes
    assert note.note == "”1,500” lästes som 1\u00a0500\u00a0kr: kommat är decimaltecken i det inklistrade."


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("SEK", "1268400\t-500,50\t\r\n0\t0,01\t1268"),
        ("kSEK", "1268,4\t-0,5005\t\r\n0\t0,00001\t1,2680"),
    ],
)
def test_a_range_is_copied_as_a_swedish_spreadsheet_reads_numbers(unit, text):
    rows = [
        [Decimal("1268400.00"), Decimal("-500.50"), None],
        [Decimal(0), Decimal("0.01"), Decimal("1268")],
    ]
    assert text_of_range(rows, unit) == text


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.one_of(st.none(), amounts), min_size=width, max_size=width), min_size=1, max_size=6
        )
    ),
    UNITS,
)
@pytest.mark.usefixtures("search")
def test_what_is_copied_is_pasted_as_the_same_amounts(rows, unit):
    if all(amount is None for row in rows for amount in row):
        return
    pasted = read_range(f"{text_of_range(rows, unit)}\r\n", unit)

    assert [[cell.amount and cell.amount.amount for cell in row] for row in pasted.rows] == rows
    assert not pasted.notes


# -- ranges of one program's writing ---------------------------------------------------------------


def grouped(whole: str, sign: str) -> str:
    first = len(whole) % 3 or 3
    return sign.join([whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))])


@st.composite
def one_way_of_writing(draw):
    """The cells of a program with one sign for thousands and one for decimals, and what they mean."""
    thousands, decimal = draw(
        st.sampled_from(
            [("", ","), ("", "."), (" ", ","), ("\u00a0", ","), (".", ","), (",", "."), ("'", ".")]
        )
        | st.sampled_from([(" ", "."), ("'", ",")])
    )
    cells = []
    for _ in range(draw(st.integers(1, 8))):
        whole = draw(st.from_regex("0|[1-9][0-9]{0,7}", fullmatch=True))
        decimals = draw(st.one_of(st.just(""), st.from_regex("[0-9]{1,5}", fullmatch=True)))
        minus = draw(st.sampled_from(["", "", "-"]))
        text = minus + grouped(whole, thousands) + (decimal + decimals if decimals else "")
        cells.append((text, Decimal(f"{minus}{whole}.{decimals}0") * 1_000))
    return cells


@given(one_way_of_writing())
@pytest.mark.usefixtures("search")
def test_a_range_that_is_written_in_one_way_is_never_read_in_another(cells):
    pasted = read_range("\t".join(text for text, _ in cells), "kSEK")

    for cell, (_, meant) in zip(pasted.rows[0], cells, strict=True):
        if cell.amount is None:
            assert meant in [amount for _, amount in cell.choices]
        else:
            assert cell.amount.amount == meant


# -- any range -------------------------------------------------------------------------------------

contents = st.one_of(
    st.sampled_from(
        ["1.500", "1,500", "1.268.400", "12,5", "-", "", "=1+2", "5 %", '"', '""', '"a', 'a\tb"']
    ),
    st.text(st.sampled_from('01 .,-"\t\r\nå='), max_size=8),
)


def as_excel_writes(content: str) -> str:
    if any(character in content for character in '\t\r\n"'):
        return '"' + content.replace('"', '""') + '"'
    return content


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(contents, min_size=width, max_size=width), min_size=1, max_size=5)
    ),
    st.sampled_from(["\n", "\r\n"]),
)
@pytest.mark.usefixtures("search")
def test_every_cell_comes_in_at_its_place(rows, line_break):
    if not any(content.strip() for row in rows for content in row):
        return
    text = "".join("\t".join(map(as_excel_writes, row)) + line_break for row in rows)

    pasted = read_range(text, "SEK")

    assert [[cell.text for cell in row] for row in pasted.rows] == rows
    places = [[(cell.row, cell.column) for cell in row] for row in pasted.rows]
    assert places == [
        [(row, column) for column in range(1, len(rows[0]) + 1)] for row in range(1, len(rows) + 1)
    ]


@given(st.one_of(st.text(max_size=60), st.text(st.sampled_from('15 .,-"\t\t\n\r=%å'), max_size=80)), UNITS)
@pytest.mark.usefixtures("search")
def test_any_text_is_a_range_or_refused_and_cells_without_a_note_are_as_if_typed(text, unit):
    try:
        pasted = read_range(text, unit)
    except NotARange as refused:
        assert str(refused)
        return
    assert {len(row) for row in pasted.rows} == {pasted.width}
    for cell in (cell for row in pasted.rows for cell in row if not cell.note):
        try:
            assert cell.amount == typed_amount(cell.text, unit)
        except NotAnAmount as refused:
            assert (cell.amount, cell.problem, cell.choices) == (None, str(refused), refused.choices)
