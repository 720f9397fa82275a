"""The pictures that are written out in a paste: taken out as bytes, with a mark where each stood. Pure."""

import binascii
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote_to_bytes

from plans.text.illustrations import NamedIllustration, named_illustration
from plans.text.tree import Element

MOST = 20
"""Pictures of one paste that are taken along."""
MOST_BYTES = 20_000_000
"""Of all pictures of one paste together."""

_DATA = re.compile(r"""=(["'])data:([^"']*)\1""", re.IGNORECASE)
_WRITTEN_OUT = re.compile(r"image/[\w.+-]+(?:;[\w=.+-]+)*,", re.IGNORECASE)
_MARK = re.compile(r"finsam-picture-(\d{1,6})")
_OURS = re.compile(r"(?:[^?#]*/)?bild/([0-9a-f]{20})/")
"""The address of a picture of ours, as it is copied from a page."""
_TAG = re.compile(r'<img data-picture="([0-9a-f]{20})"((?:[^<>"]|"[^"]*")*)>\n?')


@dataclass(frozen=True)
class PastedPicture:
    """A file that is said to be a picture. Where it stands, the text names it by `mark`, in the form of a
    key, until it is stored and has one."""

    mark: str
    content: bytes
    alternative_text: str


@dataclass
class PicturesFound:
    """What a paste has of pictures; those it places are `taken`."""

    written_out: list[str] = field(default_factory=list)
    """What follows `data:` in their addresses."""
    taken: list[PastedPicture] = field(default_factory=list)
    too_many: bool = False

    def without_data(self, html: str) -> str:
        """The HTML with a short mark wherever a picture or other data is written out."""

        def mark(found: re.Match[str]) -> str:
            if not _WRITTEN_OUT.match(found[2]):
                return '=""'
            self.written_out.append(found[2])
            return f'="finsam-picture-{len(self.written_out) - 1}"'

        return _DATA.sub(mark, html)

    def tag(self, element: Element) -> str:
        """How the text names the picture of an `img`: one of ours, or one that is now taken. Empty where
        there is nothing to take."""
        named = named_illustration(element) or NamedIllustration("", element.attributes.get("alt", ""), "")
        source = element.attributes.get("src", "")
        if ours := _OURS.fullmatch(source):
            named = replace(named, key=ours[1])
        elif found := _MARK.fullmatch(source):
            named = replace(named, key=self._taken(int(found[1]), named.alternative_text))
        return named.tag() if named.key else ""

    def sentences(self) -> tuple[str, ...]:
        """What more is to be said of what is left out, in Swedish."""
        if not self.too_many:
            return ()
        return (f"Högst {MOST} bilder följer med på en gång, och högst {MOST_BYTES // 1_000_000} MB.",)

    def _taken(self, number: int, alternative_text: str) -> str:
        if number >= len(self.written_out):
            return ""
        content = _content(self.written_out[number])
        size = sum(len(each.content) for each in self.taken) + len(content)
        if len(self.taken) == MOST or size > MOST_BYTES:
            self.too_many = True
            return ""
        self.taken.append(PastedPicture(mark(len(self.taken)), content, alternative_text))
        return self.taken[-1].mark


def mark(number: int) -> str:
    """What a text names a picture by that is not stored."""
    return f"{number:020x}"


def with_keys(html: str, key_of: Callable[[str], str]) -> str:
    """The text with each picture under the key that `key_of` gives for its mark or key; without those that
    have none."""

    def named(found: re.Match[str]) -> str:
        key = key_of(found[1])
        return found[0].replace(found[1], key, 1) if key else ""

    return _TAG.sub(named, html).rstrip("\n")


def names_in(html: str) -> Iterator[str]:
    """The marks and keys of the pictures in a text."""
    return (found[1] for found in _TAG.finditer(html))


def _content(data: str) -> bytes:
    kind, _, written = data.partition(",")
    content = unquote_to_bytes(written)
    if not kind.casefold().endswith(";base64"):
        return content
    try:
        return b64decode(content)
    except binascii.Error:
        return b""
