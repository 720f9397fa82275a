"""Passwords made of words that anybody would try here: those of Finsam, of its work and of the federation."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from members.models import User

WORDS = (
    "finsam",
    "finsamordning",
    "samordningsförbundet",
    "samordningsförbund",
    "förbundschef",
    "förbundet",
    "ordförande",
    "styrelsen",
    "verksamhetsplan",
    "budget",
    "försäkringskassan",
    "arbetsförmedlingen",
    "lösenord",
    "administratör",
)
SHORTEST_REST = 8
"""Signs that are no figures and are left when the words are taken out."""


class ContextWordsValidator:
    """Refuses a password with such a word in it and little else. Elsewhere the words do no harm."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError."""
        typed = plain(password)
        rest = typed
        for word in sorted({plain(each) for each in (*WORDS, *names_of(user))} - {""}, key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != typed and len(rest) < SHORTEST_REST:
            raise ValidationError(self.get_help_text(), code="password_of_context_words")

    def get_help_text(self) -> str:
        return (
            "Lösenordet är nästan bara ord som hör till Finsam eller förbundet, och går att gissa. "
            "Skriv hellre en mening om något annat."
        )


def names_of(user: Any) -> list[str]:
    """What the federations of the user are called."""
    if user is None or user.pk is None:
        return []
    return [role.federation.short_name for role in user.roles.select_related("federation")]


def plain(text: str) -> str:
    """In small letters without figures, spaces and signs, and without the dots of å, ä and ö."""
    return re.sub(r"[\W\d_]", "", text.lower()).translate(str.maketrans("åäö", "aao"))
