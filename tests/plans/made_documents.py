"""Documents made by hand and by hypothesis, for the tests of what renders them. They need no database.

`every_block` holds each kind of block, and values that are odd but may occur; `with_body` puts blocks in a
document; `plan_of` makes a plan of about so many pages; `documents` are documents of any shape.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from hypothesis import strategies as st

from budgets.charts.shapes import Path, Picture, Rect, Text
from plans.document import (
    Block,
    BulletList,
    Cell,
    Contents,
    Document,
    Fact,
    Facts,
    Figure,
    Footnotes,
    Heading,
    Item,
    PageBreak,
    Paragraph,
    Quotation,
    RowKind,
    Signature,
    Signatures,
    Span,
    Spans,
    Table,
    TableColumn,
    TableRow,
    TitlePage,
)

MADE_AT = datetime(2021, 11, 2, 13, 10, tzinfo=UTC)
PROSE = (
    "Samordningsförbundet stödjer samverkan mellan parterna och finansierar insatser för människor som "
    "behöver stöd från flera myndigheter samtidigt. Målgruppen är i yrkesverksam ålder, och insatserna ska "
    "bidra till att den enskilde uppnår eller förbättrar sin förmåga att utföra förvärvsarbete."
)
TITLE_PAGE = TitlePage(
    federation="FinsamGotland",
    title="Verksamhetsplan 2021",
    subtitle="Med budget 2021 och ekonomisk plan 2022–2023",
    state="Utkast 2021-11-02 14.10",
    members=("Försäkringskassan", "Arbetsförmedlingen", "Region Gotland"),
    diary_number="2021/12",
    organisation_number="222000-2238",
    quotation=Quotation((says("Vi gör det tillsammans, eller så blir det inte gjort."),), "En deltagare")
    if False
    else None,
)


def says(text: str, bold: bool = False, italic: bool = False, target: str = "") -> Spans:
    """One span, as blocks want it."""
    return (Span(text, bold=bold, italic=italic, target=target),)
