"""Reading a JSON file that may hold anything: every fault becomes a Swedish sentence saying where and
what. Standard library only."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

T = TypeVar("T")


class UnreadableError(ValueError):
    """A file that cannot be used. `where` is its place (lines[3].amounts[1]), empty for the whole file."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}" if where else what)
        self.where = where
        self.what = what


LONGEST_INTEGER = 30  # digits; longer ones are no amounts, and int() of a million digits is slow


def parse(content: bytes) -> Any:
    """The JSON value, numbers exact. Raises UnreadableError."""
    if not content.strip():
        raise UnreadableError("", "Filen är tom.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            "", f"Filen är inte UTF-8-text (byte {error.start + 1}). Spara om den som UTF-8."
        ) from None
    try:
        return json.loads(
            text,
            parse_int=lambda digits: int(digits) if len(digits) < LONGEST_INTEGER else Decimal(digits),
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        place = f"rad {error.lineno}, tecken {error.colno}"
        raise UnreadableError(place, "Filen är inte giltig JSON.") from None
    except RecursionError:
        raise UnreadableError("", "Filen har listor i listor alltför djupt.") from None
    except ArithmeticError:
        raise UnreadableError("", "Filen har ett tal som är alltför stort eller litet.") from None


def _refuse_constant(name: str) -> None:
    raise UnreadableError("", f"Filen har {name}, som inte är något tal.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise UnreadableError("", f"Samma nyckel, {shown(key)}, står två gånger i ett objekt.")
        result[key] = value
    return result


def shown(value: object) -> str:
    """A value as it may be quoted in a message: short, printable."""
    text = value if isinstance(value, str) else _json_name(value)
    text = "".join(c if c.isprintable() else "\ufffd" for c in text)
    text = text if len(text) <= 40 else text[:39] + "…"
    return f"\u201d{text}\u201d" if isinstance(value, str) else text


def _json_name(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case dict():
            return "ett objekt"
        case list():
            return "en lista"
    return str(value)


class Fields:
    """The keys of a JSON object at a place, read one by one. What is never asked for is unknown."""

    def __init__(self, value: Any, where: str, unknown: list[str]) -> None:
        """Raises UnreadableError when the value is not an object."""
        if not isinstance(value, dict):
            raise UnreadableError(where, f"Här ska ett objekt stå, inte {shown(value)}.")
        self.value: Mapping[str, Any] = value
        self.where = where
        self._left = set(value)
        self._unknown = unknown

    def path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def fail(self, key: str, what: str) -> UnreadableError:
        return UnreadableError(self.path(key), what)

    def take(self, key: str) -> Any:
        self._left.discard(key)
        return self.value.get(key)

    def ignore(self, *keys: str) -> None:
        """Keys that belong to the form but are not used in reading."""
        self._left.difference_update(keys)

    def name_unknown(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self.value:
            if key in self._left:
                self._unknown.append(self.path(printable(key)))

    # -- values ----------------------------------------------------------------------------------

    def text(self, key: str, *, longest: int, required: bool = False) -> str:
        value = self.take(key)
        if value is None and not required:
            return ""
        return text(value, self.path(key), longest=longest, required=required)

    def choice(self, key: str, choices: tuple[str, ...], *, required: bool = False) -> str:
        value = self.take(key)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or value not in choices:
            raise self.fail(key, f"{shown(value)} ska vara något av {', '.join(choices)}.")
        return str(value)

    def whole(self, key: str, lowest: int, highest: int, *, required: bool = False) -> int | None:
        value = self.take(key)
        if value is None and not required:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise self.fail(key, f"{shown(value)} ska vara ett heltal från {lowest} till {highest}.")
        return value

    def day(self, key: str) -> date | None:
        value = self.take(key)
        if value is None:
            return None
        try:
            if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise self.fail(key, f"{shown(value)} ska vara ett datum, ÅÅÅÅ-MM-DD.") from None

    def items(self, key: str, *, required: bool = False) -> list[Any]:
        value = self.take(key)
        if value is None and not required:
            return []
        if not isinstance(value, list):
            raise self.fail(key, f"Här ska en lista stå, inte {shown(value)}.")
        return value

    def each(self, key: str, read: Callable[[Any, str], T]) -> tuple[T, ...]:
        return tuple(read(item, f"{self.path(key)}[{index}]") for index, item in enumerate(self.items(key)))


def printable(value: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in value)


def text(value: Any, where: str, *, longest: int, required: bool = False) -> str:
    """A text of at most `longest` characters without control characters, stripped."""
    if not isinstance(value, str):
        raise UnreadableError(where, f"Här ska text stå, inte {shown(value)}.")
    value = str(value.strip())
    if required and not value:
        raise UnreadableError(where, "Texten saknas.")
    if len(value) > longest:
        raise UnreadableError(where, f"Texten har {len(value)} tecken, högst {longest} går bra.")
    check_characters(value, where)
    return str(value)


TURNING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Invisible characters that turn the writing direction, and with it the figures beside them."""


def can_be_shown(character: str) -> bool:
    """False for control characters, halves of characters, code points that Unicode says are no characters
    (a Word file cannot hold them), and those that turn the writing direction."""
    is_none = "\ufdd0" <= character <= "\ufdef" or ord(character) & 0xFFFE == 0xFFFE
    return not is_none and unicodedata.category(character) not in ("Cc", "Cs") and character not in TURNING


def check_characters(value: str, where: str, *, allowed: str = "") -> None:
    """Raises UnreadableError for a control character or half a character, naming it."""
    for character in value:
        if character not in allowed and not can_be_shown(character):
            code = f"U+{ord(character):04X}"
            raise UnreadableError(where, f"Texten har ett styrtecken ({code}) som inte går att visa.")
