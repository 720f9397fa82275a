"""The logotype of a federation that is taken in."""

from finsam.pictures.reencoding import Encoded, UnusablePictureError, as_stored, reencoded
from members.models import Federation, Logotype
from plans.backup.archive import BackupError


def store_logotype(federation: Federation, content: bytes) -> None:
    """Raises BackupError when it is no picture."""
    try:
        encoded = _encoded(content)
    except UnusablePictureError as error:
        raise BackupError(f"Logotypen: {error}") from None
    Logotype.objects.create(federation=federation, content=encoded.content, media_type=encoded.media_type)


def _encoded(content: bytes) -> Encoded:
    """As it is, unless it is from before logotypes were written anew."""
    try:
        return as_stored(content)
    except UnusablePictureError:
        return reencoded(content)
