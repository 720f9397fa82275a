"""CSV for Excel in Swedish and for programs, a line at a time: semicolons, UTF-8 with its mark."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from budgets.exchange.csv_file import MARK, safe


class _Line:
    """What csv writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The head and the rows. No text of theirs begins as a formula does."""
    write = csv.writer(_Line(), delimiter=";", lineterminator="\r\n").writerow
    yield MARK + write(heads)
    for row in rows:
        yield write(map(safe, row))
