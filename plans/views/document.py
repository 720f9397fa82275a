"""The plan's document: read on a page, taken out as PDF or Word."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from budgets.rules import Severity
from budgets.rules.finding import SEVERITY_NAMES
from members.access import Action, access
from plans.compose import KIND_NAMES, Kind, compose
from plans.models import Plan
from plans.outlines import AlreadyBegunError, begin, outlines
from plans.reading import read_plan
from plans.render import html
from plans.render.pdf import UnprintableError
from plans.rendering import FORMATS, Format, file_name, written
from plans.rules import check_document
from plans.views.fetching import plan_here
from plans.views.review.listing import plans_to_read

DOWNLOADS = (Format.PDF, Format.DOCX)


@require_safe
def latest_document(request: HttpRequest, slug: str) -> HttpResponse:
    """The document of the latest plan; for who does not write it, the versions they may read."""
    here = access(request, slug, Action.READ_FEDERATION)
    if not here.may(Action.READ_WORKING_COPY):
        return plans_to_read(request, here)
    plan = Plan.objects.filter(federation=here.federation).first()
    if plan is None:
        return redirect("overview", slug=slug)
    return redirect("document", slug=slug, plan_year=plan.plan_year)


@require_safe
def document(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The whole plan to read, with what the rules say of it."""
    here, plan = plan_here(request, slug, plan_year, Action.READ_WORKING_COPY)
    picture = read_plan(plan)
    composed = compose(picture, timezone.localtime())
    return render(
        request,
        "plans/document/page.html",
        {
            "here": here,
            "plan": plan,
            "document": composed,
            "document_html": html.render(composed),
            "is_empty": not picture.sections,
            "remarks": [
                (each.severity, SEVERITY_NAMES[Severity(each.severity)], each)
                for each in check_document(picture)
            ],
            "files": _files(slug, plan_year),
            "outlines": outlines() if not picture.sections and here.may(Action.EDIT_WORKING_COPY) else (),
        },
    )


@require_safe
def document_file(request: HttpRequest, slug: str, plan_year: int, kind: str, form: str) -> HttpResponse:
    """The plan, its budget or the board's bundle as a file. What cannot be printed is told on a page."""
    here, plan = plan_here(request, slug, plan_year, Action.READ_WORKING_COPY)
    if kind not in list(Kind) or form not in DOWNLOADS:
        raise Http404
    try:
        content = written(plan, Kind(kind), Format(form), timezone.localtime())
    except UnprintableError as error:
        return render(request, "plans/document/unprintable.html", {"here": here, "error": error}, status=422)
    answer = HttpResponse(content, content_type=FORMATS[Format(form)].content_type)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(plan, Kind(kind), Format(form))}"'
    return answer


@require_POST
def begin_document(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The plan's document begins with the sections of a ready outline. Harmless when it is begun already."""
    _, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    outline = next((each for each in outlines() if each.key == request.POST.get("outline")), None)
    if outline is None:
        messages.error(request, "Välj en disposition att börja med.")
    else:
        try:
            begin(plan, outline)
        except AlreadyBegunError as error:
            messages.error(request, str(error))
    return redirect("document", slug=slug, plan_year=plan_year)


def _files(slug: str, plan_year: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every kind by name, with the name and address of each format."""
    return [
        (
            KIND_NAMES[kind],
            [
                (FORMATS[form].name, reverse("document_file", args=[slug, plan_year, kind, form]))
                for form in DOWNLOADS
            ],
        )
        for kind in Kind
    ]
