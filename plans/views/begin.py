"""Beginning to write: from nothing, from another year's plan, from a Word file. See also views/document.py,
which begins from a ready outline."""

from collections.abc import Callable

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from finsam.json_input import UnreadableError
from finsam.whole_numbers import whole_number
from members.access import Access, Action
from plans.beginning import begin_as, begin_empty, begin_with, earlier_plans
from plans.exchange.word import UnreadableWordError, read_word
from plans.models import Plan
from plans.outlines import AlreadyBegunError
from plans.views.fetching import plan_here
from plans.views.incoming_pictures import stored
from plans.views.outline import CLOSED
from plans.views.outline_page import outline_page

CHOOSE_YEAR = "Välj vilket års plan texten ska komma från."
SALT = "finsam.plans.word"
KEPT_SECONDS = 24 * 60 * 60
LARGEST_FILE = 20_000_000
LARGEST_TEXT = 2_000_000
"""Signs of what is read, sealed to be sent along; Django takes no more than 2.5 MB in a form."""


@require_POST
def begin_from_nothing(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """One section, to write in."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    return _begun(request, here, plan, lambda: begin_empty(plan))


@require_POST
def begin_from_plan(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The text of the plan for another year (`fran`)."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    year = whole_number(request.POST.get("fran", ""))
    source = next((each for each in earlier_plans(plan) if each.plan_year == year), None)
    if source is None:
        return outline_page(request, here, plan, said=CHOOSE_YEAR, status=422)
    chosen = get_object_or_404(Plan.objects.select_related("budget", "federation"), pk=source.pk)
    return _begun(request, here, plan, lambda: begin_as(plan, chosen))


@require_POST
def begin_from_word(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The sections that a Word file would become, and what is left out of it. Its pictures are stored, so
    that they need not be sent again, and nothing else."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    sent = request.FILES.get("fil")
    if sent is None:
        return outline_page(request, here, plan, said="Välj en Word-fil att läsa.", status=422)
    if (sent.size or 0) > LARGEST_FILE:
        said = "Filen är för stor: högst 20 MB läses. Komprimera bilderna i Word och försök igen."
        return outline_page(request, here, plan, said=said, status=422)
    if not plan.budget.is_open:
        return outline_page(request, here, plan, said=CLOSED, status=409)
    try:
        read = read_word(sent.read())
    except UnreadableWordError as error:
        return outline_page(request, here, plan, said=str(error), status=422)
    pictures = stored(here.federation, {mark: each.content for mark, each in read.pictures.items()})
    read = read.with_pictures(pictures.keys, pictures.refused)
    sealed = signing.dumps([plan.pk, read.title, read.sections], salt=SALT, compress=True)
    if len(sealed) > LARGEST_TEXT:
        said = "Filen har för mycket text för en plan. Dela den, och läs in en del."
        return outline_page(request, here, plan, said=said, status=422)
    context = {"here": here, "plan": plan, "name": sent.name, "read": read, "sealed": sealed}
    return render(request, "plans/outline/word.html", context)


@require_POST
def begin_with_word(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The sections that were looked at, stored."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    try:
        of, title, sections = signing.loads(request.POST.get("avsnitt", ""), salt=SALT, max_age=KEPT_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        of, title, sections = None, "", []
    if of != plan.pk:
        said = "Granskningen gäller inte längre. Välj filen på nytt."
        return outline_page(request, here, plan, said=said, status=422)
    return _begun(request, here, plan, lambda: begin_with(plan, sections, title))


def _begun(request: HttpRequest, here: Access, plan: Plan, begin: Callable[[], None]) -> HttpResponse:
    try:
        begin()
    except AlreadyBegunError as error:
        plan.see_if_open()
        return outline_page(request, here, plan, said=str(error), status=409)
    except UnreadableError as error:
        return outline_page(request, here, plan, said=f"Inget är inläst. {error}", status=422)
    return redirect("outline", slug=here.federation.slug, plan_year=plan.plan_year)
