"""The words by which the budgets of samordningsförbund are recognised, gathered from published ones
(fixtures/). Pure.

A guess only: whoever reads a table in sees it and may change it.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

Found = re.Pattern[str]


def _words(pattern: str) -> Found:
    return re.compile(pattern, re.IGNORECASE)


def plain_name(text: str) -> str:
    """A name for comparing: in lower case, one space between words, no formatting signs."""
    text = unicodedata.normalize("NFC", text).translate({0xA0: " ", 0x202F: " ", 0xAD: None, 0x200B: None})
    return " ".join(text.split()).strip(" :.*").casefold()


def same_place(text: str) -> str:
    """A name as it is kept: one space between words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


# -- heads -------------------------------------------------------------------------------------------

KIND_WORDS: tuple[tuple[str, Found], ...] = (
    ("outcome", _words(r"utfall|bokslut|redovisning|\butf\b")),
    ("revised", _words(r"revider|\brev\b|ändrad budget")),
    ("forecast", _words(r"prognos|\bprog\b")),
    ("budget", _words(r"budget")),
    ("plan", _words(r"\bplan|flerårs")),
)
UNITS: tuple[tuple[str, Found], ...] = (
    ("kSEK", _words(r"\bt\s?kr\b|\bkkr\b|\btsek\b|\bksek\b|tusental|tusen kronor|i tusen\b|\bk sek\b")),
    ("SEK", _words(r"\bkr\b|\bkronor\b|\bsek\b")),
)
MILLIONS = _words(r"\bm(?:n)?kr\b|\bmsek\b|miljoner kr")
NOTE_HEAD = _words(r"^(?:anm|not|noter|kommentar|anteckning|förklaring)")

# -- rows --------------------------------------------------------------------------------------------

TOTAL = _words(
    r"^(?:summa|total|s:a\b|delsumma|del-?summa|slutsumma|sammanlagt|saldo|sum\b"
    r"|(?:årets |periodens |beräknat |budgeterat )?"
    r"(?:resultat|över-? ?/? ?underskott|överskott|underskott)\b(?!.*\bfrån\b)(?!.*\d{4})"
    r"|utgående (?:eget kapital|balans|saldo)|eget kapital (?:vid årets slut|ut\b|ub\b)|\bub\b"
    r"|tillgängliga medel|disponibla medel|disponibelt|medel till förfogande|totala? "
    r"|(?:kostnader|intäkter)\s*[:/])"
)
"""Rows that add up others. A figure there is compared and never stored."""
NO_LINE = _words(
    r"^(?:högsta nivå|lägsta nivå|andel|varav andel|procent|källa|not\b\s*\d|\*|%)|\bprocent av\b|%$"
)

OPENING = _words(
    r"ingående (?:eget kapital|balans|saldo)|^eget kapital\b(?!.*(?:slut|\but\b|\bub\b))|sparade medel"
    r"|\bib\b|balanser(?:at|ade)|överför(?:ing|t|da medel) från|resultat för \d{4}|överskott från"
    r"|från föregående år"
    r"|kvarvarande medel|ingående kapital"
)
FINANCIAL_INCOME = _words(r"finansiella intäkter|ränteintäkt|utdelning")
FINANCIAL_COST = _words(r"finansiella kostnader|räntekostnad|ränteutgift")
FINANCIAL = _words(r"^finansiella|^ränt(?:a|or)\b")
BALANCING = _words(r"att fördela|ofördelade medel|medel för insatser att")
PART = _words(r"^\s*(?:-\s*)?varav\b[:\s]*")

INCOME_SECTION = _words(
    r"^(?:intäkt|inkomst|tillgång|finansiering|medlemsbidrag och|verksamhetens intäkter|bidrag och)"
)
COST_SECTION = _words(r"^(?:kostnad|utgift|verksamhetens kostnader)")
EQUITY_SECTION = _words(r"^(?:resultat|eget kapital|balans|andra summor i källan)")

ESF = _words(r"\besf\b|socialfond")
INCOME_LINE = _words(
    r"intäkt|bidrag|tilldelning|anslag|tillskott|hyresinkomst|\bmedel från\b|försäljning|återbetal"
)
ALL_PAYERS = _words(
    r"ägarbidrag|ägartillskott|medlemsbidrag|medlemsavgifter|^bidrag$|medlemmarnas|anslag från medlemmarna"
)
PAYER_WORDS: tuple[tuple[str, Found], ...] = (
    (
        "region_and_municipalities",
        _words(r"(?:kommun\w*|region\w*|landsting\w*)\s*(?:och|/|&|,|samt|\+)\s*(?:kommun|region|landsting)"),
    ),
    ("state", _words(r"försäkringskassa|arbetsförmedling|\bstat(?:en|lig|liga|ligt|ens)?\b|\bfk\b|\baf\b")),
    ("region_municipality", _words(r"region gotland|gotlands kommun")),
    ("region", _words(r"\bregion|landsting|\bvgr\b")),
    ("municipality", _words(r"kommun\b|kommuner\b|kommunen|kommunerna|\w+ stad\b|\bstaden\b|kommunal")),
)

COST_WORDS: tuple[tuple[str, Found], ...] = (
    ("board", _words(r"styrelse|arvode|förtroendevald|presidi|ledamöter")),
    ("audit", _words(r"revision|revisor")),
    (
        "administration",
        _words(
            r"administrat|\badmin\b|kansli|förbundschef|verkställande tjänsteman|tjänsteman|samordnare\b"
            r"|telefon"
            r"|\blokal(?:er|hyra|kostnad\w*)?\b|\bkontor|\bhyra\b|lönehantering|löner\b|personalkostnad"
            r"|bankavgift"
            r"|webbplats|hemsida|redovisningstjänst|ekonomi(?:tjänst|administration)|\bit\b|\bit-"
            r"|försäkringar"
            r"|medlems- och serviceavgift|serviceavgift|representation"
        ),
    ),
)
ADMINISTRATION_GROUP = _words(
    r"administra|kansli|förbundsgemensam|verksamhetsnära|förbundets (?:egna )?kostnader|gemensamma"
)
INSATS_GROUP = _words(r"insats|projekt|utveckling|verksamhet|aktivitet|satsning")


@dataclass(frozen=True)
class KnownMember:
    """A member of the federation: its primary key, name and kind."""

    key: int
    name: str
    kind: str


def first_of(found: Iterable[tuple[str, Found]], text: str) -> str:
    """The meaning of the word that stands first in the text; empty when none does."""
    places = [
        (match.start(), order, meaning)
        for order, (meaning, pattern) in enumerate(found)
        if (match := pattern.search(text))
    ]
    return min(places)[2] if places else ""


def kind_of(text: str) -> str:
    """The kind of column that a head speaks of; empty when it says nothing."""
    return next((kind for kind, pattern in KIND_WORDS if pattern.search(text)), "")


def unit_of(text: str) -> str:
    return next((unit for unit, pattern in UNITS if pattern.search(text)), "")


def member_of(name: str, members: Iterable[KnownMember]) -> KnownMember | None:
    """The member that a line is named after: the one whose name is the line's, or begins it."""
    plain = plain_name(name)
    for member in members:
        if plain == plain_name(member.name):
            return member
    starts = [member for member in members if re.match(rf"{re.escape(plain_name(member.name))}\b", plain)]
    return max(starts, key=lambda member: len(member.name), default=None)
