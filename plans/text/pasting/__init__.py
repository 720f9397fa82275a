"""What somebody pastes from another program or a page, in the small vocabulary. Pure."""

from dataclasses import dataclass

from plans.text.pasting.clipboard import PasteTooLongError, pasted_tree
from plans.text.pasting.flow import blocks_of
from plans.text.pasting.left_out import LeftOut
from plans.text.pasting.notes import take_up_notes
from plans.text.pasting.writing import written
from plans.text.sanitising import sanitised

__all__ = ["PasteTooLongError", "Pasted", "cleaned"]


@dataclass(frozen=True)
class Pasted:
    """`html` of the small vocabulary, a block on each line; `left_out` says in Swedish sentences what did not
    come along, and what changed on the way."""

    html: str
    left_out: tuple[str, ...] = ()


def cleaned(html: str) -> Pasted:
    """The text of a paste with its paragraphs, lists, tables, emphasis, links and footnotes. Every word is
    kept, once and in order, but those of comments, of struck or hidden text and of embedded things. What is
    clean comes back as it was. Raises PasteTooLongError."""
    left_out = LeftOut()
    tree = pasted_tree(html, left_out)
    take_up_notes(tree)
    return Pasted(sanitised(written(blocks_of(tree, left_out))), left_out.sentences())
