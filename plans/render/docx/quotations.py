"""Words of others: set in, with who said them beneath."""

from plans.document import Quotation
from plans.render.docx.elements import Element
from plans.render.docx.paragraphs import paragraph
from plans.render.docx.words import Place, inline, run


def quotation(block: Quotation, place: Place, before: float | None = None) -> list[Element]:
    """`before` is space above the whole, in points, beside what is usual."""
    source = [paragraph("QuoteSource", run(block.source))] if block.source else []
    said = block.paragraphs
    return [
        *(
            paragraph(
                "Quote",
                *inline(spans, place),
                keep_next=bool(source) or number < len(said) - 1,
                before=None if number else before,
            )
            for number, spans in enumerate(said)
        ),
        *source,
    ]
