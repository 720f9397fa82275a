"""What a paste has that a text of the plan does not, told afterwards in sentences. Pure."""

from dataclasses import dataclass, field

from finsam.swedish import listed
from plans.figures.wording import count_in_words

MOST_NAMED = 5
"""So many pictures are named; of more, the number is enough."""


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
            said.append(self._pictures())
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

    def _pictures(self) -> str:
        names = [f"”{name}”" for name in self.pictures if name]
        named = f" ({listed(names)})" if names and len(names) <= MOST_NAMED else ""
        if len(self.pictures) == 1:
            return f"En bild{named} följde inte med."
        return f"{count_in_words(len(self.pictures), 'words').capitalize()} bilder{named} följde inte med."
