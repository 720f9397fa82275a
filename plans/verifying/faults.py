"""What can be wrong with what is frozen. Pure."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """The kinds of faults, as they are said."""

    FILE = "filen är ändrad efter att den frystes"
    CONTENT = "innehållet är ändrat"
    ROW = "uppgifterna i databasen stämmer inte med det som är fryst"
    CHAIN = "kedjan är bruten"
    DECISION = "beslutet är ändrat"
    SAYING = "filen säger något annat än innehållet"
    UNREADABLE = "går inte att läsa eller göra om"
    LIBRARY = "ett bibliotek är ändrat"


@dataclass(frozen=True)
class Fault:
    """Something that differs. `about` is a file in words, or empty; `detail` is in Swedish sentences."""

    kind: Kind
    detail: str
    about: str = ""

    @property
    def is_remark(self) -> bool:
        """Whether all that is frozen is as it was: only what would be made of it today differs, and says the
        same."""
        return self.kind is Kind.LIBRARY

    @property
    def sentence(self) -> str:
        """planen som PDF: filen är ändrad efter att den frystes. …"""
        about = f"{self.about}: " if self.about else ""
        return f"{about}{self.kind.value}. {self.detail}"


@dataclass(frozen=True)
class Judged:
    """What was found of something, and how many files were made again to the same bytes."""

    faults: tuple[Fault, ...]
    same_files: int

    def __add__(self, other: "Judged") -> "Judged":
        return Judged((*self.faults, *other.faults), self.same_files + other.same_files)
