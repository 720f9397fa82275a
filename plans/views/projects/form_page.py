"""A form of an insats: shown, met with what others have changed, saved."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from members import merging
from members.access import Access, Action, access
from members.forms import RowForm
from members.merging import Clash
from members.rows import locked
from members.views.rows import FormPage, changed, shown_for_change
from plans.views.projects.card import card_page, to_card
from plans.views.projects.finding import ENDED, project_of
from projects.models import Project


def answer(
    request: HttpRequest, here: Access, page: FormPage, project: Project | None, **more: Any
) -> HttpResponse:
    context = {
        "here": here,
        "page": page,
        "form": page.form,
        "project": project,
        "groups": _groups(page),
        **more,
    }
    return render(request, "plans/projects/form.html", context, status=page.status)


def _groups(page: FormPage) -> list[tuple[str, list[tuple[Any, Clash | None]]]]:
    """The fields under their headings; none for a form that is short enough without."""
    fields = {bound.name: (bound, clash) for bound, clash in page.fields}
    groups = getattr(page.form, "groups", ())
    return [(name, [fields[each] for each in names if each in fields]) for name, names in groups]


def edit(
    request: HttpRequest, slug: str, pk: int, form: type[RowForm], title: str, place: str, *, frozen: bool
) -> HttpResponse:
    """One part of the insats itself. `frozen`: not of one that is ended; `place` is its part of the card."""
    here = access(request, slug, Action.EDIT_WORKING_COPY)
    if request.method != "POST":
        project = project_of(here, pk)
        if frozen and project.is_ended:
            return card_page(request, here, project, error=ENDED, status=409)
        shown = shown_for_change(form, project, request.path)
        return answer(request, here, replace(shown, title=title), project)
    with locked(here.federation):
        project = project_of(here, pk, lock=True)
        page = saved(form, project, request, ended=frozen and project.is_ended)
    if page is not None:
        return answer(request, here, replace(page, title=title), project)
    messages.success(request, "Ändringen är sparad.")
    return to_card(here, project, place)


def saved(form: type[RowForm], row: Any, request: HttpRequest, *, ended: bool) -> FormPage | None:
    """None when the row is saved, otherwise the page that says why not. Call it within `locked`."""
    if ended:
        return ended_page(form(request.POST, instance=row), request)
    return changed(form, row, request, request.path)


def ended_page(form: RowForm, request: HttpRequest) -> FormPage:
    """Somebody has ended the insats meanwhile: what was typed stands, to be kept until it goes on."""
    form.add_error(None, ENDED)
    return FormPage(form, "", request.path, request.POST.get(merging.MADE_FROM, ""), status=409)


def had_the_form(request: HttpRequest, label: str, pk: int) -> None:
    """Raises Http404 for somebody who has never had the form of that row."""
    if merging.opened(request.POST.get(merging.MADE_FROM, ""), label, pk) is None:
        raise Http404
