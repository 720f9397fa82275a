"""The pictures of a Word file: read from the archive as mammoth comes to them, never from outside of it."""

from dataclasses import dataclass, field
from typing import Any

from mammoth.docx.files import InvalidFileReferenceError

from plans.text.illustrations import NamedIllustration, illustrations_in
from plans.text.pasting.left_out import RefusedPicture
from plans.text.pasting.pictures import mark

MOST = 60
"""Pictures of one file that are read."""
MOST_BYTES = 100_000_000
"""Of all that are read together; the same picture a second time counts again, since it is unpacked again."""

OUTSIDE = "Den ligger utanför dokumentet, och sådant hämtas inte."
DAMAGED = "Den är skadad i filen."
TOO_MANY = f"Högst {MOST} bilder läses ur en fil."
NOWHERE = "Den stod i innehållsförteckningen."


@dataclass(frozen=True)
class WordPicture:
    """A picture that stands in a section. `place` follows the word for it: " i avsnittet ”Mål”"."""

    content: bytes
    alternative_text: str
    place: str


@dataclass
class PicturesRead:
    """The pictures of a file, by the marks that its text names them by until they are stored."""

    contents: dict[str, bytes] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    """Why those are not read that are not in `contents`, in Swedish."""
    placed: dict[str, WordPicture] = field(default_factory=dict)
    refused: list[RefusedPicture] = field(default_factory=list)

    def attributes(self, image: Any) -> dict[str, str]:
        """Of the `img` that mammoth writes, which gets the alternative text beside."""
        name = mark(len(self.contents) + len(self.unread))
        if len(self.contents) >= MOST or sum(map(len, self.contents.values())) > MOST_BYTES:
            self.unread[name] = TOO_MANY
            return {"data-picture": name}
        try:
            with image.open() as file:
                self.contents[name] = file.read()
        except InvalidFileReferenceError:
            self.unread[name] = OUTSIDE
        except Exception:  # whatever is wrong with the archive, or with what refers to it
            self.unread[name] = DAMAGED
        return {"data-picture": name}

    def keep(self, lines: list[str], place: str) -> list[str]:
        """The lines of a text that stays, without the pictures that were not read."""
        kept = []
        for line in lines:
            named = next(illustrations_in(line), None) if line.startswith("<img") else None
            if named is None:
                kept.append(line)
            elif named.key in self.contents:
                content = self.contents[named.key]
                self.placed[named.key] = WordPicture(content, named.alternative_text, place)
                kept.append(line)
            else:
                self._refuse(named, self.unread[named.key], place)
        return kept

    def leave_out(self, lines: list[str], place: str, why: str) -> None:
        """Tells of the pictures of a text that does not stay."""
        for named in illustrations_in("".join(lines)):
            self._refuse(named, self.unread.get(named.key, why), place)

    def _refuse(self, named: NamedIllustration, why: str, place: str) -> None:
        self.contents.pop(named.key, None)
        self.unread.pop(named.key, None)
        self.refused.append(RefusedPicture(named.alternative_text, why, place))

    def all_refused(self) -> list[RefusedPicture]:
        """What is to be told, once all texts are kept or left out: those in neither stood among the page
        numbers."""
        nowhere = [*(self.contents.keys() - self.placed.keys()), *self.unread]
        return self.refused + [RefusedPicture("", NOWHERE)] * len(nowhere)
