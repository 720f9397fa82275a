"""Files that people send: read whatever they are called, or refused with a sentence before they cost much."""

import io
import re
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from budgets.exchange import raw
from budgets.exchange.cells import read_file, read_pasted
from budgets.exchange.limits import MAX_COLUMNS, MAX_ROWS, UnreadableTableError
from budgets.exchange.raw import Kind, RawFile
from tests.budgets.exchange.tables import SMALL, xlsx

CSV = "Post;2021;2022\r\nFörsäkringskassan;500 000;−5,50\r\nKrami;1;\r\n"


def texts(file: RawFile, sheet: int = 0) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in file.sheets[sheet].rows]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {part.filename: archive.read(part) for part in archive.infolist()}


def zipped(content: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return file.getvalue()


def edited(change: Callable[[dict[str, bytes]], None], data: bytes = b"") -> bytes:
    """A good workbook with its parts changed."""
    content = parts(data or xlsx(*SMALL))
    change(content)
    return zipped(content)


SHEET = "xl/worksheets/sheet1.xml"


# -- what is read ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_csv_file_is_read_in_the_encodings_people_have(encoding: str) -> None:
    text = CSV.replace("−", "-") if encoding == "cp1252" else CSV
    file = read_file("budget.csv", text.encode(encoding))

    assert texts(file)[1][:2] == ["Försäkringskassan", "500 000"]
    assert file.sheets[0].name == "budget"


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_the_separator_is_found(sign: str) -> None:
    rows = ["Post|2021|2022", "Krami|100|200", "Kansli|300|400"]
    assert texts(read_file("b.csv", "\n".join(rows).replace("|", sign).encode()))[1] == [
        "Krami",
        "100",
        "200",
    ]


def test_decimal_commas_do_not_part_columns() -> None:
    assert texts(read_file("b.csv", b"Post;2021\nKrami;1,5\nKansli;2,5\n"))[1] == ["Krami", "1,5"]


def test_a_cell_with_line_breaks_is_pasted_as_one() -> None:
    assert texts(read_pasted('Post\t2021\n"Inköpta\ntjänster"\t5\n'))[1] == ["Inköpta\ntjänster", "5"]


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_what_libreoffice_and_excel_save_is_read(ending: str, office_files: dict[str, bytes]) -> None:
    rows = texts(read_file(f"budget.{ending}", office_files[ending]))

    assert ["Krami", "600000", "600000"] in rows
    assert rows[0] == ["", "Budget 2021", "Plan 2022"]


def test_the_name_of_a_file_says_nothing_of_what_it_is() -> None:
    assert texts(read_file("budget.csv", xlsx(*SMALL)))[0] == ["", "Budget 2021", "Plan 2022"]


def test_kinds_of_cells_are_told_apart() -> None:
    data = xlsx(["text", 1.5, date(2021, 3, 1), True, "=1/0", 0.1 + 0.2])

    def with_error(content: dict[str, bytes]) -> None:
        content[SHEET] = re.sub(
            rb'<c r="E1"[^>]*>.*?</c>', b'<c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', content[SHEET]
        )

    row = read_file("b.xlsx", edited(with_error, data)).sheets[0].rows[0]
    assert [(cell.kind, cell.text) for cell in row if cell] == [
        (Kind.TEXT, "text"),
        (Kind.NUMBER, "1.5"),
        (Kind.DATE, "2021-03-01"),
        (Kind.BOOLEAN, "SANT"),
        (Kind.ERROR, "#DIV/0!"),
        (Kind.NUMBER, "0.3"),
    ]


def test_a_sheet_that_does_not_begin_in_a1_keeps_its_addresses() -> None:
    def move(_: Workbook, sheet: Worksheet) -> None:
        sheet["D5"] = "här"

    sheet = read_file("b.xlsx", xlsx(change=move)).sheets[0]
    assert sheet.cell(4, 3) is not None
    assert sheet.place(4, 3) == "Budget 2021!D5"


def test_what_is_hidden_and_merged_is_known() -> None:
    def hide(book: Workbook, sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet.merge_cells("B7:C7")
        sheet["B8"] = "=1+1"
        secret = book.create_sheet("Hemligt")
        secret["A1"], secret.sheet_state = "x", "veryHidden"

    file = read_file("b.xlsx", xlsx(*SMALL, change=hide))
    sheet, secret = file.sheets
    assert sheet.hidden_rows == {2}
    assert sheet.hidden_columns == {2}
    assert sheet.merged == ((6, 1, 6, 2),)
    assert sheet.unsaved == {(7, 1)}
    assert secret.hidden


def test_what_an_ods_file_hides_is_known(office_files: dict[str, bytes]) -> None:
    sheets = read_file("b.ods", office_files["hidden.ods"]).sheets

    assert sheets[0].hidden_rows == {2}
    assert sheets[0].hidden_columns == {2}
    assert [sheet.hidden for sheet in sheets] == [False, True]


def test_macros_are_named_and_never_read() -> None:
    def add(content: dict[str, bytes]) -> None:
        content["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"

    file = read_file("b.xlsm", edited(add))
    assert any("makron" in remark for remark in file.remarks)
    assert texts(file)[7][0] == "Krami"


def test_links_to_other_files_are_named_and_never_followed() -> None:
    def add(content: dict[str, bytes]) -> None:
        content["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"

    assert any("andra filer" in remark for remark in read_file("b.xlsx", edited(add)).remarks)


def test_cells_survive_being_kept() -> None:
    file = read_file("b.xlsx", xlsx(*SMALL, ["x", date(2021, 1, 1), True]))
    assert raw.from_json(raw.to_json(file)) == file


# -- what is refused ---------------------------------------------------------------------------------


def refused(name: str, data: bytes) -> str:
    """The sentence of a refusal that came quickly and cheaply."""
    tracemalloc.start()
    start = time.perf_counter()
    with pytest.raises(UnreadableTableError) as error:
        read_file(name, data)
    took, (_, peak) = time.perf_counter() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 8
    assert peak < 120_000_000
    sentence = str(error.value)
    assert sentence.endswith((".", "!"))
    return sentence


def test_fifty_megabytes_are_refused_by_size_alone() -> None:
    assert "50 MB" in refused("b.xlsx", b"PK" + bytes(50_000_000))


def bomb(content: dict[str, bytes]) -> None:
    content["xl/media/bomb.bin"] = bytes(60_000_000)


def lying_bomb() -> bytes:
    """Says that it is small, in the directory and before the part."""
    data = edited(bomb)
    true, lie = (60_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    assert true in data
    return data.replace(true, lie)


def test_a_zip_bomb_is_not_unpacked() -> None:
    assert "packas upp" in refused("b.xlsx", edited(bomb))


def test_a_zip_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    assert "skadad" in refused("b.xlsx", lying_bomb())


def test_thousands_of_parts_are_refused() -> None:
    assert "packas upp" in refused("b.xlsx", zipped({f"part{n}": b"" for n in range(3000)}))


def test_entity_bombs_are_refused() -> None:
    definitions = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'

    def define(name: str) -> Callable[[dict[str, bytes]], None]:
        def change(content: dict[str, bytes]) -> None:
            body = content[name].split(b"?>", 1)[-1]
            content[name] = definitions + body

        return change

    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml", "docProps/app.xml"):
        assert "XML-definitioner" in refused("b.xlsx", edited(define(part)))


def test_an_entity_that_would_fetch_a_file_is_refused() -> None:
    def change(content: dict[str, bytes]) -> None:
        content[SHEET] = (
            b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + content[SHEET].split(b"?>", 1)[-1]
        )

    assert "XML-definitioner" in refused("b.xlsx", edited(change))


def test_a_cell_at_the_end_of_the_sheet_takes_no_memory() -> None:
    def change(content: dict[str, bytes]) -> None:
        content[SHEET] = content[SHEET].replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        )

    assert f"högst {MAX_ROWS // 1000}\u00a0000 rader" in refused("b.xlsx", edited(change))


def test_too_many_rows_and_columns_are_refused() -> None:
    assert "rader" in refused("b.csv", b"a;1\n" * (MAX_ROWS + 1))
    assert str(MAX_COLUMNS) in refused("b.csv", b";".join([b"1"] * (MAX_COLUMNS + 1)) + b"\n")


def test_repeated_cells_of_an_ods_file_are_counted(office_files: dict[str, bytes]) -> None:
    def change(content: dict[str, bytes]) -> None:
        repeated = (
            b'<table:table-row table:number-rows-repeated="1000000">'
            b'<table:table-cell office:value-type="float" office:value="1" '
            b'table:number-columns-repeated="16000"/>'
            b"</table:table-row></table:table>"
        )
        content["content.xml"] = content["content.xml"].replace(b"</table:table>", repeated, 1)

    refused("b.ods", edited(change, office_files["ods"]))


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_refused(keep: float) -> None:
    data = xlsx(*SMALL)
    assert "skadad" in refused("b.xlsx", data[: int(len(data) * keep)])


@pytest.mark.parametrize("keep", [0.1, 0.6])
def test_a_truncated_old_workbook_is_refused(keep: float, office_files: dict[str, bytes]) -> None:
    data = office_files["xls"]
    assert refused("b.xls", data[: int(len(data) * keep)])


def test_a_password_is_said_to_be_in_the_way(office_files: dict[str, bytes]) -> None:
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    assert "lösenord" in refused("b.xlsx", encrypted)

    def lock(content: dict[str, bytes]) -> None:
        content["META-INF/manifest.xml"] = (
            b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
        )

    assert "lösenord" in refused("b.ods", edited(lock, office_files["ods"]))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "tom"),
        (b"  \r\n ", "tom"),
        (b"%PDF-1.7 ...", "ingen tabell"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "ingen tabell"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(40), "varken en arbetsbok eller text"),
        (zipped({"word/document.xml": b"<x/>"}), "ingen arbetsbok"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, words: str) -> None:
    assert words in refused("budget.xlsx", data)


def test_nothing_that_random_bytes_can_be_is_an_error_of_ours() -> None:
    import random

    dice = random.Random(7)
    good = xlsx(*SMALL)
    for _ in range(60):
        data = bytearray(good)
        for _ in range(dice.randint(1, 20)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            read_file("b.xlsx", bytes(data))
        except UnreadableTableError:
            continue


def test_the_reading_process_has_a_limit_of_memory(monkeypatch: Any) -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(19_000):
        sheet.write_row(row, 0, [f"{row} {'x' * 200}", *range(11)])
    book.close()
    monkeypatch.setattr("budgets.exchange.cells.MAX_MEMORY", 40_000_000)

    assert read_file("b.xlsx", xlsx(*SMALL)).sheets
    with pytest.raises(UnreadableTableError):
        read_file("b.xlsx", file.getvalue())


def test_the_reading_process_has_a_limit_of_time(monkeypatch: Any) -> None:
    monkeypatch.setattr("budgets.exchange.cells.MAX_SECONDS", 0)
    with pytest.raises(UnreadableTableError, match="sekunder"):
        read_file("b.xlsx", xlsx(*SMALL))
