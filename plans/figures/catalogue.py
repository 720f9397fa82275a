"""The live figures that can be put into a text: a list to search by the words one thinks of them in. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from budgets.sheet import KIND_NAMES
from plans.figures.resolving import resolve
from plans.figures.subjects import Figure, columns_by_year, figures_of
from plans.figures.token import Token
from plans.picture import PlanPicture

MOST_FOUND = 30
COMPARED = (
    "costs",
    "income",
    "contributions",
    "administration",
    "result",
    "closing",
    "project",
    "member",
    "group",
)
"""What is compared with the year before."""
PART_OF_COSTS = ("project", "group", "administration", "class")
PART_OF_CONTRIBUTIONS = ("member", "payer")
INCOME_CLASSES = ("contribution", "esf", "other")


@dataclass(frozen=True)
class Entry:
    """`name` in words ("JobbSam 3.0, budget 2021"), `words` what else it is searched by, `token` the text of
    its token, `shown` what the document will say. `value` in SEK; a share from 0 to 1; a number of things."""

    name: str
    token: str
    shown: str
    words: str = ""
    value: Decimal | None = None


def entries(plan: PlanPicture) -> tuple[Entry, ...]:
    """Every figure of the plan: amounts of the plan year, the years after and before; then shares,
    differences, numbers and names."""
    figures = figures_of(plan)
    tokens = [
        *((_title(figure, plan), " ".join(figure.subject.words), figure.token) for figure in figures),
        *_shares(figures, plan),
        *_differences(figures, plan),
        *_counts(plan),
    ]
    found = (_entry(name, words, token, plan) for name, words, token in tokens)
    return tuple(entry for entry in found if entry)


KINDS = {"budget", "plan"}
"""Words of a name that nobody searches by."""


def search(known: Iterable[Entry], query: str) -> tuple[Entry, ...]:
    """The entries with all words of the query, the one first that is called just that, then those whose
    name has words that begin with them; otherwise in their order. Amounts are found with and without
    spaces."""
    wanted = folded(query).split()
    ranked = []
    for entry in known:
        name, shown = folded(entry.name), folded(entry.shown)
        rest = f"{folded(entry.words)} {shown} {shown.replace(' ', '')}"
        scores = [_score(word, name, rest) for word in wanted]
        if all(scores):
            is_it = set(re.findall(r"[\w.]+", name)) - KINDS == set(wanted)
            ranked.append(((not is_it, -sum(scores)), entry))
    ranked.sort(key=lambda each: each[0])
    return tuple(entry for _, entry in ranked[:MOST_FOUND])


def folded(text: str) -> str:
    """Without case, rings and dots, with every space the same."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in parts if not unicodedata.combining(sign)).split())


def _score(word: str, name: str, rest: str) -> int:
    """How well a word is found: 0 not at all."""
    begins = re.compile(rf"(?<!\w){re.escape(word)}")
    if begins.search(name):
        return 3
    return 2 if begins.search(rest) else int(word in f"{name} {rest}")


def _entry(name: str, words: str, token: Token, plan: PlanPicture) -> Entry | None:
    """None when the figure has no value."""
    figure = resolve(str(token), plan)
    return None if figure.fault else Entry(name, str(token), figure.text, words, figure.value)


# -- amounts, shares and differences -------------------------------------------------------------

Titled = tuple[str, str, Token]
"""A name, words to search by, and the token."""


def title(figure: Figure, kind_of_year: str) -> str:
    """The name of a figure: "Summa kostnader 2021", "Kaosam, budget 2021", "Resultatet 2020 (utfall)"."""
    if figure.subject.is_row or figure.subject.what == "project":
        return f"{figure.subject.name}, {KIND_NAMES[figure.kind or kind_of_year]} {figure.year}"
    return f"{figure.subject.name} {_when(figure)}"


def _title(figure: Figure, plan: PlanPicture) -> str:
    return title(figure, columns_by_year(plan)[figure.year][0])


def _when(figure: Figure) -> str:
    return f"{figure.year} ({KIND_NAMES[figure.kind]})" if figure.kind else str(figure.year)


def _shares(figures: Iterable[Figure], plan: PlanPicture) -> Iterator[Titled]:
    for figure in figures:
        subject = figure.subject
        if not figure.value or subject.of in INCOME_CLASSES:
            continue
        if subject.what in PART_OF_COSTS:
            whole, name = "costs", "andel av kostnaderna"
        elif subject.what in PART_OF_CONTRIBUTIONS:
            whole, name = "contributions", "andel av medlemsbidragen"
        else:
            continue
        words = f"procent {' '.join(subject.words)}"
        yield (
            f"{subject.name}, {name} {_when(figure)}",
            words,
            replace(figure.token, share_of=whole, form="percent"),
        )


def _differences(figures: Iterable[Figure], plan: PlanPicture) -> Iterator[Titled]:
    years = columns_by_year(plan)
    for figure in figures:
        if figure.subject.what not in COMPARED or figure.kind or figure.year - 1 not in years:
            continue
        token = replace(figure.token, less=figure.token.year - 1)
        name = f"{figure.subject.name} {figure.year}, ändring från {figure.year - 1}"
        words = f"skillnad ökning minskning {' '.join(figure.subject.words)}"
        yield name, words, token
        yield f"{name} i procent", words, replace(token, form="percent")


def _counts(plan: PlanPicture) -> Iterator[Titled]:
    for year in columns_by_year(plan):
        years = year - plan.plan_year
        yield f"Antal insatser {year}", "hur många", Token("projects", year=years, form="words")
        yield f"Årtalet {year}", "planåret" if not years else "", Token("year", year=years)
    for project in plan.projects:
        yield f"Namnet på {project.name}", "insats", Token("name", str(project.key))
