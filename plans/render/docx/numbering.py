"""Lists of Word: one definition of bullets and one of numbers; each ordered list counts on its own."""

from plans.document import BulletList
from plans.render.docx.elements import Element, w
from plans.render.docx.look import twips
from plans.render.docx.paragraphs import paragraph
from plans.render.docx.styles import BULLETS, DEEPEST_LIST, NUMBERS
from plans.render.docx.words import Place, inline

LEVELS = 9
"""As deep as Word can number; deeper lists stay at the last."""
BULLET_SIGNS = ("•", "–")
NUMBER_FORMS = (("decimal", "%{}."), ("lowerLetter", "%{})"), ("lowerRoman", "%{}."))
STEP, HANGING = 18.0, 16.0
"""In points."""


class Numbering:
    """The lists of one document."""

    def __init__(self) -> None:
        self._lists = [_list(BULLETS), _list(NUMBERS)]

    def items(self, block: BulletList, place: Place, level: int = 0) -> list[Element]:
        """The paragraphs of a list and of the lists beneath its items."""
        at = min(level, LEVELS - 1)
        number = self._counting(at) if block.ordered else BULLETS
        style = _style("Number" if block.ordered else "Bullet", min(level, DEEPEST_LIST - 1))
        made: list[Element] = []
        for item in block.items:
            made.append(paragraph(style, *inline(item.spans, place), number=(number, at)))
            for beneath in item.lists:
                made += self.items(beneath, place, level + 1)
        return made

    def element(self) -> Element:
        """The whole numbering part."""
        return w("numbering", _definition(BULLETS), _definition(NUMBERS), *self._lists)

    def _counting(self, level: int) -> int:
        """A list that counts from one at the level."""
        number = len(self._lists) + 1
        self._lists.append(_list(NUMBERS, number, level))
        return number


def _list(definition: int, number: int | None = None, restart: int | None = None) -> Element:
    made = w("num", w("abstractNumId", val=definition), numId=number or definition)
    if restart is not None:
        made.append(w("lvlOverride", w("startOverride", val=1), ilvl=restart))
    return made


def _definition(kind: int) -> Element:
    levels = (_level(kind, level) for level in range(LEVELS))
    return w("abstractNum", w("multiLevelType", val="multilevel"), *levels, abstractNumId=kind)


def _level(kind: int, level: int) -> Element:
    if kind == BULLETS:
        form, text = "bullet", BULLET_SIGNS[level % len(BULLET_SIGNS)]
    else:
        form, pattern = NUMBER_FORMS[level % len(NUMBER_FORMS)]
        text = pattern.format(level + 1)
    style = _style("Bullet" if kind == BULLETS else "Number", level)
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=form),
        *([w("pStyle", val=style)] if level < DEEPEST_LIST else []),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=twips(STEP * (level + 1)), hanging=twips(HANGING))),
        ilvl=level,
    )


def _style(kind: str, level: int) -> str:
    return f"List{kind}{level + 1 if level else ''}"
