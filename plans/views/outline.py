"""The outline of a plan: its sections in order, and what is done to their order and number."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finsam.whole_numbers import whole_number
from members.access import Access, Action
from members.forms import refuse_unprintable
from members.models import User
from plans.editing import outline as editing
from plans.editing.change import ClosedError, ConflictError, ImpossibleError
from plans.editing.section import heading_of
from plans.editing.undoing import undo
from plans.models import Plan, Section
from plans.section_forms import NewSectionForm
from plans.views.fetching import plan_here
from plans.views.outline_page import back_to_outline, outline_page, section_plan

CLOSED = "Inget är ändrat. Budgeten är stängd, och med den planens avsnitt."
"""What would open it is said on the page (plans/closed.html)."""
GONE = "Inget är ändrat. Någon annan har tagit bort avsnittet. Så här ser dispositionen ut nu."
CHANGED = (
    "Inget är ändrat. Någon annan har ändrat avsnittet {} sedan du såg det. Så här ser dispositionen ut nu; "
    "gör om det om det fortfarande ska göras."
)
WHERE: dict[str, editing.Where] = {"upp": "up", "ned": "down", "in": "in", "ut": "out"}

Act = Callable[[Plan, User], str]
"""Changes the plan and gives the key of the section to show."""


@require_safe
def outline(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The sections with their numbers and what they lack; for a plan without any, the ways to begin."""
    here, plan = plan_here(request, slug, plan_year, Action.READ_WORKING_COPY)
    return outline_page(request, here, plan)


@require_http_methods(["GET", "HEAD", "POST"])
def new_section(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """A section after another (`efter`), as the last part of one (`under`), or last of all."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    sent = request.POST if request.method == "POST" else request.GET
    after, under = sent.get("efter", ""), sent.get("under", "")
    form = NewSectionForm(request.POST) if request.method == "POST" else NewSectionForm()
    if request.method == "POST" and form.is_valid():
        heading, role = form.cleaned_data["heading"], form.cleaned_data["role"]

        def act(plan: Plan, user: User) -> str:
            return editing.add_section(plan, user, heading, after=after, under=under, role=role).key

        return _done(request, here, plan, act, heading=heading)
    context = {
        "here": here,
        "plan": plan,
        "form": form,
        "after": _named(plan, after),
        "under": _named(plan, under),
        "editable": plan.budget.is_open,
    }
    return render(request, "plans/outline/new_section.html", context, status=422 if form.errors else 200)


@require_POST
def rename_section(request: HttpRequest, slug: str, plan_year: int, key: str) -> HttpResponse:
    """Another heading, written in the outline."""
    here, plan = section_plan(request, slug, plan_year, key)
    heading = heading_of(request.POST.get("heading", ""))
    if not heading:
        return outline_page(request, here, plan, said="Inget är ändrat. Skriv en rubrik.", status=422)

    def act(plan: Plan, user: User) -> str:
        refuse_unprintable(heading)
        return editing.rename_section(plan, user, key, _seen(request), heading).key

    return _done(request, here, plan, act, f"Du skrev ”{heading}”.", heading=heading)


@require_POST
def move_section(request: HttpRequest, slug: str, plan_year: int, key: str, where: str) -> HttpResponse:
    """One step up or down, in under the one before, or out."""
    here, plan = section_plan(request, slug, plan_year, key)
    if where not in WHERE:
        raise Http404

    def act(plan: Plan, user: User) -> str:
        return editing.move_section(plan, user, key, _seen(request), WHERE[where]).key

    return _done(request, here, plan, act)


@require_POST
def place_section(request: HttpRequest, slug: str, plan_year: int, key: str) -> HttpResponse:
    """Where it was dragged: before another (`fore`), or last under one (`under`)."""
    here, plan = section_plan(request, slug, plan_year, key)

    def act(plan: Plan, user: User) -> str:
        before_key, under = request.POST.get("fore", ""), request.POST.get("under", "")
        return editing.place_section(plan, user, key, _seen(request), before_key=before_key, under=under).key

    return _done(request, here, plan, act)


@require_POST
def remove_section(request: HttpRequest, slug: str, plan_year: int, key: str) -> HttpResponse:
    """Gone with its parts; the outline offers to undo it."""
    here, plan = section_plan(request, slug, plan_year, key)

    def act(plan: Plan, user: User) -> str:
        editing.remove_section(plan, user, key, _seen(request))
        return ""

    return _done(request, here, plan, act)


@require_POST
def undo_section(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """A change undone: what it touched is as it was before."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)

    def act(plan: Plan, user: User) -> str:
        return undo(plan, user, whole_number(request.POST.get("number", "")) or 0).section_key

    return _done(request, here, plan, act)


def _done(
    request: HttpRequest, here: Access, plan: Plan, act: Act, typed: str = "", *, heading: str = ""
) -> HttpResponse:
    """The outline after the change, or as it is with why nothing was changed and what was `typed`. Of a
    `heading` that was sent, what is left out of it is told."""
    assert isinstance(request.user, User)
    try:
        key = act(plan, request.user)
    except ClosedError:
        plan.see_if_open()
        said, status = CLOSED, 409
    except ConflictError as conflict:
        said, status = CHANGED.format(f"”{conflict.section}”") if conflict.section else GONE, 409
    except ImpossibleError as error:
        said, status = f"Inget är ändrat. {error}", 422
    except ValidationError as error:
        said, status = f"Inget är ändrat. {' '.join(error.messages)}", 422
    else:
        return back_to_outline(request, here, plan, key, _left_out(plan, key, heading))
    return outline_page(request, here, plan, said=f"{said} {typed}".strip(), status=status)


def _left_out(plan: Plan, key: str, sent: str) -> str:
    """The number that a sent heading began with, in a sentence; empty when all of it is there."""
    stored = Section.objects.get(plan=plan, key=key).heading if sent else sent
    number = " ".join(sent.split()).removesuffix(stored).strip()
    return f"Numret ”{number}” är borttaget ur rubriken: avsnitten numreras av sig själva." if number else ""


def _seen(request: HttpRequest) -> int:
    """The latest change of the plan that the page showed; none of them, when that is not said."""
    return whole_number(request.POST.get("seen", "")) or 0


def _named(plan: Plan, key: str) -> Section | None:
    """None for what is no key too, which PostgreSQL would not look for."""
    return Section.objects.filter(plan=plan, key=key).first() if key and key.isprintable() else None
