"""A version as it is read: what it holds, taken from its content once and kept while it is read often. What
is kept can never be out of date, since a version never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.template.loader import render_to_string

from finsam.asked_again import never_changing
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
MARK = "<!--plats-->"
"""Before and after the word of a place in the document's HTML. No text of a document can hold it: all of it
is escaped."""


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
    def _parts(self) -> list[tuple[Place | None, bytes]]:
        """The document as HTML, parted after the headings of its places: each place with what follows it."""
        known = places(self.contents.picture.sections)
        by_word = {each.word: each for each in self.places.all if each.kind == "section"}
        marks = {known[each.key].anchor: MARK + each.word + MARK for each in by_word.values()}
        first, *rest = html.render(self.contents.documents["plan"], after=marks).split(MARK)
        following = zip(rest[::2], rest[1::2], strict=True)
        return [(None, first.encode()), *((by_word[word], part.encode()) for word, part in following)]

    @cached_property
    def _links(self) -> dict[str, dict[str, bytes]]:
        return {}

    def document(self, shown_at: Mapping[str, str], comment_address: str = "") -> list[bytes]:
        """The parts of the document as HTML, with what is shown after the headings of its places (safe HTML,
        by the words of the places); with an address also a link there to comment on each."""
        links = self._links_to(comment_address) if comment_address else {}
        made: list[bytes] = []
        for place, part in self._parts:
            if place:
                made += [links.get(place.word, b""), shown_at.get(place.word, "").encode()]
            made.append(part)
        return made

    def _links_to(self, address: str) -> dict[str, bytes]:
        """The link at each place, by its word. Made once for an address: a document has many places."""
        if address not in self._links:
            self._links[address] = {
                place.word: _link(place, address).encode() for place, _ in self._parts if place
            }
        return self._links[address]


def _link(place: Place, address: str) -> str:
    return render_to_string("plans/review/link_at.html", {"place": place, "address": address})


def frozen(version: Version) -> Frozen:
    """What the version holds. Its `content` need not be read with it."""
    return _frozen(version.pk, version.hash)


def changes_between(before: Version, after: Version) -> Changes:
    """What differs from an earlier version to a later one."""
    return _changes(before.pk, before.hash, after.pk, after.hash)


@lru_cache(maxsize=KEPT)
def _frozen(key: int, version_hash: str) -> Frozen:
    with never_changing():
        content = Version.objects.values_list("content", flat=True).get(pk=key, hash=version_hash)
        kinds = tuple(VersionFile.objects.filter(version=key).values_list("kind", flat=True))
    return Frozen(read(content), tuple(map(VersionFile.Kind, kinds)))


@lru_cache(maxsize=KEPT_CHANGES)
def _changes(before: int, before_hash: str, after: int, after_hash: str) -> Changes:
    return changes(_frozen(before, before_hash).contents.picture, _frozen(after, after_hash).contents.picture)
