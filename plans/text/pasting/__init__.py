"""What somebody pastes from another program or a page, in the small vocabulary. Pure."""

from dataclasses import dataclass

from plans.text.pasting.clipboard import PasteTooLongError, pasted_tree
from plans.text.pasting.flow import blocks_of
from plans.text.pasting.left_out import LeftOut
from plans.text.pasting.notes import take_up_notes
from plans.text.pasting.pictures import PastedPicture, PicturesFound
from plans.text.pasting.writing import written
from plans.text.sanitising import sanitised

__all__ = ["PasteTooLongError", "Pasted", "PastedPicture", "cleaned"]


@dataclass(frozen=True)
class Pasted:
    """`html` of the small vocabulary, a block on each line; `left_out` says in Swedish sentences what did not
    come along, and what changed on the way. The html names `pictures` by marks: see pictures.with_keys."""

    html: str
    left_out: tuple[str, ...] = ()
    pictures: tuple[PastedPicture, ...] = ()


def cleaned(html: str) -> Pasted:
    """The text of a paste with its paragraphs, lists, tables, pictures, emphasis, links and footnotes. Every
    word is kept, once and in order, but those of comments, of struck or hidden text and of embedded things.
    What is clean comes back as it was. Raises PasteTooLongError."""
    left_out, pictures = LeftOut(), PicturesFound()
    tree = pasted_tree(pictures.without_data(html), left_out)
    take_up_notes(tree)
    text = sanitised(written(blocks_of(tree, left_out, pictures)))
    sentences = (*left_out.sentences(), *pictures.sentences())
    return Pasted(text, sentences, tuple(pictures.taken))
