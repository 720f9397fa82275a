"""From a Word file to the sections of a plan, in the form of the plan file."""

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import mammoth

from finsam.swedish import listed
from plans.exchange.word import contents
from plans.exchange.word.archive import SAVE_AS, Archive, UnreadableWordError, opened
from plans.exchange.word.outline import Outline, Part, outline_of, without_number
from plans.exchange.word.pictures import PicturesRead, WordPicture
from plans.exchange.word.styles import style_map
from plans.figures.wording import count_in_words
from plans.text.pasting import PasteTooLongError, cleaned
from plans.text.pasting.left_out import RefusedPicture, refusals
from plans.text.pasting.notes import take_up_notes
from plans.text.pasting.pictures import with_keys
from plans.text.sanitising import LONGEST
from plans.text.tree import tree_of

MOST_NUMBERED = 0.6
"""Of the headings; where so many have a typed number, the document is numbered."""
DEEPEST = 6
LONGEST_TITLE = 150
LONGEST_TITLE_LINE = 100
LONGEST_KEY = 60
MOST_SECTIONS = 500

_APPENDIX = re.compile(r"bilaga\b\s*(?:\d+|[A-Z]\b)?\s*[:.–-]?\s*", re.IGNORECASE)

Section = dict[str, Any]
"""A section as the plan file has it."""


@dataclass(frozen=True)
class WordDocument:
    """`sections` in the plan file's form; `left_out` says in Swedish sentences what did not come along, and
    what was guessed. The sections name `pictures` by marks, until `with_pictures` gives them their keys."""

    title: str
    sections: tuple[Section, ...]
    left_out: tuple[str, ...] = ()
    pictures: Mapping[str, WordPicture] = field(default_factory=dict)

    def with_pictures(self, keys: Mapping[str, str], refused: Mapping[str, str]) -> "WordDocument":
        """By mark: the keys of the pictures that are stored, and why the others are not."""
        said = refusals(
            RefusedPicture(self.pictures[mark].alternative_text, why, self.pictures[mark].place)
            for mark, why in refused.items()
        )
        sections = tuple(_with_keys(section, keys) for section in self.sections)
        kept = {mark: picture for mark, picture in self.pictures.items() if mark in keys}
        return WordDocument(self.title, sections, (*self.left_out, *said), kept)

    @property
    def undescribed(self) -> int:
        """How many pictures have no alternative text."""
        return sum(not picture.alternative_text for picture in self.pictures.values())


def _with_keys(section: Section, keys: Mapping[str, str]) -> Section:
    section = dict(section)
    if "text" in section:
        lines = [with_keys(line, lambda mark: keys.get(mark, "")) for line in section["text"]]
        section["text"] = [line for line in lines if line]
    if "parts" in section:
        section["parts"] = [_with_keys(part, keys) for part in section["parts"]]
    return section


def read_word(content: bytes) -> WordDocument:
    """The sections of a .docx or .docm. Raises UnreadableWordError."""
    archive = opened(content)
    pictures = PicturesRead()
    outline = outline_of(_tree(content, archive, pictures))
    if len(outline.parts) > MOST_SECTIONS:
        raise UnreadableWordError(
            f"Filen har {len(outline.parts)} rubriker. En plan har högst {MOST_SECTIONS} avsnitt: ta bort "
            "rubrikformatet där det inte är en rubrik, eller dela filen."
        )
    return _Reading(outline, pictures).document(tuple(contents.sentences(archive)))


def _tree(content: bytes, archive: Archive, pictures: PicturesRead) -> Any:
    """The document as mammoth gives it, with footnotes at their marks and its pictures named."""
    rules = style_map(archive.parts.get("word/styles.xml", b""))
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(content),
            style_map=rules,
            convert_image=mammoth.images.img_element(pictures.attributes),
            include_embedded_style_map=False,
            external_file_access=False,
        ).value
    except Exception as error:  # mammoth raises whatever a file makes its parser stumble on
        raise UnreadableWordError(f"Filen är skadad och kan inte läsas. {SAVE_AS}") from error
    tree = tree_of(html)
    take_up_notes(tree)
    return tree


