"""How two files differ in what they say. Pure."""

from collections.abc import Sequence
from difflib import SequenceMatcher

SHOWN = 3
"""So many differences are shown."""
BEFORE = 4
"""So many words say where a difference is."""
LONGEST = 80
"""Signs of what is quoted."""


def differences(stored: Sequence[str], again: Sequence[str]) -> str:
    """Where the words of a file differ from those that its content gives, as a Swedish sentence; empty where
    they do not."""
    same = _common(stored, again)
    left, right = stored[same:], again[same:]
    after = _common(left[::-1], right[::-1])
    left, right = left[: len(left) - after], right[: len(right) - after]
    codes = [code for code in SequenceMatcher(None, left, right).get_opcodes() if code[0] != "equal"]
    found = [
        f"{_quoted(left[a:b])} i filen, {_quoted(right[c:d])} ur innehållet{_where(stored[: same + a])}"
        for _, a, b, c, d in codes[:SHOWN]
    ]
    if not found:
        return ""
    more = len(codes) - len(found)
    return "; ".join(found) + (f"; och {more} ställen till." if more else ".")


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    """How many words they begin with alike."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _quoted(words: Sequence[str]) -> str:
    text = " ".join(words)
    if not text:
        return "inget"
    return f"”{text}”" if len(text) <= LONGEST else f"”{text[:LONGEST]}…”"


def _where(before: Sequence[str]) -> str:
    return f" (efter ”{' '.join(before[-BEFORE:])}”)" if before else ""
