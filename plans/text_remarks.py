"""What a writer should know of a section's text: signs that the PDF cannot print, amounts typed by hand."""

from dataclasses import dataclass

from plans.figures.passages import plain_text
from plans.figures.typed import Offer, remarks
from plans.picture import PlanPicture
from plans.render.pdf.printable import UnprintableError, printable
from plans.text.illustrations import illustrations_in


@dataclass(frozen=True)
class Remark:
    """`text` is what it is about, `before` the words that stand before it; `offers` are live figures to put
    in its place, the best first."""

    said: str
    text: str = ""
    before: str = ""
    offers: tuple[Offer, ...] = ()


def text_remarks(html: str, heading: str, plan: PlanPicture) -> list[Remark]:
    """The remarks on a stored text, in its order; what stops the printing first."""
    found = []
    try:
        printed = plain_text(html, with_live=True)
        printable(printed + "".join(each.caption for each in illustrations_in(html)))
    except UnprintableError as error:
        found.append(Remark(str(error), error.sign))
    return [
        *found,
        *(
            Remark(each.sentence, each.text, each.before, each.offers)
            for each in remarks(html, plan, heading)
        ),
    ]