class _Reading:
    def __init__(self, outline: Outline, pictures: PicturesRead) -> None:
        self.outline = outline
        self.pictures = pictures
        self.keys: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.said: list[str] = []
        self.typed = self._has_typed_numbers()

    def document(self, of_file: tuple[str, ...]) -> WordDocument:
        parts = self._levelled()
        front = self._front()
        sections = [*([front] if front else []), *self._sections(parts, 1)]
        if self.outline.is_guessed:
            number = count_in_words(len(self.outline.parts), "words")
            self.said.append(
                f"Dokumentet har inga rubrikformat. Korta rader i fet stil ({number}) har blivit rubriker; "
                "se över dem."
            )
        self.said += refusals(self.pictures.all_refused())
        return WordDocument(self.outline.title, tuple(sections), (*of_file, *self.said), self.pictures.placed)

    def _has_typed_numbers(self) -> bool:
        parts = [part for part in self.outline.parts if not _APPENDIX.match(part.heading)]
        return len(parts) > 1 and sum(bool(part.number) for part in parts) >= MOST_NUMBERED * len(parts)

    # -- the tree ----------------------------------------------------------------------------------

    def _levelled(self) -> list[tuple[int, Part]]:
        """The parts with levels from 1 and no gaps. A heading that all others are under is the title."""
        parts = self.outline.parts
        if len(parts) > 1 and not self.outline.title and not parts[0].html:
            first, *rest = parts
            if all(part.level > first.level for part in rest) and not self.outline.front.html:
                self.outline.title, parts = without_number(first), rest
        levels: list[int] = []
        found = []
        for part in parts:
            while levels and levels[-1] >= part.level:
                levels.pop()
            levels.append(part.level)
            found.append((min(len(levels), DEEPEST), part))
        return found

    def _sections(
        self, parts: list[tuple[int, Part]], level: int, *, in_appendix: bool = False
    ) -> list[Section]:
        starts = [place for place, (depth, _) in enumerate(parts) if depth <= level]
        sections = []
        for start, end in pairwise([*starts, len(parts)]):
            part, beneath = parts[start][1], parts[start + 1 : end]
            section = self._section(part, level, in_appendix)
            is_appendix = in_appendix or bool(section.get("is_appendix"))
            if inner := self._sections(beneath, level + 1, in_appendix=is_appendix):
                section["parts"] = inner
            sections.append(section)
        return sections

    def _section(self, part: Part, level: int, in_appendix: bool) -> Section:
        heading = without_number(part) if self.typed else part.heading
        appendix = _APPENDIX.match(heading) if level == 1 else None
        if appendix:
            heading = heading[appendix.end() :] or heading
        section: Section = {"key": self._key(heading), "heading": heading[:1].upper() + heading[1:]}
        if appendix:
            section["is_appendix"] = True
        elif in_appendix or not (part.is_numbered or (self.typed and part.number)):
            section["numbered"] = False
        place = f" i avsnittet ”{part.heading}”"
        if text := self.pictures.keep(self._text(part), place):
            section["text"] = text
        return section

    def _text(self, part: Part) -> list[str]:
        """The blocks of a part's text; what it lost is told with its heading."""
        try:
            pasted = cleaned("\n".join(part.html))
        except PasteTooLongError as error:
            raise UnreadableWordError(self._too_long(part)) from error
        if len(pasted.html) > LONGEST:
            raise UnreadableWordError(self._too_long(part))
        self.said += pasted.left_out
        return pasted.html.splitlines()

    def _too_long(self, part: Part) -> str:
        where = part.heading or "texten före första rubriken"
        return f"Avsnittet ”{where}” är för långt att läsas in. Dela det med rubriker i Word."

    def _key(self, heading: str) -> str:
        plain = unicodedata.normalize("NFKD", heading.casefold()).encode("ascii", "ignore").decode()
        name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_KEY].strip("-") or "avsnitt"
        key = name
        while key in self.keys:
            self.counts[name] += 1
            key = f"{name}-{self.counts[name] + 1}"
        self.keys.add(key)
        return key

    # -- before the first heading ------------------------------------------------------------------

    def _front(self) -> Section | None:
        """What stands before the first heading: a title page's lines are told, a text is a section."""
        lines = self._text(self.outline.front)
        texts = [line for line in lines if not line.startswith("<img")]
        first = _words(texts[0]) if texts else ""
        if not self.outline.title and first and len(first) <= LONGEST_TITLE and texts[0].startswith("<p>"):
            self.outline.title = first
            lines.remove(texts.pop(0))
        if self.outline.parts and all(map(_is_title_line, texts)):
            self.pictures.leave_out(lines, " i början", "Det som står före första rubriken läses inte.")
            if texts:
                shown = listed([f"”{_words(line)}”" for line in texts])
                self.said.append(f"Raderna före första rubriken följde inte med: {shown}.")
            return None
        lines = self.pictures.keep(lines, " i början")
        if not lines:
            return None
        if self.outline.parts:
            self.said.append("Texten före första rubriken har blivit avsnittet Inledning.")
        else:
            self.said.append("Dokumentet har inga rubriker. All text har blivit avsnittet Inledning.")
        return {"key": self._key("inledning"), "heading": "Inledning", "numbered": False, "text": lines}


def _is_title_line(line: str) -> bool:
    """Whether it is short and no sentence, or a motto."""
    words = _words(line)
    if line.startswith("<blockquote>"):
        return True
    return line.startswith("<p>") and len(words) <= LONGEST_TITLE_LINE and not words.endswith(".")


def _words(html: str) -> str:
    text = tree_of(html.replace("<br>", " ")).words()
    return " ".join(text.split())
