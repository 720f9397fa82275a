"""What the live figures of a plan are of: totals, members, insatser, lines and groups, with the words that
people know them by, and every amount they have. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from finsam.swedish import genitive
from plans.figures.resolving import NAMES_OF_VALUES, resolve
from plans.figures.token import Token
from plans.picture import PlanPicture


@dataclass(frozen=True)
class Subject:
    """`name` begins a title ("Summa kostnader"), `words` are what a sentence may call it, in lower case.
    `is_named` when a sentence with one of the words must mean it: the name of an insats or a member, or more
    words than one."""

    what: str
    of: str
    name: str
    words: tuple[str, ...]
    is_named: bool = True
    is_row: bool = False
    """Whether it is a row of the budget, whose amounts are said with the kind of year."""


@dataclass(frozen=True)
class Figure:
    """An amount (SEK) of a subject in a year. `kind` is empty where the year has one column."""

    subject: Subject
    year: int
    kind: str
    token: Token
    value: Decimal


TOTALS = (
    Subject(
        "costs", "", "Summa kostnader", ("summa kostnader", "kostnaderna", "totala kostnad", "total kostnad")
    ),
    Subject("income", "", "Summa intäkter", ("summa intäkter", "intäkterna", "totala intäkt")),
    Subject(
        "contributions",
        "",
        "Medlemsbidragen",
        (
            *(
                "medlemsbidrag",
                "ägartillskott",
                "ägarbidrag",
                "medlemmarnas bidrag",
                "bidrag från medlemmarna",
            ),
            *("från medlemmarna", "anslag", "tilldelning"),
        ),
    ),
    Subject("result", "", "Resultatet", ("resultat", "överskott")),
    Subject("deficit", "", "Underskottet", ("underskott",)),
    Subject(
        "opening",
        "",
        "Eget kapital vid årets början",
        ("ingående eget kapital", "ingående kapital", "sparade medel", "vid årets början", "överföring"),
    ),
    Subject(
        "closing",
        "",
        "Eget kapital vid årets slut",
        ("utgående eget kapital", "utgående kapital", "eget kapital", "vid årets slut"),
    ),
    Subject(
        "funds",
        "",
        "Tillgängliga medel",
        ("tillgängliga medel", "disponibla medel", "disponibelt", "till förfogande"),
    ),
    Subject(
        "administration",
        "",
        "Styrelse, administration och revision",
        ("styrelse, administration och revision", "administrativa kostnader", "administrationen"),
    ),
)
LIMITS = (
    Subject("highest", "", "Högsta nivån för eget kapital", ("högsta nivå",)),
    Subject("lowest", "", "Lägsta nivån för eget kapital", ("lägsta nivå",)),
)
PAYER_WORDS = {
    "state": ("statliga medel", "statens bidrag", "från staten"),
    "region": ("regionens bidrag", "regionernas bidrag", "landstingets bidrag"),
    "municipality": ("kommunens bidrag", "kommunernas bidrag", "från kommunerna"),
}
CLASS_WORDS = {
    "esf": ("esf-medel", "esf-medlen"),
    "other": ("övriga intäkter",),
    "board": ("kostnaderna för styrelsen",),
    "administration": ("kostnaderna för administration", "administration"),
    "audit": ("kostnaderna för revision", "revision"),
    "insats": ("kostnaderna för insatser", "verksamhetskostnad"),
}

_ASIDE = re.compile(r"\s*\([^)]*\)")


def subjects_of(plan: PlanPicture) -> tuple[Subject, ...]:
    """Everything that has amounts, the common first. A line that is all of a member's or an insats's is not
    there twice."""
    projects = [
        Subject("project", str(project.key), project.name, _words(project.name))
        for project in plan.projects
        if any(plan.sheet.project_total(project.name, place) is not None for place in _columns(plan))
    ]
    members = [
        Subject("member", str(member.key), f"{genitive(member.name)} bidrag", _words(member.name))
        for member in plan.members
        if any(line.member == member.name for line in plan.sheet.counted)
    ]
    return (
        *TOTALS,
        *members,
        *projects,
        *_lines(plan),
        *_groups(plan),
        *_values(plan),
        *_printed(plan),
        *LIMITS,
    )


def _columns(plan: PlanPicture) -> range:
    return range(len(plan.sheet.columns))


def _lines(plan: PlanPicture) -> Iterator[Subject]:
    for line in plan.sheet.lines:
        if line.name not in (line.project, line.member):
            words = _words(line.name)
            yield Subject("line", str(line.key), line.name, words, is_named=_is_named(words), is_row=True)


def _groups(plan: PlanPicture) -> Iterator[Subject]:
    for key, (group, subgroup) in plan.group_names.items():
        name = subgroup or group
        words = (f"summa {name.casefold()}", *_words(name))
        yield Subject("group", str(key), f"{name}, hela gruppen", words, is_named=_is_named(_words(name)))


def _values(plan: PlanPicture) -> Iterator[Subject]:
    payers = {payer for column in plan.sheet.payers for payer in column}
    for what, known in (("payer", PAYER_WORDS), ("class", CLASS_WORDS)):
        for of, words in known.items():
            if what == "class" or of in payers:
                name = NAMES_OF_VALUES[of]
                yield Subject(what, of, name[:1].upper() + name[1:], words, is_named=what == "payer")


def _printed(plan: PlanPicture) -> Iterator[Subject]:
    for name in dict.fromkeys(total.name for total in plan.sheet.totals):
        words = _words(name)
        yield Subject("total", name, f"Summan ”{name}”", words, is_named=_is_named(words))


def _words(name: str) -> tuple[str, ...]:
    """A name as a sentence has it: whole, and without what stands in brackets."""
    return tuple(dict.fromkeys((name.casefold(), _ASIDE.sub("", name).casefold())))


def _is_named(words: tuple[str, ...]) -> bool:
    return all(" " in each or any(sign.isdigit() for sign in each) for each in words)


def figures_of(plan: PlanPicture) -> tuple[Figure, ...]:
    """Every amount of the plan year's subjects, then of the years after and of those before."""
    subjects = subjects_of(plan)
    found = []
    for year, kinds in columns_by_year(plan).items():
        for kind in kinds if len(kinds) > 1 else [""]:
            for subject in subjects:
                token = Token(subject.what, subject.of, year - plan.plan_year, kind)
                value = resolve(str(token), plan).value
                if value is not None and (subject.what != "deficit" or value > 0):
                    found.append(Figure(subject, year, kind, token, value))
    return tuple(found)


def columns_by_year(plan: PlanPicture) -> dict[int, list[str]]:
    """The kinds of each year's columns: the plan year, the years after, the last before."""
    kinds: dict[int, list[str]] = {}
    for column in plan.sheet.columns:
        known = kinds.setdefault(column.year, [])
        if column.kind not in known:
            known.append(column.kind)
    first = plan.plan_year
    return {year: kinds[year] for year in sorted(kinds, key=lambda year: (year < first, abs(year - first)))}
