"""Which addresses a document leads to, and how they are written. The same in every format."""

from urllib.parse import quote

SCHEMES = ("https://", "http://", "mailto:", "tel:")
SIGNS = ":/?#[]@!$&'()*+,;=%-._~"
"""What an address may hold as it is. Anything else is escaped: PDF takes no letters beyond ASCII there, and
Word calls a file damaged over a blank."""


def address(target: str) -> str:
    """The address to follow; empty when the target is none that a reader should be led to."""
    if not target.lower().startswith(SCHEMES):
        return ""
    return quote(target.encode("utf-8", "replace"), safe=SIGNS)
