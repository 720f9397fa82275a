"""What a public version holds, for everybody: the frozen documents, under public addresses."""

from dataclasses import replace

from django.urls import reverse

from plans.document import Block, Document, Illustration
from plans.models import Version
from plans.publishing.standing import PublicVersion, VersionFacts
from plans.publishing.unsigned import unsigned
from plans.review.frozen import Frozen
from plans.review.frozen import frozen as read_frozen


def frozen(version: VersionFacts) -> Frozen:
    """The version's contents."""
    return read_frozen(Version(pk=version.key, hash=version.hash))


def public_document(public: PublicVersion, kind: str = "plan") -> Document:
    """One of the frozen documents (`plan`, `budget`), which says as what it is public and not who explained
    its findings, and whose pictures are fetched where anybody may fetch them."""
    contents = frozen(public.facts).contents
    document = contents.documents[kind]
    explanations = [each.explanation for each in contents.findings if each.explanation]
    blocks = (unsigned(_with_public_address(block, public), explanations) for block in document.blocks)
    return replace(
        document,
        title_page=replace(document.title_page, state=public.state),
        blocks=tuple(blocks),
        is_draft=False,
    )


def _with_public_address(block: Block, public: PublicVersion) -> Block:
    if not isinstance(block, Illustration):
        return block
    return replace(block, address=address_of(public, "public_picture", key=block.key))


def picture_of(public: PublicVersion, key: str) -> Illustration | None:
    """A picture of the plan's text, with its content."""
    blocks = frozen(public.facts).contents.documents["plan"].blocks
    pictures = (block for block in blocks if isinstance(block, Illustration))
    return next((each for each in pictures if each.key == key and each.content), None)


def address_of(public: PublicVersion, name: str, /, **more: object) -> str:
    """One of the version's own addresses, which stay the same whatever is published later."""
    facts = public.facts
    of_version = {"federation": facts.federation, "plan_year": facts.plan_year, "number": facts.number}
    return reverse(name, kwargs={**of_version, **more})
