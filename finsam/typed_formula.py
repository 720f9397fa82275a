"""A formula typed in a cell: numbers as Swedes write them, + - * / and parentheses, and nothing else.

Every sign is read here; simpleeval, with no functions and no names but our numbers, computes. The numbers
are exact fractions, so that =0,1+0,2 is 0,30 and =100/3*3 is 100.
"""

import ast
import operator
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from simpleeval import InvalidExpression, SimpleEval

from finsam.json_input import shown
from finsam.swedish import UNIT_NAME, Unit, number
from finsam.typed_number import KRONOR, UNIT_PATTERN, NotAnAmount, check_size, plain, to_ore, ways_to_read

LONGEST = 200  # characters, without the unit
DEEPEST = 20  # parentheses in parentheses

_OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}
_WITH_UNIT = re.compile(rf"(?P<formula>.*[0-9)]) *(?P<unit>{UNIT_PATTERN})", re.IGNORECASE | re.ASCII)
_PIECE = re.compile(
    r"(?P<number>[0-9]+(?:[ .,'][0-9]+)*)|(?P<word>[^\W\d_$][\w$.]*)|(?P<other>\S)", re.VERBOSE | re.ASCII
)


class _Piece(NamedTuple):
    text: str
    kind: str  # "number", "word" or the sign itself


def typed_formula(text: str, unit: Unit) -> tuple[Decimal, str]:
    """What a text that begins with = amounts to in SEK, rounded to öre with a half away from zero; and the
    formula with its unit, which this reads to the same amount whatever unit it is then shown in.

    Without a unit of its own a formula is in `unit`. Raises NotAnAmount.
    """
    text = plain(text)
    body = text.removeprefix("=").replace("\u00d7", "*").strip()
    name = UNIT_NAME[unit]
    if match := _WITH_UNIT.fullmatch(body):
        body, name = match["formula"], match["unit"].lower().rstrip(".").replace("kronor", "kr")
    if not body:
        raise NotAnAmount("Efter = saknas något att räkna ut. Skriv till exempel =12*4500*1,03.")
    if len(body) >= LONGEST:
        raise NotAnAmount(f"Formeln {shown(text)} är för lång: högst {LONGEST} tecken går bra.")
    pieces = tuple(_pieces(body, text))
    _check_order(pieces, text)
    amount = _computed(pieces, text) * KRONOR[name]
    check_size(amount, text)
    return to_ore(amount), f"={''.join(piece.text for piece in pieces)} {name}"


def _pieces(body: str, text: str) -> Iterator[_Piece]:
    before = ""
    for match in _PIECE.finditer(body):
        piece = match[0]
        if match["number"]:
            yield _Piece(piece, "number")
        elif piece in "+-*/()":
            yield _Piece(piece, piece)
        else:
            rest = body[match.end() :].lstrip()
            raise NotAnAmount(f"Formeln {shown(text)} {_why_not(piece, before, rest, body)}")
        before += piece


def _why_not(piece: str, before: str, rest: str, body: str) -> str:
    if piece == "%":
        return f"har en procent. {_without_percent(before)}"
    if piece == "^":
        return "har en potens, och det går inte. Skriv ut gångerna: 1,02*1,02."
    if re.fullmatch("[xX][0-9]*", piece) and before[-1:].isdigit():
        return "har bokstaven x. Skriv * för gånger."
    if re.fullmatch("[eE][0-9]*", piece) and before[-1:].isdigit():
        return "har e för tiopotens. Skriv ut hela talet, till exempel 100000."
    if re.fullmatch(r"\$?[A-Za-z]{1,3}\$?[0-9]+", piece) or piece == "$":
        return f"hänvisar till en cell ({piece}), och det går inte. Skriv beloppet i stället."
    if re.fullmatch(UNIT_PATTERN, piece, re.IGNORECASE):
        return "har en enhet mitt i. Skriv en enhet sist: =(12*4,5+30) tkr."
    if rest.startswith("(") and piece[0].isalpha():
        return f"har en funktion ({piece}). Funktioner och celler går inte; räkna med tal, + - * / och ()."
    if piece[0].isalpha():
        return f"har ett ord ({piece}). Räkna med tal, + - * / och parenteser."
    if piece in ",.'":
        return f"har {piece} som inte hör till ett tal. Decimaler skrivs 1,03."
    hint = {":": " Skriv / för delat med.", "\u00f7": " Skriv / för delat med, eller - för minus."}
    return f"har tecknet {piece}, och det går inte.{hint.get(piece, '')} Räkna med + - * / och parenteser."


