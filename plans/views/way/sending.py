"""Sending the plan on: for samråd, and to the board."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from finsam.whole_numbers import whole_number
from members.access import ALLOWED, Access, Action
from members.models import RoleKind, User
from plans.models import Plan, PlanMove, Version, VersionFile
from plans.notices.moves import tell_of
from plans.picture import PlanPicture
from plans.reading import read_plan
from plans.render.pdf import UnprintableError
from plans.states.changed import has_changed
from plans.states.lacking import lacking
from plans.states.moving import LackingError, MeanwhileError, Mover, RefusedError, send
from plans.states.table import refusal
from plans.versions.access import READ
from plans.views.fetching import plan_here
from plans.views.way.lacks import shown_lacks
from plans.views.way.letter import ConsultationLetterForm, LetterForm


@dataclass(frozen=True)
class Sending:
    """One of the two ways to send a plan on, and its words."""

    action: PlanMove.Action
    purpose: Version.Purpose
    form: type[LetterForm]
    title: str
    done: str
    kinds: tuple[str, ...]
    """The files that the version will have."""


TO_CONSULTATION = Sending(
    PlanMove.Action.CONSULT,
    Version.Purpose.CONSULTATION,
    ConsultationLetterForm,
    "Skicka planen på samråd",
    "Version {number} är skickad på samråd.",
    ("plan_pdf", "plan_docx", "budget_pdf", "budget_xlsx"),
)
TO_BOARD = Sending(
    PlanMove.Action.SUBMIT,
    Version.Purpose.BOARD,
    LetterForm,
    "Skicka planen till styrelsen",
    "Version {number} är skickad till styrelsen.",
    ("plan_pdf", "plan_docx", "budget_pdf", "budget_xlsx", "board_pdf", "board_docx"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def send_consultation(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The plan frozen as a version that the members and the preparatory group read."""
    return _send(request, slug, plan_year, TO_CONSULTATION)


@require_http_methods(["GET", "HEAD", "POST"])
def send_board(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The plan frozen as a version that the board reads, and may adopt."""
    return _send(request, slug, plan_year, TO_BOARD)


def last_move(plan: Plan) -> PlanMove | None:
    """What happened last; its number says what a user has seen."""
    return plan.moves.last()


def mover(request: HttpRequest, here: Access) -> Mover:
    """Who moves the plan, and what they had seen when the form was made."""
    assert isinstance(request.user, User)
    return Mover(request.user, here.kinds, whole_number(request.POST.get("seen", "")) or 0)


def _page_to_read(version: Version) -> str:
    """Where those who are told of a version go: to answer, or to read it."""
    of_plan = [version.federation.slug, version.plan_year]
    if version.purpose == Version.Purpose.CONSULTATION:
        return reverse("consultation", args=of_plan)
    return reverse("version", args=[*of_plan, version.number])


def _send(request: HttpRequest, slug: str, plan_year: int, sending: Sending) -> HttpResponse:
    here, plan = plan_here(request, slug, plan_year, Action.SUBMIT)
    if request.method != "POST":
        return _page(request, here, plan, sending, sending.form())
    form = sending.form(request.POST)
    if not form.is_valid():
        return _page(request, here, plan, sending, form, status=422)
    try:
        version = send(plan, sending.action, mover(request, here), form.letter)
    except LackingError:
        return _page(request, here, plan, sending, form, status=422)
    except UnprintableError as error:
        return _page(request, here, plan, sending, form, said=str(error), status=422)
    except (RefusedError, MeanwhileError) as error:
        return _page(request, here, plan, sending, form, said=str(error), status=409)
    for move in version.moves.all():
        tell_of(move, request.build_absolute_uri, _page_to_read(version))
    messages.success(request, sending.done.format(number=version.number))
    return redirect("plan_way", slug=slug, plan_year=plan_year)


def _page(
    request: HttpRequest,
    here: Access,
    plan: Plan,
    sending: Sending,
    form: LetterForm,
    *,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """What will be sent, to whom, and what is missing; `said` is why it was not sent."""
    last = last_move(plan)  # before the state: a move in between is then met, not overlooked
    plan.refresh_from_db(fields=["state", "version"])
    picture = read_plan(plan, contents=True)
    refused = refusal(sending.action, Plan.State(plan.state), here.kinds)
    return render(
        request,
        "plans/way/sending.html",
        {
            "here": here,
            "plan": plan,
            "sending": sending,
            "form": form,
            "seen": last.number if last else 0,
            "said": said,
            "refused": refused,
            "lacks": [] if refused else shown_lacks(plan, lacking(picture, sending.purpose)),
            "files": [VersionFile.Kind(kind).label for kind in sending.kinds],
            "readers": _readers(here, sending),
            **_against_last(plan, picture),
        },
        status=409 if refused and status == 200 else status,
    )


def _against_last(plan: Plan, picture: PlanPicture) -> Mapping[str, Any]:
    """The number that the version will have, the last version, and whether the plan has changed since."""
    versions = Version.objects.filter(federation=plan.federation, plan_year=plan.plan_year)
    last = versions.filter(plan=plan).order_by("number").last()
    return {
        "number": versions.count() + 1,
        "last": last,
        "changed": last is not None and has_changed(picture, last.content),
    }


def _readers(here: Access, sending: Sending) -> list[tuple[str, int]]:
    """The roles that will read the version, each with how many have it."""
    kinds = ALLOWED[READ[sending.purpose]]
    roles = here.federation.roles.filter(kind__in=kinds).values_list("kind")
    counted = dict(roles.annotate(number=Count("user", distinct=True)).order_by())
    return [(str(kind.label), counted.get(kind, 0)) for kind in RoleKind if kind in kinds]
