"""A version as it is read: what it holds, taken from its content once and kept while it is read often. What
is kept can never be out of date, since a version never changes."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from plans.models import Version
from plans.numbering import places
from plans.render import html
from plans.review.budget_rows import BudgetRows
from plans.review.comparing import Changes, changes
from plans.review.places import Place, Places
from plans.versions.contents import Contents, read

KEPT = 8
"""So many versions each process keeps: a few megabytes each."""
KEPT_CHANGES = 32
MARK = "<!--{}-->"
"""Where a place is in the document's HTML. No text of a document can hold it, since all text is escaped."""


@dataclass(frozen=True)
class Piece:
    """A part of the document as HTML, and the place that its last heading is of; None for what comes last."""

    html: str
    place: Place | None


@dataclass(frozen=True, eq=False)
class Frozen:
    """A version's contents, with what is shown of them."""

    contents: Contents

    @cached_property
    def places(self) -> Places:
        return Places(self.contents)

    @cached_property
    def budget(self) -> BudgetRows:
        return BudgetRows(self.contents)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The document, cut after the heading of each place in it."""
        known = places(self.contents.picture.sections)
        by_anchor = {known[each.key].anchor: each for each in self.places.all if each.kind == "section"}
        document = self.contents.documents["plan"]
        rest = html.render(document, after={anchor: MARK.format(anchor) for anchor in by_anchor})
        pieces: list[Piece] = []
        for heading in document.headings():
            if heading.anchor in by_anchor:
                before, _, rest = rest.partition(MARK.format(heading.anchor))
                pieces.append(Piece(before, by_anchor[heading.anchor]))
        return (*pieces, Piece(rest, None))


def frozen(version: Version) -> Frozen:
    """What the version holds. Its `content` need not be read with it."""
    return _frozen(version.pk, version.hash)


def changes_between(before: Version, after: Version) -> Changes:
    """What differs from an earlier version to a later one."""
    return _changes(before.pk, before.hash, after.pk, after.hash)


@lru_cache(maxsize=KEPT)
def _frozen(key: int, version_hash: str) -> Frozen:
    return Frozen(read(Version.objects.values_list("content", flat=True).get(pk=key, hash=version_hash)))


@lru_cache(maxsize=KEPT_CHANGES)
def _changes(before: int, before_hash: str, after: int, after_hash: str) -> Changes:
    return changes(_frozen(before, before_hash).contents.picture, _frozen(after, after_hash).contents.picture)
