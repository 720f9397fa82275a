"""The pages of a version, one view each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from budgets.rules import Severity
from budgets.rules.finding import SEVERITY_NAMES, SEVERITY_ORDER
from budgets.sources import Source
from finsam.asked_again import Kept
from finsam.whole_numbers import whole_number
from members.models import User
from plans.log.recording import note_read
from plans.models import LoggedRead
from plans.review.comparing import Changes
from plans.review.frozen import changes_between
from plans.review.places import WHOLE, Place
from plans.review.rights import refused_comment
from plans.review.standing import last_adopted
from plans.review.threads import Thread, open_first
from plans.versions.contents import ShownFinding
from plans.views.review.frame import Review, note, page, rendered, review

SINCE_DECISION, SINCE_READ = "beslut", "senast"
DOCUMENT = mark_safe("<!--dokumentet-->")
"""Where the document comes in the page: as the bytes it is kept as, since a template would copy it for each
block that it stands in."""
FORM_TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]+(?=")')


@dataclass(frozen=True)
class OpenedPage:
    """The page of a version as it was made for a reader, parted where its forms have the token that guards
    them against other sites: that is new each time."""

    parts: tuple[bytes, ...]

    @classmethod
    def of(cls, page: bytes) -> "OpenedPage":
        return cls(tuple(FORM_TOKEN.split(page)))

    def answer(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(get_token(request).encode().join(self.parts))


OPENED: Kept[tuple[Review, OpenedPage]] = Kept(32)
"""So many pages each process keeps: some hundred kilobytes each. In a meeting the same page is opened again
and again; with many comments it takes long to make."""


@require_safe
def version(request: HttpRequest, slug: str, plan_year: int, number: int) -> HttpResponse:
    """The plan of the version, with the comments on each section under its heading."""

    def make() -> tuple[Review, OpenedPage]:
        read = review(request, slug, plan_year, number)
        return read, _opened(request, read)

    assert isinstance(request.user, User)
    if get_messages(request):  # shown once
        read, opened = make()
    else:
        user = request.user
        key = (request.get_full_path(), user.pk, user.name, user.email, user.is_staff)
        read, opened = OPENED.get(key, make)
    note(request, read, "version")
    return opened.answer(request)


def _opened(request: HttpRequest, read: Review) -> OpenedPage:
    shared = {"here": read.here, "plan": read.version.plan, "version": read.version}
    comments_at = {
        word: render_to_string("plans/review/threads.html", {"threads": found, **shared}, request)
        for word, found in read.threads_by_place().items()
        if found[0].place and found[0].place.kind == "section"
    }
    may_comment = not refused_comment(read.here, read.version)
    document = read.frozen.document(comments_at, read.address("add_comment") if may_comment else "")
    context: dict[str, object] = {
        "document": DOCUMENT,
        "files": [(kind.label, read.address("version_file", kind.value)) for kind in read.frozen.files],
    }
    answer = rendered(request, read, "version", context)
    before, _, after = answer.content.partition(DOCUMENT.encode())
    return OpenedPage.of(b"".join([before, *document, after]))


@require_safe
def version_budget(request: HttpRequest, slug: str, plan_year: int, number: int) -> HttpResponse:
    """The budget of the version, whose sums open into their parts."""
    read = review(request, slug, plan_year, number)
    rows, placed = read.frozen.budget, read.threads_by_place()
    lines = [place for place in read.frozen.places.all if place.kind == "line"]
    context: dict[str, object] = {
        "rows": rows,
        "sections": [
            (name, [(shown, *_of_line(shown.row.line, placed, read)) for shown in shown_rows])
            for name, shown_rows in rows.sections
        ],
        "commented": [(place, placed[place.word]) for place in lines if place.word in placed],
    }
    return page(request, read, "version_budget", context)


def _of_line(
    key: int | None, placed: dict[str, list[Thread]], read: Review
) -> tuple[Place | None, list[Thread]]:
    """The place of a row of the budget, and the comments on it."""
    place = read.frozen.places.named(f"post-{key}") if key is not None else None
    return place, placed.get(place.word, []) if place else []


@require_safe
def version_source(request: HttpRequest, slug: str, plan_year: int, number: int) -> HttpResponse:
    """Where a figure of the budget (`rad`, `kolumn`) comes from: its parts, which open in their turn."""
    read = review(request, slug, plan_year, number)
    rows = read.frozen.budget
    key, column = request.GET.get("rad", ""), whole_number(request.GET.get("kolumn", ""))
    origin = rows.origin(key, column) if column is not None else None
    if origin is None:
        raise Http404
    context = {
        "here": read.here,
        "plan": read.version.plan,
        "version": read.version,
        "origin": origin,
        "unit": rows.unit,
        "parts": [(part, _way_on(read, part)) for part in origin.parts],
        "back": f"{read.address('version_budget')}#{key}-{column}",
    }
    note_read(
        request,
        read.here.federation,
        LoggedRead.What.VERSION_PAGE,
        "version_source",
        version=read.version,
    )
    return render(request, "plans/review/source.html", context)


def _way_on(read: Review, part: Source) -> str:
    """Where a part is opened in its turn; empty when it has no parts of its own."""
    key, _, column = part.place.rpartition("-")
    if not key or not read.frozen.budget.opens(key, int(column)):
        return ""
    return f"{read.address('version_source')}?rad={key}&kolumn={column}"


@dataclass(frozen=True)
class FindingRow:
    """A finding with its comments, and where what it is about is seen."""

    finding: ShownFinding
    severity_name: str
    place: Place | None
    threads: list[Thread]
    shown_at: str


@require_safe
def version_findings(request: HttpRequest, slug: str, plan_year: int, number: int) -> HttpResponse:
    """What the rules said of the version, and why the plan has it."""
    read = review(request, slug, plan_year, number)
    return page(request, read, "version_findings", {"findings": list(_findings(read))})


def _findings(read: Review) -> Iterator[FindingRow]:
    placed, places = read.threads_by_place(), read.frozen.places
    by_sentence = {place.key: place for place in places.all if place.kind == "finding"}
    for finding in sorted(read.frozen.contents.findings, key=_how_bad):
        place = by_sentence[finding.sentence]
        cell = read.frozen.budget.place_of(finding)
        shown_at = ""
        if cell:
            shown_at = f"{read.address('version_budget')}#{cell}"
        elif finding.section and places.named(f"avsnitt-{finding.section}"):
            shown_at = f"{read.address('version')}#avsnitt-{finding.section}"
        name = SEVERITY_NAMES[Severity(finding.severity)]
        yield FindingRow(finding, name, place, placed.get(place.word, []), shown_at)


def _how_bad(finding: ShownFinding) -> int:
    """Orders the worst first: what the document lacks is kept after what the budget does."""
    return SEVERITY_ORDER.index(Severity(finding.severity))


@require_safe
def version_changes(request: HttpRequest, slug: str, plan_year: int, number: int) -> HttpResponse:
    """What differs from the last adopted plan, or from what this reader read last (`sedan`)."""
    read = review(request, slug, plan_year, number)
    adopted = last_adopted(read.version)
    last = read.last_read
    since = request.GET.get("sedan", SINCE_READ if last else SINCE_DECISION)
    before = last if since == SINCE_READ else adopted
    found = changes_between(before, read.version) if before else Changes((), ())
    sheet, document = read.frozen.contents.picture.sheet, read.address("version")
    context: dict[str, object] = {
        "since": since,
        "before": before,
        "adopted": adopted,
        "years": [
            (each.year, [(change, *change.shown(sheet)) for change in each.figures]) for each in found.years
        ],
        "texts": [(each, f"{document}#{each.anchor}" if each.anchor else "") for each in found.texts],
        "unit": sheet.unit,
    }
    return page(request, read, "version_changes", context)


@require_safe
def version_comments(request: HttpRequest, slug: str, plan_year: int, number: int) -> HttpResponse:
    """All comments that belong to the version, open first, and those on the whole of it."""
    read = review(request, slug, plan_year, number)
    ordered = open_first(read.threads, read.frozen.places)
    context: dict[str, object] = {
        "threads": [(each, read.address_of(each.place, each.comment)) for each in ordered if each.place],
        "lost": [each for each in ordered if each.place is None],
        "whole": WHOLE,
        "refused": "",
    }
    return page(request, read, "version_comments", context)
