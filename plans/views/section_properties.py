"""The forms of a section's properties and of the plan's title. Two who save the same field both see it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from members import merging
from members.access import Access, Action
from members.forms import RowForm
from members.models import User
from plans.editing.change import ClosedError, ConflictError, locked
from plans.editing.section import change_properties
from plans.models import Plan, Section
from plans.section_forms import PlanTitleForm, PropertiesForm
from plans.views.fetching import plan_here
from plans.views.outline import CLOSED, GONE
from plans.views.outline_page import back_to_outline, outline_page, section_plan

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def section_properties(request: HttpRequest, slug: str, plan_year: int, key: str) -> HttpResponse:
    """Heading, number, role, appendix and new page."""
    here, plan = section_plan(request, slug, plan_year, key)
    title = "Rubrik, nummer och roll"
    if request.method != "POST":
        shown = get_object_or_404(Section, plan=plan, key=key)
        return _form_page(request, here, plan, title, PropertiesForm(instance=shown))
    assert isinstance(request.user, User)
    user = request.user

    def store(form: RowForm) -> None:
        change_properties(plan, user, key, form.instance.revision, **form.cleaned_data)

    while True:
        section = Section.objects.filter(plan=plan, key=key).first()
        if section is None:
            return outline_page(request, here, plan, said=GONE, status=409)
        try:
            return _saved(request, here, plan, title, PropertiesForm, section, store) or back_to_outline(
                request, here, plan, key
            )
        except ConflictError:
            continue  # changed between the reading and the saving: met anew


@page
def plan_title(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Title, diary number and quotation."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    title = "Planens titel"
    if request.method != "POST":
        return _form_page(request, here, plan, title, PlanTitleForm(instance=plan))
    try:
        with locked(plan):
            plan.refresh_from_db(fields=PlanTitleForm.Meta.fields)
            refused = _saved(
                request, here, plan, title, PlanTitleForm, plan, lambda form: _store_title(plan, form)
            )
    except ClosedError:
        return _closed(request, here, plan)
    return refused or back_to_outline(request, here, plan)


def _store_title(plan: Plan, form: RowForm) -> None:
    Plan.objects.filter(pk=plan.pk).update(**form.cleaned_data)


def _saved(
    request: HttpRequest,
    here: Access,
    plan: Plan,
    title: str,
    form_class: type[RowForm],
    row: Any,
    store: Callable[[RowForm], None],
) -> HttpResponse | None:
    """None when it is stored, otherwise the form with why it is not."""
    now = merging.texts(form_class(instance=row))
    then = merging.opened(request.POST.get(merging.MADE_FROM, ""), row._meta.label, row.pk)
    made_from = merging.sealed(row, now)
    form = form_class(merging.chosen(request.POST, now), instance=row)
    if then != now:
        meeting = merging.meeting(form, then, now)
        if meeting.clashes:
            merged = form_class(meeting.data, instance=row)
            return _form_page(request, here, plan, title, merged, made_from, meeting.clashes, 409)
    if not form.is_valid():
        return _form_page(request, here, plan, title, form, made_from, {}, 422)
    try:
        store(form)
    except ClosedError:
        return _closed(request, here, plan)
    return None


def _closed(request: HttpRequest, here: Access, plan: Plan) -> HttpResponse:
    plan.see_if_open()
    return outline_page(request, here, plan, said=CLOSED, status=409)


def _form_page(
    request: HttpRequest,
    here: Access,
    plan: Plan,
    title: str,
    form: RowForm,
    made_from: str = "",
    clashes: dict[str, merging.Clash] | None = None,
    status: int = 200,
) -> HttpResponse:
    row = form.instance
    context = {
        "here": here,
        "plan": plan,
        "title": title,
        "section": row if isinstance(row, Section) else None,
        "place": row.key if isinstance(row, Section) else "",
        "form": form,
        "fields": [(bound, (clashes or {}).get(bound.name)) for bound in form],
        "clashes": bool(clashes),
        "made_from": made_from or merging.sealed(row, merging.texts(form)),
        "editable": plan.budget.is_open,
    }
    return render(request, "plans/outline/form.html", context, status=status)
