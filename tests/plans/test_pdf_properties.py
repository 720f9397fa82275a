"""Whatever the document, its PDF meets both standards, has all its words, and the same bytes again."""

import re
from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, given, settings

from plans.document import Document, Paragraph, Table
from plans.render.pdf import render
from tests.plans.made_documents import documents
from tests.services import pdf


def letters(text: str) -> str:
    """What must be found again: everything but spaces and soft hyphens."""
    return re.sub(r"[\s\u00ad\u202f]+", "", text)


def words(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from (span.text for span in block.spans)
        elif isinstance(block, Table):
            cells = (cell for row in (*block.head, *block.rows) for cell in row.cells)
            yield from (span.text for cell in cells for span in cell.spans)
    yield from (heading.full for heading in document.headings())


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to make a failing document smaller takes minutes
)
@given(documents)
def test_any_document_is_whole_and_conforms(document):
    data = render(document)
    pdf.check(data)
    found = letters(pdf.text(data))
    for text in words(document):
        assert letters(text) in found
    assert render(document) == data
