"""The pictures of a federation's texts as files beside its plans: bilder/NYCKEL.jpg or .png."""

from collections.abc import Iterator
from pathlib import Path

from django.db.models import Model

from finsam.json_input import UnreadableError
from finsam.pictures.reencoding import UnusablePictureError, as_stored
from members.models import Federation
from plans.illustrations.storing import store_encoded
from plans.models import Area, Goal, Illustration, Section, TargetGroup, Term
from plans.text.illustrations import illustrations_in

FOLDER = "bilder"
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png"}
TEXTS: tuple[tuple[type[Model], str], ...] = (
    (Section, "text"),
    (Area, "description"),
    (TargetGroup, "description"),
    (Goal, "explanation"),
    (Term, "explanation"),
)
"""Where a plan has texts that may show a picture."""


def illustration_files(federation: Federation) -> Iterator[tuple[str, bytes]]:
    """The name and content of each picture that some text shows."""
    for each in Illustration.objects.filter(federation=federation, key__in=_shown(federation)):
        yield f"{FOLDER}/{each.key}{SUFFIXES[each.media_type]}", bytes(each.content)


def _shown(federation: Federation) -> set[str]:
    return {
        named.key
        for model, field in TEXTS
        for text in model._default_manager.filter(
            **{"plan__federation": federation, f"{field}__contains": "<img"}
        ).values_list(field, flat=True)
        for named in illustrations_in(text)
    }


def illustration_paths(folder: Path) -> list[Path]:
    """The files of pictures in a federation's folder."""
    return sorted(path for suffix in SUFFIXES.values() for path in (folder / FOLDER).glob(f"*{suffix}"))


def load_illustration(name: str, content: bytes, federation: Federation) -> None:
    """Stores a picture that `illustration_files` wrote, as it is. Raises UnreadableError for any other."""
    try:
        encoded = as_stored(content)
    except UnusablePictureError as error:
        raise UnreadableError("", str(error)) from None
    if name != (wanted := f"{encoded.key}{SUFFIXES[encoded.media_type]}"):
        raise UnreadableError("", f"Bilden är ändrad eller omdöpt: efter sitt innehåll heter den {wanted}.")
    store_encoded(federation, encoded)
