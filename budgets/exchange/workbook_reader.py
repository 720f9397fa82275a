"""The process that parses a workbook: `python -I workbook_reader.py < file`, sheets as JSON on stdout.

Of its own, with limits of its own on memory and time: whatever a file does to the parser, it does it to
this process and not to the one that serves pages. Knows calamine and the standard library only.
"""

import io
import json
import math
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum


def sheets(
    data: bytes, wanted: list[str] | None, max_rows: int, max_columns: int, max_text: int
) -> list[dict[str, Any]]:
    """Name, whether hidden, and the rows of every worksheet; of each cell its kind (a letter) and text.
    `wanted` names the sheets to read, None all."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = []
    for index, each in enumerate(book.sheets_metadata):
        if each.typ != SheetTypeEnum.WorkSheet or (wanted is not None and each.name not in wanted):
            continue
        sheet = book.get_sheet_by_index(index)
        rows: list[list[str | None]] = []
        end = sheet.end or (0, 0)
        too_far = end[0] >= max_rows or end[1] >= max_columns
        if not too_far:
            before: list[str | None] = [None] * (sheet.start[1] if sheet.start else 0)  # left out by calamine
            for row in sheet.iter_rows():
                cells = before + [_cell(value, max_text) for value in row]
                while cells and cells[-1] is None:
                    cells.pop()
                rows.append(cells)
        while rows and not rows[-1]:
            rows.pop()
        hidden = each.visible != SheetVisibleEnum.Visible
        found.append({"name": each.name, "hidden": hidden, "rows": rows, "too_far": too_far})
    return found


def _cell(value: Any, max_text: int) -> str | None:
    if isinstance(value, str):
        return "t" + value[:max_text] if value.strip() else None
    if isinstance(value, bool):
        return "bSANT" if value else "bFALSKT"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return "d" + (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, date):
        return "d" + value.isoformat()
    if isinstance(value, time | timedelta):
        return "c" + str(value)
    return None


def _number(value: float) -> str:
    """Fifteen significant digits, as a spreadsheet shows it: what its binary form adds is no figure."""
    if not math.isfinite(value):
        return "e#TAL!"
    if value == int(value) and abs(value) < 1e15:
        return f"n{int(value)}"
    return f"n{value:.15g}"


def main() -> None:
    options = json.loads(sys.argv[1])
    for limit, most in ((resource.RLIMIT_AS, options["memory"]), (resource.RLIMIT_CPU, options["seconds"])):
        resource.setrlimit(limit, (most, most))
    data = sys.stdin.buffer.read()
    try:
        found = sheets(data, options["wanted"], options["rows"], options["columns"], options["text"])
    except Exception as error:
        json.dump({"error": f"{type(error).__name__}: {error}"[:300]}, sys.stdout)
        return
    json.dump({"sheets": found}, sys.stdout)


if __name__ == "__main__":
    main()
