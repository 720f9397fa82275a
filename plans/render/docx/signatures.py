"""Lines to sign on: two beside each other, the name and what the person is beneath."""

from plans.document import Signature, Signatures
from plans.render.docx.elements import Element, w
from plans.render.docx.look import TEXT_WIDTH, twips
from plans.render.docx.paragraphs import paragraph
from plans.render.docx.words import run

ABREAST = 2


def signatures(block: Signatures) -> list[Element]:
    place_and_date = [paragraph("PlaceAndDate", run("Ort och datum"))] if block.place_and_date else []
    if not block.lines:
        return place_and_date
    width = twips(TEXT_WIDTH / ABREAST)
    rows = (block.lines[at : at + ABREAST] for at in range(0, len(block.lines), ABREAST))
    table = w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val="SignatureTable"),
            w("tblW", w=width * ABREAST, type="dxa"),
            w("tblLayout", type="fixed"),
            w(
                "tblLook",
                val="0600",
                firstRow=0,
                lastRow=0,
                firstColumn=0,
                lastColumn=0,
                noHBand=1,
                noVBand=1,
            ),
            w("tblCaption", val="Underskrifter"),
            w("tblDescription", val="Rader att skriva under på, med namn och uppdrag."),
        ),
        w("tblGrid", *(w("gridCol", w=width) for _ in range(ABREAST))),
        *(_row(row, width) for row in rows),
    )
    return [*place_and_date, table]


def _row(lines: tuple[Signature, ...], width: int) -> Element:
    cells = [_cell(line, width) for line in lines]
    cells += [_cell(None, width) for _ in range(ABREAST - len(lines))]
    return w("tr", w("trPr", w("cantSplit")), *cells)


def _cell(line: Signature | None, width: int) -> Element:
    properties = w("tcPr", w("tcW", w=width, type="dxa"))
    if line is None:
        return w("tc", properties, paragraph("Normal"))
    name = paragraph("SignatureLine", run(line.name))
    return w("tc", properties, name, paragraph("SignaturePost", run(line.post)))
