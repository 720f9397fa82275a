"""Keeps a picture in the database, with all else that one backup holds (ADR 25)."""

from finsam.pictures.reencoding import Encoded, reencoded
from members.models import Federation
from plans.models import Illustration


def store_illustration(federation: Federation, content: bytes) -> Illustration:
    """The picture of a file, re-encoded and stored. The same picture again is the same row. Raises
    UnusablePictureError."""
    return store_encoded(federation, reencoded(content))


def store_encoded(federation: Federation, encoded: Encoded) -> Illustration:
    """The same for a picture that is re-encoded already."""
    stored, _ = Illustration.objects.get_or_create(
        federation=federation,
        key=encoded.key,
        defaults={
            "content": encoded.content,
            "media_type": encoded.media_type,
            "width": encoded.width,
            "height": encoded.height,
        },
    )
    return stored
