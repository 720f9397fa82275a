"""The public pages, as bytes that are the same for everybody and kept until something is noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.template.loader import render_to_string
from django.urls import reverse

from budgets.rules import Severity
from budgets.rules.finding import SEVERITY_NAMES
from plans.publishing.files import KINDS
from plans.publishing.frozen import address_of, frozen, public_document
from plans.publishing.made import Made
from plans.publishing.reading import Everything
from plans.publishing.standing import PublicVersion, foremost
from plans.render import html

KEPT = 32
"""So many pages each process keeps: some hundred kilobytes each."""


@dataclass(frozen=True)
class ShownVersion:
    """A public version with the address of its page."""

    public: PublicVersion
    address: str


@dataclass(frozen=True)
class ShownYear:
    """A plan year: the version that it stands for, at the year's own address, and the others."""

    plan_year: int
    address: str
    foremost: PublicVersion
    others: tuple[ShownVersion, ...]


@lru_cache(maxsize=KEPT)
def version_page(public: PublicVersion, of_year: tuple[PublicVersion, ...]) -> Made:
    """The page of a version; `of_year` are all that are public of its plan year."""
    contents = frozen(public.facts).contents
    context = {
        **_of_version(public, of_year),
        "title": contents.picture.title,
        "document": html.render(public_document(public)),
        "budget_address": address_of(public, "public_budget") if "budget" in contents.documents else "",
        "findings": [
            (each, SEVERITY_NAMES[Severity(each.severity)].capitalize()) for each in contents.findings
        ],
    }
    return _page("version", context)


@lru_cache(maxsize=KEPT)
def budget_page(public: PublicVersion, of_year: tuple[PublicVersion, ...]) -> Made | None:
    """The page of a version's budget; None when it was frozen without one."""
    if "budget" not in frozen(public.facts).contents.documents:
        return None
    document = public_document(public, "budget")
    context = {
        **_of_version(public, of_year),
        "title": document.title_page.title,
        "document": html.render(document),
        "plan_address": address_of(public, "public_version"),
    }
    return _page("budget", context)


@lru_cache(maxsize=KEPT)
def federation_page(found: tuple[PublicVersion, ...], this_year: int) -> Made:
    """The years of a federation that something is public of; those before `this_year` are past."""
    years = shown_years(found)
    context = {
        "name": found[0].facts.federation_name,
        "years": [each for each in years if each.plan_year >= this_year],
        "past": [each for each in years if each.plan_year < this_year],
    }
    return _page("federation", context)


@lru_cache(maxsize=1)
def list_page(everything: Everything) -> Made:
    """The federations that something is public of, by name."""

    def name_of(public: PublicVersion) -> tuple[str, str]:
        return public.facts.federation_name, public.facts.federation

    federations = [
        (name, reverse("public_federation", args=[slug]), shown_years(list(same)))
        for (name, slug), same in groupby(sorted(everything.versions, key=name_of), name_of)
    ]
    return _page("list", {"federations": federations})


def shown_years(found: Sequence[PublicVersion]) -> list[ShownYear]:
    """By plan year, the latest first; `found` are of one federation."""
    ordered = sorted(found, key=lambda each: -each.facts.plan_year)
    return [
        _year(plan_year, list(same))
        for plan_year, same in groupby(ordered, lambda each: each.facts.plan_year)
    ]


def _year(plan_year: int, of_year: list[PublicVersion]) -> ShownYear:
    first = foremost(of_year)
    assert first is not None
    return ShownYear(
        plan_year,
        reverse("public_year", args=[first.facts.federation, plan_year]),
        first,
        tuple(_shown(each) for each in of_year if each != first),
    )


def _of_version(public: PublicVersion, of_year: Sequence[PublicVersion]) -> dict[str, object]:
    """What stands first on every page of a version."""
    return {
        "public": public,
        "federation": frozen(public.facts).contents.picture.federation,
        "federation_address": reverse("public_federation", args=[public.facts.federation]),
        "files": [
            (kind.label, address_of(public, "public_version_file", name=name)) for name, kind in KINDS.items()
        ],
        "others": [_shown(each) for each in of_year if each != public],
    }


def _shown(public: PublicVersion) -> ShownVersion:
    return ShownVersion(public, address_of(public, "public_version"))


def _page(name: str, context: Mapping[str, object]) -> Made:
    """Without a request: nothing of who asks can come into it."""
    return Made(render_to_string(f"plans/publishing/{name}.html", context).encode())