def _without_percent(before: str) -> str:
    """How to write what stands before a % sign without it: Excel makes =54000+3% 54 000,03."""
    match = re.search(r"(?P<sign>[-+*/(]?)(?P<share>[0-9]+(?:[.,][0-9]+)?)$", before)
    if not match or len(match["share"]) > 6:
        return "Skriv *1,03 för tre procent mer, *0,5 för hälften."
    share = Decimal(match["share"].replace(",", ".")) / 100
    if match["sign"] == "+" and before != match[0]:
        return f"Skriv *{number(1 + share)} för {number(share * 100)} procent mer."
    if match["sign"] == "-" and before != match[0] and share < 1:
        return f"Skriv *{number(1 - share)} för {number(share * 100)} procent mindre."
    return f"Skriv {number(share)} i stället för {number(share * 100)} %, till exempel *{number(share)}."


def _check_order(pieces: tuple[_Piece, ...], text: str) -> None:
    """Raises NotAnAmount unless numbers and signs alternate as in arithmetic."""
    wants_number, signs, depth, before = True, 0, 0, ""
    for piece, kind in pieces:
        if kind == "number" or kind == "(":
            if not wants_number:
                raise NotAnAmount(f"Formeln {shown(text)} saknar ett räknetecken före {piece}.")
            wants_number, signs = kind == "(", 0
            depth += kind == "("
        elif kind == ")":
            if wants_number or not depth:
                raise NotAnAmount(f"Formeln {shown(text)} har en parentes för mycket, eller en tom.")
            depth -= 1
        elif not wants_number:
            wants_number, signs = True, 0
        elif kind in "+-" and not signs:
            signs = 1  # a sign of its own, as in 5*-3
        else:
            what = (
                "potens (**), och det går inte" if before == kind == "*" else "räknetecken utan tal emellan"
            )
            raise NotAnAmount(f"Formeln {shown(text)} har {what}.")
        if depth > DEEPEST:
            raise NotAnAmount(f"Formeln {shown(text)} har för många parenteser i varandra.")
        before = kind
    if wants_number:
        raise NotAnAmount(f"Formeln {shown(text)} slutar utan ett tal. Skriv till exempel =12*4500.")
    if depth:
        raise NotAnAmount(f"Formeln {shown(text)} saknar en slutparentes.")


def _computed(pieces: tuple[_Piece, ...], text: str) -> Fraction:
    """The value, exactly. Raises NotAnAmount."""
    names: dict[str, Fraction] = {}
    words: list[str] = []
    before = ""
    for piece, kind in pieces:
        if kind == "number":
            words.append(f"n{len(names)}")
            names[words[-1]] = _number(piece, before, text)
        else:
            words.append(kind)
        before = kind
    evaluator = SimpleEval(operators=_OPERATORS, functions={}, names=names, allowed_attrs={})
    try:
        value = evaluator.eval(" ".join(words))
    except ZeroDivisionError:
        raise NotAnAmount(f"Formeln {shown(text)} delar med noll.") from None
    except (InvalidExpression, SyntaxError, ArithmeticError, RecursionError):
        raise NotAnAmount(f"Formeln {shown(text)} går inte att räkna ut.") from None
    assert isinstance(value, Fraction)
    return value


def _number(piece: str, before: str, text: str) -> Fraction:
    values = sorted({value for value, _, _ in ways_to_read(piece)})
    if before in ("*", "/") and re.fullmatch("1,[01][0-9]{2}", piece):
        return values[0]  # *1,025: prices that rise, and no thousand and some
    if len(values) > 1:
        either = " eller ".join(_written(value) for value in values)
        raise NotAnAmount(f"I formeln {shown(text)} kan {piece} betyda olika tal. Skriv {either}.")
    if not values:
        raise NotAnAmount(
            f"I formeln {shown(text)} är {piece} inte skrivet som ett tal. Skriv siffrorna tätt, decimaler "
            "efter komma."
        )
    return values[0]


def _written(value: Fraction) -> str:
    """A value so that a formula may be written with it: 1500, 1,5. (1,268 would be asked about again.)"""
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    text = format(decimal, "f").replace(".", ",")
    return f"{text}0" if re.fullmatch("[0-9]+,[0-9]{3}", text) else text
