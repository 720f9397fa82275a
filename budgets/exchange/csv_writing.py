"""CSV for Excel in Swedish and for programs, a line at a time: semicolons, UTF-8 with its mark, and
decimal comma. Pure."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from budgets.exchange.delimited import DANGEROUS, PREFIX

MARK = "\ufeff"
Cell = str | Decimal | None


class _Line:
    """What csv writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The head and the rows. No text of theirs begins as a formula does; amounts are numbers."""
    write = csv.writer(_Line(), delimiter=";", lineterminator="\r\n").writerow
    yield MARK + write(map(_safe, heads))
    for row in rows:
        yield write(_safe(cell) if isinstance(cell, str) else number(cell) for cell in row)


def number(amount: Decimal | None) -> str:
    """With decimal comma and a plain minus, and no more decimals than it has; empty when there is none."""
    if amount is None:
        return ""
    text = f"{amount:f}".replace(".", ",")
    return text.rstrip("0").rstrip(",") if "," in text else text


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: ' before what begins like one (OWASP)."""
    return PREFIX + text if text.startswith(DANGEROUS) else text
