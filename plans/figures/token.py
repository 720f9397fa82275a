"""The token of a live figure, as a text holds it: what it shows, of which year, in which form. Pure.

In a text it is the value of data-figure, written like an address: `what=line&of=17&year=0&form=tkr`. `of` is
the key of a line, group, insats or member, so that a new name changes nothing; years count from the plan
year, so that a plan made from another follows its own years.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from html import escape, unescape
from urllib.parse import parse_qsl

from finsam.whole_numbers import whole_number

KEYED = ("line", "group", "project", "member", "name")
"""What is of a row that has a key."""

NAMED = ("total",)
"""What is of one of the totals that a source prints, by its name; ours is shown."""

OF_VALUES = {
    "payer": ("state", "region", "municipality", "region_municipality", "region_and_municipalities", "all"),
    "class": ("contribution", "esf", "other", "board", "administration", "audit", "insats"),
}
"""What is of one of some values."""

TOTALS = (
    "income",
    "costs",
    "contributions",
    "result",
    "deficit",
    "opening",
    "closing",
    "funds",
    "administration",
    "highest",
    "lowest",
)
COUNTS = ("projects", "year")
WHAT = (*KEYED, *NAMED, *OF_VALUES, *TOTALS, *COUNTS)
SHARES_OF = ("contributions", "costs", "income")
FORMS = ("", "kr", "tkr", "mkr", "about", "words", "percent", "number")
KINDS = ("", "outcome", "forecast", "revised", "budget", "plan")


class TokenError(ValueError):
    """A text that is no token; the message says why, in Swedish."""


@dataclass(frozen=True)
class Token:
    """`year` and `less` count from the plan year; `less` asks for the difference to that year; `share_of` for
    the part of that total. Without `form` the figure is in the plan's unit, with its name."""

    what: str
    of: str = ""
    year: int = 0
    kind: str = ""
    less: int | None = None
    share_of: str = ""
    form: str = ""

    @property
    def key(self) -> int | None:
        """The key of the row it is of, where it is of one."""
        return whole_number(self.of) if self.what in KEYED else None

    def __str__(self) -> str:
        said = [(field, getattr(self, field.name)) for field in fields(self)]
        return "&".join(f"{field.name}={_quoted(value)}" for field, value in said if value != field.default)


def parse(text: str) -> Token:
    """The token of a text. Raises TokenError."""
    values = dict(parse_qsl(text.replace("+", "%2B"), keep_blank_values=True))
    unknown = sorted(set(values) - {field.name for field in fields(Token)})
    if unknown:
        raise TokenError(f"{unknown[0]} hör inte till ett levande belopp")
    token = Token(
        what=values.get("what", ""),
        of=values.get("of", ""),
        year=_years(values.get("year", "0")),
        kind=values.get("kind", ""),
        less=_years(values["less"]) if values.get("less") else None,
        share_of=values.get("share_of", ""),
        form=values.get("form", "") or ("percent" if values.get("share_of") else ""),
    )
    _check(token)
    return token


def _check(token: Token) -> None:
    if token.what not in WHAT:
        raise TokenError(f"{token.what or 'ingenting'} är inget som ett levande belopp kan visa")
    if token.what in OF_VALUES and token.of not in OF_VALUES[token.what]:
        raise TokenError(f"{token.of or 'ingenting'} är inget slag av {token.what}")
    if token.what in (*KEYED, *NAMED) and not token.of:
        raise TokenError(f"det är inte sagt vilken {token.what} som visas")
    if token.what in (*TOTALS, *COUNTS) and token.of:
        raise TokenError(f"{token.what} är inte av något")
    for value, known in ((token.form, FORMS), (token.kind, KINDS), (token.share_of, ("", *SHARES_OF))):
        if value not in known:
            raise TokenError(f"{value} är ingen känd form, inget känt slag och ingen känd helhet")
    if token.form == "percent" and not token.share_of and token.less is None:
        raise TokenError("procent är av en helhet eller av ett annat år")


def _years(text: str) -> int:
    sign, digits = (text[:1], text[1:]) if text[:1] in ("+", "-", "−") else ("", text)
    number = whole_number(digits, digits=3)
    if number is None:
        raise TokenError(f"{text or 'ingenting'} är inget antal år från planåret")
    return -number if sign in ("-", "−") else number


def _quoted(value: object) -> str:
    return str(value).replace("%", "%25").replace("&", "%26").replace("+", "%2B")


_IN_TEXT = re.compile(r"""(<span[^>]*\bdata-figure=(["']))(.*?)(\2)""", re.DOTALL)


def tokens_in(text: str) -> list[str]:
    """The tokens of a text of the small vocabulary, as they are written."""
    return [unescape(found.group(3)) for found in _IN_TEXT.finditer(text)]


def with_tokens(text: str, change: Callable[[str], str]) -> str:
    """The text with each token changed."""
    return _IN_TEXT.sub(
        lambda found: found.group(1) + escape(change(unescape(found.group(3)))) + found.group(4), text
    )


def of_another(token: Token, of: str) -> Token:
    """The same figure of another row, year or name."""
    return replace(token, of=of)
