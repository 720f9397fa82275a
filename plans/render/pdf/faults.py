"""ReportLab's faults against PDF/UA and PDF/A, cured here and nowhere else.

1. No end-of-line stands before `endstream` (ISO 19005-2, 6.1.7.1).
2. The ToUnicode map of a font gives unused codes to U+0000 (ISO 14289-1, 7.21.7).
3. A Drawing sets Helvetica, which is not embedded, before it draws anything.
4. Streams are made a fifth larger by ASCII85.
5. A font is read at a place that all threads share: of two files made at once one fails, or has other glyphs.

A sixth, that a sign without a glyph is silently printed as an empty box, is met before it comes here: see
printable.py.
"""

import re
from threading import Lock
from typing import Any

from reportlab import rl_config
from reportlab.graphics import shapes
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont

END = b"endstream\n"
MAPPED = re.compile(r"<..> <....>")
MOST_IN_ONE_BLOCK = 100


class CleanFont(TTFont):  # type: ignore[misc]
    """A TrueType font whose ToUnicode map holds only the signs it is used for, for one file at a time."""

    reading = Lock()

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        before = set(doc.idToObject)
        with self.reading:
            super().addObjects(doc)
        for name in doc.idToObject.keys() - before:
            if name.startswith("toUnicodeCMap:"):
                stream = doc.idToObject[name]
                stream.content = _without_unused(stream.content)


def _without_unused(mapping: str) -> str:
    used = [pair for pair in MAPPED.findall(mapping) if not pair.endswith("<0000>")]
    blocks = (used[at : at + MOST_IN_ONE_BLOCK] for at in range(0, len(used), MOST_IN_ONE_BLOCK))
    written = "\n".join("\n".join((f"{len(b)} beginbfchar", *b, "endbfchar")) for b in blocks)
    return re.sub(r"\d+ beginbfchar.*endbfchar", lambda _: written, mapping, flags=re.DOTALL)


def _ended(plain: Any) -> Any:
    """`PDFStream.format` with an end-of-line before `endstream`: CR LF, which is read as one also when the
    data happen to end in CR."""

    def written(stream: Any, document: Any) -> bytes:
        whole: bytes = plain(stream, document)
        return whole.removesuffix(END) + b"\r\n" + END

    return written


def cure(font: str) -> None:
    """To be called once, before anything is drawn. `font` stands in Helvetica's place."""
    pdfdoc.PDFStream.format = _ended(pdfdoc.PDFStream.format)
    shapes.STATE_DEFAULTS["fontName"] = font
    rl_config.useA85 = 0
