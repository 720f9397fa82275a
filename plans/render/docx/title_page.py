"""The first page: whose document it is, what it is, and in which state."""

from plans.document import TitlePage
from plans.render.docx.elements import Element
from plans.render.docx.paragraphs import paragraph
from plans.render.docx.quotations import quotation
from plans.render.docx.words import Place, run

QUOTATION_BEFORE, NUMBERS_BEFORE = 32.0, 15.0
"""Space above them, in points."""


def title_page(page: TitlePage, place: Place) -> list[Element]:
    """Its paragraphs; what the page does not say has none."""
    lines = (
        ("TitleFederation", page.federation),
        ("Title", page.title),
        ("Subtitle", page.subtitle),
        ("TitleState", page.state),
    )
    made = [paragraph(style, run(text)) for style, text in lines if text]
    if page.quotation:
        made += quotation(page.quotation, place, QUOTATION_BEFORE)
    if page.members:
        made.append(paragraph("TitleLabel", run("Medlemmar")))
        made += [paragraph("TitleText", run(member)) for member in page.members]
    numbers = (("Organisationsnummer", page.organisation_number), ("Diarienummer", page.diary_number))
    said = [run(f"{name} {number}") for name, number in numbers if number]
    made += [
        paragraph("TitleText", words, before=None if at else NUMBERS_BEFORE) for at, words in enumerate(said)
    ]
    return made
