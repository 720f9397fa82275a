"""The pictures that come with a paste or a file, on their way into a plan's texts."""

from collections.abc import Mapping
from dataclasses import dataclass

from members.models import Federation
from plans.illustrations import UnusablePictureError, store_illustration
from plans.models import Illustration
from plans.text.pasting import Pasted
from plans.text.pasting.left_out import RefusedPicture, refusals
from plans.text.pasting.pictures import names_in, with_keys

UNKNOWN = "Den finns inte i förbundets planer."


@dataclass(frozen=True)
class Stored:
    """By the marks that a text names pictures by: the keys of those that are stored, and why the others are
    not, as Swedish sentences."""

    keys: Mapping[str, str]
    refused: Mapping[str, str]


def stored(federation: Federation, contents: Mapping[str, bytes]) -> Stored:
    """The pictures re-encoded and stored, each once."""
    keys: dict[str, str] = {}
    refused: dict[str, str] = {}
    for mark, content in contents.items():
        try:
            keys[mark] = store_illustration(federation, content).key
        except UnusablePictureError as error:
            refused[mark] = str(error)
    return Stored(keys, refused)


def with_stored_pictures(federation: Federation, pasted: Pasted) -> Pasted:
    """The paste with its pictures stored; what is refused is told with the reason. A picture that is only
    named must be one of the federation's."""
    found = stored(federation, {each.mark: each.content for each in pasted.pictures})
    named = set(names_in(pasted.html)) - {each.mark for each in pasted.pictures}
    known = set(
        Illustration.objects.filter(federation=federation, key__in=named).values_list("key", flat=True)
    )
    said = [
        RefusedPicture(each.alternative_text, found.refused[each.mark])
        for each in pasted.pictures
        if each.mark in found.refused
    ]
    said += [RefusedPicture("", UNKNOWN)] * len(named - known)
    keys = {**found.keys, **{key: key for key in known}}
    html = with_keys(pasted.html, lambda name: keys.get(name, ""))
    return Pasted(html, (*pasted.left_out, *refusals(said)))
