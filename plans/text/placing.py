"""Pictures stand between the paragraphs of a text, never within one, nor in a list or a table. Pure."""

import re
from dataclasses import dataclass

from plans.text.illustrations import named_illustration
from plans.text.tree import tree_of

PARTED = ("p", "strong", "b", "em", "i", "sub", "sup", "a")
"""Elements that are parted where a picture stands in them. A picture in any other, or in a reference, goes
after the outermost that it is in."""

_TAG = re.compile(r'(<(?:[^<>"]|"[^"]*")+>)')
_NAME = re.compile(r"</?([a-z0-9]+)")


def illustrations_apart(text: str) -> str:
    """The cleaned text with each picture outside all other elements, written in one way; an `img` that names
    no picture is gone."""
    return _Placing().placed(text) if "<img" in text else text


@dataclass
class _Open:
    """An element that has begun. `is_written` is False after a picture, until something is in it again."""

    tag: str
    name: str
    is_written: bool = True


class _Placing:
    def __init__(self) -> None:
        self.written: list[str] = []
        self.open: list[_Open] = []
        self.waiting: list[str] = []
        """Pictures that go after the outermost element that is open."""

    def placed(self, text: str) -> str:
        for piece in _TAG.split(text):
            if piece.startswith("<img"):
                self._illustration(piece)
            elif piece.startswith("</"):
                self._end()
            elif _TAG.fullmatch(piece) and not piece.startswith("<br"):
                self._write_open()
                self.written.append(piece)
                self.open.append(_Open(piece, _name(piece)))
            elif piece:
                self._words(piece)
        return "".join(self.written)

    def _illustration(self, piece: str) -> None:
        named = named_illustration(tree_of(piece).children[0])  # type: ignore[arg-type]
        if named is None:
            return
        if any(each.name not in PARTED or "data-section" in each.tag for each in self.open):
            self.waiting.append(named.tag())
            return
        for each in reversed(self.open):
            if each.is_written:
                self._close(each)
            each.is_written = False
        self.written.append(named.tag())

    def _words(self, piece: str) -> None:
        """Words or a break. Space alone, beside a picture, says nothing."""
        if all(each.is_written for each in self.open) or (piece.strip() and piece != "<br>"):
            self._write_open()
            self.written.append(piece)

    def _write_open(self) -> None:
        for each in self.open:
            if not each.is_written:
                self.written.append(each.tag)
                each.is_written = True

    def _end(self) -> None:
        ended = self.open.pop()
        if ended.is_written:
            self.written.append(f"</{ended.name}>")
        if not self.open:
            self.written += self.waiting
            self.waiting = []

    def _close(self, each: _Open) -> None:
        """Ends an element before a picture; one that nothing is in was never begun."""
        while self.written and (self.written[-1] == "<br>" or not self.written[-1].strip()):
            self.written.pop()
        if self.written and self.written[-1] == each.tag:
            self.written.pop()
        else:
            self.written.append(f"</{each.name}>")


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found.group(1) if found else ""
