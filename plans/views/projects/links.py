"""What an insats has to do with the latest plan: its areas, goals, activities and target groups."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from members.access import Action, access
from members.forms import RowForm, RowsField
from members.views.rows import FormPage, changed, shown_for_change
from plans.editing.change import ClosedError, locked
from plans.models import Activity, Area, Goal, Plan, TargetGroup
from plans.views.projects.card import card_page, to_card
from plans.views.projects.finding import CLOSED, latest_plan, project_of
from plans.views.projects.form_page import answer
from projects.models import Project

LINKED: dict[str, tuple[type[Model], str]] = {
    "areas": (Area, "Perspektiv och områden"),
    "goals": (Goal, "Mål"),
    "activities": (Activity, "Aktiviteter"),
    "target_groups": (TargetGroup, "Målgrupper"),
}
"""By the name of the field, which is also that of the insats' rows: the table, and the words."""


class WholeText(RowsField):
    """Rows by their whole text; an activity, which several may call the same, with what it belongs to."""

    def label_from_instance(self, row: Any) -> str:
        text = str(getattr(row, "text", row))
        owner = (row.goal or row.area or row.target_group) if isinstance(row, Activity) else None
        return f"{text} ({owner})" if owner else text


class LinksForm(RowForm):
    """The links of an insats (`instance`) to the latest plan of its federation; those to others stay."""

    class Meta:
        model = Project
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = Plan.objects.filter(federation=self.instance.federation_id).first()
        for name, (model, label) in LINKED.items():
            rows = model._default_manager.filter(plan=plan)
            if model is Activity:
                rows = rows.select_related("goal", "area", "target_group")
            if rows:
                self.fields[name] = WholeText(
                    rows, required=False, label=label, widget=forms.CheckboxSelectMultiple
                )
                self.initial[name] = list(self._linked(rows))

    def _linked(self, rows: Any) -> Any:
        return rows.filter(projects=self.instance).order_by("pk")

    def save(self, commit: bool = True) -> Any:
        for name, field in self.fields.items():
            assert isinstance(field, forms.ModelMultipleChoiceField)
            now, wanted = set(self._linked(field.queryset)), set(self.cleaned_data[name])
            linked = getattr(self.instance, name)
            linked.add(*(wanted - now))
            linked.remove(*(now - wanted))
        return self.instance


@require_http_methods(["GET", "HEAD", "POST"])
def link_project(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    here = access(request, slug, Action.EDIT_WORKING_COPY)
    project, plan = project_of(here, pk), latest_plan(here)
    if plan is None:
        return card_page(request, here, project, error="Det finns ingen plan än.", status=409)
    title = f"Samband i planen för {plan.plan_year}"
    if request.method != "POST":
        if not plan.budget.is_open:
            return card_page(request, here, project, error=CLOSED, status=409)
        page: FormPage | None = shown_for_change(LinksForm, project, request.path)
    else:
        try:
            with locked(plan):
                page = changed(LinksForm, project, request, request.path)
        except ClosedError:
            return card_page(request, here, project, error=CLOSED, status=409)
    if page is None:
        messages.success(request, "Sambanden är sparade.")
        return to_card(here, project, "samband")
    return answer(request, here, replace(page, title=title), project)
