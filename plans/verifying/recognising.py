"""Which version a hash belongs to: that of a version, of one of its files, or of its decision."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.timezone import localdate

from plans.models import Decision, DecisionFile, Meeting, Version, VersionEvent, VersionFile
from plans.publishing.reading import facts_of
from plans.publishing.standing import PublicVersion, VersionFacts, announced_on, public_versions
from plans.verifying.frozen import opened

HASH = re.compile(r"[0-9a-f]{64}")
DIGITS = re.compile(r"[0-9a-f]+")
WHOLES: Mapping[str, tuple[str, bool]] = {
    "hash": ("versionen som helhet", False),
    "content_hash": ("versionens innehåll som JSON", True),
    "decision__hash": ("beslutet som helhet", False),
    "decision__content_hash": ("det som antecknats om beslutet", False),
}
"""Fields of a version, what each is the hash of, and whether that holds what only the board is told."""
OF_THE_BOARD = (VersionFile.Kind.BOARD_PDF, VersionFile.Kind.BOARD_DOCX)


@dataclass(frozen=True)
class Adoption:
    """The decision that adopted a version. `superseded_on` is the day of the one that came after, if any."""

    number: int
    on: date
    paragraph: str
    by_members: bool
    superseded_on: date | None

    @property
    def words(self) -> str:
        """2020-11-24 § 45"""
        return f"{self.on} § {self.paragraph}"


@dataclass(frozen=True)
class Recognised:
    """What a hash is of; `what` says it in words. `instead` is the adoption of another version of the same
    plan; `public` what anybody may read now; `was_proposed` when it was public until the decision."""

    federation: str
    plan_year: int
    number: int
    what: str
    of_the_board: bool
    adoption: Adoption | None
    instead: Adoption | None
    public: PublicVersion | None
    was_proposed: bool

    @property
    def is_public(self) -> bool:
        """Whether anybody may know of it: what is adopted is a public document, published here or not. That
        there is another version is nobody's business until it is published, nor what only the board had."""
        is_proposal = self.public is not None or self.was_proposed
        return self.adoption is not None or (is_proposal and not self.of_the_board)


def hash_in(text: str) -> str:
    """The hash that somebody has pasted: with capitals or spaces in it, or the file's name after it, as the
    tools that compute one write. Raises ValueError with a Swedish sentence."""
    parts = text.lower().split()
    for candidate in ("".join(parts), *parts[:1]):
        if HASH.fullmatch(candidate):
            return candidate
    if not parts:
        raise ValueError("Välj en fil, eller klistra in en kontrollsumma.")
    digits = "".join(parts)
    if DIGITS.fullmatch(digits):
        raise ValueError(
            f"Kontrollsumman har {len(digits)} tecken och ska ha 64. Räkna den med SHA-256, och ta med hela."
        )
    raise ValueError("En kontrollsumma är 64 tecken: siffror och bokstäverna a till f.")


def recognised(wanted: str, slug: str = "") -> Recognised | None:
    """What has this hash (64 digits), in one federation or in any; what is adopted before what is not."""
    what = dict(_holders(wanted))
    versions = Version.objects.filter(pk__in=what).select_related("federation").defer("content")
    if slug:
        versions = versions.filter(federation__slug=slug)
    version = versions.order_by(F("decision").asc(nulls_last=True), "pk").first()
    return _told(version, *what[version.pk]) if version else None


def _holders(wanted: str) -> Iterator[tuple[int, tuple[str, bool]]]:
    """Versions with this hash somewhere: the key, what it is of, and whether that is only the board's."""
    for field, told in WHOLES.items():
        for pk in Version.objects.filter(**{field: wanted}).values_list("pk", flat=True):
            yield pk, told
    for file in VersionFile.objects.filter(hash=wanted).defer("content"):
        of_the_board = file.kind in OF_THE_BOARD
        sent = "" if of_the_board else ", så som den skickades"  # what was adopted says so on its pages
        yield file.version_id, (f"{file.get_kind_display()}{sent}", of_the_board)
    files = DecisionFile.objects.filter(hash=wanted).defer("content").select_related("decision")
    for each in files.defer("content", "decision__content"):
        yield each.decision.version_id, (each.get_kind_display(), False)


def _told(version: Version, what: str, of_the_board: bool) -> Recognised:
    found = Decision.objects.filter(plan=version.plan_id).select_related("version").defer("version__content")
    decision = found.first()
    adoption = _adoption(decision) if decision else None
    is_adopted = decision is not None and decision.version_id == version.pk
    facts = facts_of(plan=version.plan_id)
    public = (each for each in public_versions(facts, localdate()) if each.facts.key == version.pk)
    return Recognised(
        federation=version.federation.name,
        plan_year=version.plan_year,
        number=version.number,
        what=what,
        of_the_board=of_the_board,
        adoption=adoption if is_adopted else None,
        instead=None if is_adopted else adoption,
        public=next(public, None),
        was_proposed=adoption is not None and _was_proposed(version.pk, facts),
    )


def _was_proposed(key: int, facts: Sequence[VersionFacts]) -> bool:
    """Of a version that was published before its plan was decided, and is not withdrawn."""
    own = next(each for each in facts if each.key == key)
    announced = announced_on(own, facts)
    return own.published is not None and announced is not None and announced <= localdate()


def _adoption(decision: Decision) -> Adoption:
    events = VersionEvent.objects.filter(version=decision.version_id, kind=VersionEvent.Kind.SUPERSEDED)
    return Adoption(
        number=decision.version.number,
        on=decision.decided_on,
        paragraph=decision.paragraph,
        by_members=_is_by_members(decision.content),
        superseded_on=events.order_by("on").values_list("on", flat=True).first(),
    )


def _is_by_members(content: str) -> bool:
    """Of what was recorded of a decision; not so when it cannot be read."""
    data, _ = opened(content, json.loads)
    return isinstance(data, dict) and data.get("decided_by") == Meeting.DecidedBy.MEMBERS
