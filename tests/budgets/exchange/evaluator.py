"""Computes the formulas of our workbook: SUM, COUNT, IF, N, + and −, cells and ranges; nothing else.

So that what the workbook will show is known where no LibreOffice is. An unknown formula is an error.
"""

import re
from decimal import Decimal
from typing import Any

from openpyxl.utils import range_boundaries

Value = Decimal | str | None
TOKEN = re.compile(r'\s*(SUM|COUNT|IF|N|""|[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?|\d+(?:\.\d+)?|[-+(),=])')


class Evaluator:
    """Of one sheet as openpyxl reads it with its formulas."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.known: dict[str, Value] = {}

    def value(self, address: str) -> Value:
        if address not in self.known:
            held = self.sheet[address].value
            if isinstance(held, str) and held.startswith("="):
                self.known[address] = _Formula(self, held[1:]).value()
            elif isinstance(held, int | float):
                self.known[address] = Decimal(repr(held))
            else:
                self.known[address] = held
        return self.known[address]

    def range(self, reference: str) -> list[Value]:
        left, top, right, bottom = range_boundaries(reference)
        cells = self.sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
        return [self.value(cell.coordinate) for row in cells for cell in row]


class _Formula:
    def __init__(self, evaluator: Evaluator, text: str) -> None:
        self.evaluator = evaluator
        self.tokens = TOKEN.findall(text)
        assert "".join(self.tokens) == text.replace(" ", ""), f"cannot compute {text}"
        self.at = 0

    def value(self) -> Value:
        found = self.sum()
        assert self.at == len(self.tokens)
        return found

    def next(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def expect(self, token: str) -> None:
        assert self.next() == token

    def sum(self) -> Value:
        total = self.term()
        while self.peek() in ("+", "-", "="):
            sign, other = self.next(), self.term()
            if sign == "=":
                return Decimal(total == other)
            assert isinstance(total, Decimal | None), "a text in a sum is #VALUE!"
            assert isinstance(other, Decimal | None), "a text in a sum is #VALUE!"
            total = (total or Decimal(0)) + (other or Decimal(0)) * (1 if sign == "+" else -1)
        return total

    def term(self) -> Value:
        token = self.next()
        if token == "(":
            found = self.sum()
            self.expect(")")
            return found
        if token in ("SUM", "COUNT"):
            numbers = [value for value in self.arguments() if isinstance(value, Decimal)]
            return Decimal(len(numbers)) if token == "COUNT" else sum(numbers, Decimal(0))
        if token == "N":
            (value,) = self.arguments()
            return value if isinstance(value, Decimal) else Decimal(0)
        if token == "IF":
            self.expect("(")
            condition = self.sum()
            self.expect(",")
            yes = self.sum()
            self.expect(",")
            no = self.sum()
            self.expect(")")
            return yes if condition else no
        if token == '""':
            return ""
        return Decimal(token) if token[0].isdigit() else self.evaluator.value(token)

    def arguments(self) -> list[Value]:
        self.expect("(")
        values: list[Value] = []
        while True:
            values += self.evaluator.range(self.next())
            if self.next() == ")":
                return values
