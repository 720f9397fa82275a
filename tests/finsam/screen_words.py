"""All that Finsam can say on a screen: the words of its templates, forms, messages and scripts.

What varies is "…": an expression of a template, what an f-string fills in, and every number. A text of
several sentences is there whole and sentence by sentence.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

APPS = ("finsam", "members", "projects", "budgets", "plans")
VARIES = "…"
AROUND = f" {VARIES}"

_COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TEMPLATE_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_GIVEN = re.compile(r"\w=\"([^\"]+)\"")
_TAG = re.compile(r"<[^<>]*>")
_SCRIPT_TEXT = re.compile(r"\"([^\"\n]+)\"|`([^`]+)`")
_FILLED_IN = re.compile(r"\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_PLACE = re.compile(r"\{[^{}]*\}|%\([a-z_]+\)[sd]")
_NUMBER = re.compile(r"\d+(?:[ \u00a0]\d{3})*")
_SEVERAL = re.compile(rf"{VARIES}(?: ?{VARIES})+")
_SENTENCE_END = re.compile(r"(?<=[.:?!]) ")


def spoken(words: str) -> str:
    """Words as they are compared: without what varies around them, the last point, and a capital first."""
    said = " ".join(_NUMBER.sub(VARIES, words).split())
    said = _SEVERAL.sub(VARIES, said).strip(AROUND).rstrip(".:").strip(AROUND)
    return said[:1].lower() + said[1:]


@cache
def screen_words() -> frozenset[str]:
    """Each text, and each of its sentences, as `spoken` gives it."""
    texts = [*_of_templates(), *_of_python(), *_of_scripts()]
    sentences = [sentence for text in texts for sentence in _SENTENCE_END.split(" ".join(text.split()))]
    return frozenset(map(spoken, [*texts, *sentences])) - {""}


def _of_templates() -> Iterator[str]:
    for file in _files(["templates"], "*.html", "*.txt"):
        text = _EXPRESSION.sub(VARIES, _COMMENT.sub("", file.read_text(encoding="utf-8")))
        for tag in _TEMPLATE_TAG.findall(text):
            yield from _GIVEN.findall(tag)
        for instead in ("", "<>"):  # the words around a condition belong together, or they do not
            yield from _TAG.split(_TEMPLATE_TAG.sub(instead, text))


def _of_python() -> Iterator[str]:
    for file in _files(APPS, "*.py"):
        if "migrations" in file.parts:
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        docstrings = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                yield "".join(_filled(part) for part in node.values)
            elif (
                isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
            ):
                yield _PLACE.sub(VARIES, node.value)


def _filled(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else VARIES


def _of_scripts() -> Iterator[str]:
    for file in _files(["finsam/static/finsam"], "*.js"):
        for plain, filled in _SCRIPT_TEXT.findall(file.read_text(encoding="utf-8")):
            yield plain or _FILLED_IN.sub(VARIES, filled)


def _files(folders: Iterable[str], *patterns: str) -> Iterator[Path]:
    for folder in folders:
        for pattern in patterns:
            yield from sorted((settings.BASE_DIR / folder).rglob(pattern))
