"""The contents as Word makes them: a field over the headings, filled with links from the start.

Only the program that sets the pages knows their numbers: Word, when one updates the table (its own button
stands above it) or prints with fields updated. A file may ask for that on opening (updateFields, dirty),
but then Word asks the reader each time whether "fields that may refer to other files" should be updated.
So ours does not ask, and shows no number rather than a wrong one.
"""

from plans.document import Contents, Document, Heading
from plans.render.docx.bookmarks import Bookmarks
from plans.render.docx.elements import Element, element, w
from plans.render.docx.paragraphs import paragraph
from plans.render.docx.words import field, run


def contents(block: Contents, document: Document, bookmarks: Bookmarks) -> Element:
    """The contents in the frame by which Word knows them."""
    listed = [
        heading for heading in document.headings() if heading.in_contents and heading.level <= block.deepest
    ]
    entries = [_entry(heading, bookmarks) for heading in listed] or [paragraph("TOC1")]
    begin = _field_begin(f'TOC \\o "1-{block.deepest}" \\h \\z')
    entries[0][1:1] = begin
    entries[-1].append(w("r", w("fldChar", fldCharType="end")))
    heading = [paragraph("TOCHeading", run(block.heading))] if block.heading else []
    return w(
        "sdt",
        w(
            "sdtPr",
            w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique")),
        ),
        w("sdtContent", *heading, *entries),
    )


def _field_begin(instruction: str) -> list[Element]:
    code = element("w:instrText", {"xml:space": "preserve"})
    code.text = f" {instruction} "
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", code),
        w("r", w("fldChar", fldCharType="separate")),
    ]


def _entry(heading: Heading, bookmarks: Bookmarks) -> Element:
    name = bookmarks.name(heading.anchor)
    words = [run(heading.full)]
    if not name:
        return paragraph(f"TOC{heading.level}", *words)
    page = field(f"PAGEREF {name} \\h", "")
    link = w("hyperlink", *words, run("\t"), *page, anchor=name, history=1)
    return paragraph(f"TOC{heading.level}", link)
