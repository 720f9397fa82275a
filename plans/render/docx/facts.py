"""Terms with what is said of each: side by side, or the meaning beneath."""

from plans.document import Fact, Facts
from plans.render.docx.elements import Element
from plans.render.docx.paragraphs import paragraph
from plans.render.docx.words import Look, Place, inline, run


def facts(block: Facts, place: Place) -> list[Element]:
    one = _beside if block.compact else _beneath
    return [made for fact in block.facts for made in one(fact, place)]


def _beside(fact: Fact, place: Place) -> list[Element]:
    term = run(f"{fact.term}\t", Look(bold=True))
    return [paragraph("Fact", term, *inline(fact.description, place))]


def _beneath(fact: Fact, place: Place) -> list[Element]:
    meaning = paragraph("TermMeaning", *inline(fact.description, place))
    return [paragraph("Term", run(fact.term)), meaning]
