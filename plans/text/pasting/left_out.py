"""What a paste has that a text of the plan does not, told afterwards in sentences. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from finsam.swedish import listed
from plans.figures.wording import count_in_words

MOST_NAMED = 5
"""So many pictures are named; of more, the number is enough."""


@dataclass(frozen=True)
class RefusedPicture:
    """A picture that did not come along. `place` follows the word for it: " i avsnittet ”Mål”", or empty;
    `why` is a Swedish sentence."""

    alternative_text: str
    why: str
    place: str = ""


@dataclass
class LeftOut:
    """Collects while a paste is read. `pictures` are their alternative texts, where they have one."""

    pictures: list[str] = field(default_factory=list)
    embedded: int = 0
    comments: int = 0
    struck: int = 0
    hidden: int = 0
    restarted: list[str] = field(default_factory=list)
    """The first numbers of lists that did not begin from the beginning."""

    def sentences(self) -> tuple[str, ...]:
        """One for each kind of thing, in Swedish."""
        said = []
        if self.pictures:
            advice = f"Dra in {'bildfilen' if len(self.pictures) == 1 else 'bildfilerna'} eller välj Bild."
            said.append(_without(self.pictures, "", advice))
        if self.embedded:
            said.append("Inbäddat innehåll, som film eller formulär, följde inte med.")
        if self.comments:
            said.append("Kommentarer i marginalen följde inte med.")
        if self.struck:
            said.append("Struken text följde inte med.")
        if self.hidden:
            said.append("Dold text följde inte med.")
        if self.restarted:
            starts = listed(list(dict.fromkeys(self.restarted)))
            said.append(f"En numrerad lista som började på {starts} börjar nu om från början.")
        return tuple(said)


def refusals(pictures: Iterable[RefusedPicture]) -> list[str]:
    """One sentence for those that stood in the same place and are refused for the same reason."""
    alike: dict[tuple[str, str], list[str]] = {}
    for each in pictures:
        alike.setdefault((each.place, each.why), []).append(each.alternative_text)
    return [_without(names, place, why) for (place, why), names in alike.items()]


def _without(alternative_texts: list[str], place: str, more: str) -> str:
    names = [f"”{name}”" for name in alternative_texts if name]
    named = f" ({listed(names)})" if names and len(names) <= MOST_NAMED else ""
    if len(alternative_texts) == 1:
        return f"En bild{place}{named} följde inte med. {more}"
    number = count_in_words(len(alternative_texts), "words").capitalize()
    return f"{number} bilder{place}{named} följde inte med. {more}"
