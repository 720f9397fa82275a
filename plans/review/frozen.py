"""A version as it is read: what it holds, taken from its content once and kept while it is read often. What
is kept can never be out of date, since a version never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.template.loader import render_to_string

from plans.models import Version, VersionFile
from plans.numbering import places
from plans.render import html
from plans.review.budget_rows import BudgetRows
from plans.review.comparing import Changes, changes
from plans.review.places import Place, Places
from plans.versions.contents import Contents, read

KEPT = 8
"""So many versions each process keeps: a few megabytes each."""
KEPT_CHANGES = 32


@dataclass(frozen=True, eq=False)
class Frozen:
    """A version's contents, with what is shown of them, and the kinds of its files."""

    contents: Contents
    files: tuple[VersionFile.Kind, ...] = ()

    @cached_property
    def places(self) -> Places:
        return Places(self.contents)

    @cached_property
    def budget(self) -> BudgetRows:
        return BudgetRows(self.contents)

    @cached_property
    def _marked(self) -> str:
        """The document as HTML, with a mark after the heading of each place in it."""
        known = places(self.contents.picture.sections)
        marks = {known[each.key].anchor: mark(each) for each in self.places.all if each.kind == "section"}
        return html.render(self.contents.documents["plan"], after=marks)

    @cached_property
    def _linked(self) -> dict[str, str]:
        return {}

    def document(self, shown_at: Mapping[Place, str], comment_address: str = "") -> str:
        """The document as HTML with what is shown after the headings of its places, which is safe HTML; with
        an address also a link there to comment on each."""
        made = self._with_links(comment_address) if comment_address else self._marked
        for place, shown in shown_at.items():
            made = made.replace(mark(place), shown)
        return made

    def _with_links(self, address: str) -> str:
        """Made once for an address: a document has many places."""
        if address not in self._linked:
            made = self._marked
            for place in self.places.all:
                if place.kind == "section":
                    link = render_to_string("plans/review/link.html", {"place": place, "address": address})
                    made = made.replace(mark(place), f'<div class="place">{link}</div>{mark(place)}')
            self._linked[address] = made
        return self._linked[address]


def mark(place: Place) -> str:
    """Where the place is in the document's HTML. No text of a document can hold it, since all is escaped."""
    return f"<!--{place.word}-->"


def frozen(version: Version) -> Frozen:
    """What the version holds. Its `content` need not be read with it."""
    return _frozen(version.pk, version.hash)


def changes_between(before: Version, after: Version) -> Changes:
    """What differs from an earlier version to a later one."""
    return _changes(before.pk, before.hash, after.pk, after.hash)


@lru_cache(maxsize=KEPT)
def _frozen(key: int, version_hash: str) -> Frozen:
    content = Version.objects.values_list("content", flat=True).get(pk=key, hash=version_hash)
    kinds = VersionFile.objects.filter(version=key).values_list("kind", flat=True)
    return Frozen(read(content), tuple(map(VersionFile.Kind, kinds)))


@lru_cache(maxsize=KEPT_CHANGES)
def _changes(before: int, before_hash: str, after: int, after_hash: str) -> Changes:
    return changes(_frozen(before, before_hash).contents.picture, _frozen(after, after_hash).contents.picture)
