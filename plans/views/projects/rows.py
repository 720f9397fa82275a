"""What belongs to an insats, a row at a time: planned participants, who else pays, what the board decided."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from members import merging
from members.access import Access, Action, access
from members.forms import RowForm
from members.rows import locked
from members.views.rows import FormPage, shown_for_change
from plans.views.projects.card import card_page, to_card
from plans.views.projects.finding import ENDED, project_of
from plans.views.projects.form_page import answer, ended_page, had_the_form, saved
from projects.forms import DecisionForm, FinancerForm, ParticipantsForm
from projects.models import BoardDecision, Financer, PlannedParticipants, Project, Status
from projects.models.progress import DEMANDS, reached


@dataclass(frozen=True)
class RowKind:
    """`name` ends the names of its addresses, `word` stands in them and names its part of the card. `frozen`:
    not of an insats that is ended."""

    name: str
    word: str
    model: type[Model]
    form: type[RowForm]
    title: str
    new: str
    frozen: bool

    def find(self, project: Project, row: int) -> Any:
        """None when it is gone."""
        return self.model._default_manager.filter(project=project, pk=row).first()


KINDS = (
    RowKind(
        "participants",
        "deltagare",
        PlannedParticipants,
        ParticipantsForm,
        "Planerade deltagare",
        "Planerade deltagare ett år till",
        True,
    ),
    RowKind(
        "financer",
        "finansiering",
        Financer,
        FinancerForm,
        "Annan finansiering",
        "Ny annan finansiering",
        True,
    ),
    # The board may decide of what is ended too: of its report, of money left over.
    RowKind(
        "decision", "beslut", BoardDecision, DecisionForm, "Styrelsens beslut", "Nytt styrelsebeslut", False
    ),
)

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def add_row(request: HttpRequest, slug: str, pk: int, kind: RowKind) -> HttpResponse:
    here = access(request, slug, Action.EDIT_WORKING_COPY)
    project = project_of(here, pk)
    if request.method != "POST":
        if kind.frozen and project.is_ended:
            return card_page(request, here, project, error=ENDED, status=409)
        form = kind.form(instance=kind.model(project=project))
        return answer(request, here, FormPage(form, kind.new, request.path), project)
    with locked(here.federation):
        project = project_of(here, pk, lock=True)
        form = kind.form(request.POST, instance=kind.model(project=project))
        ended = kind.frozen and project.is_ended
        if not ended and form.is_valid():
            form.save()
            messages.success(request, f"{form.instance} är tillagt.")
            return to_card(here, project, kind.word)
    shown = ended_page(form, request) if ended else FormPage(form, "", request.path)
    return answer(request, here, replace(shown, title=kind.new), project)


@page
def change_row(request: HttpRequest, slug: str, pk: int, row: int, kind: RowKind) -> HttpResponse:
    here = access(request, slug, Action.EDIT_WORKING_COPY)
    project = project_of(here, pk)
    if request.method != "POST":
        found = kind.find(project, row)
        if found is None:
            raise Http404
        if kind.frozen and project.is_ended:
            return card_page(request, here, project, error=ENDED, status=409)
        shown = shown_for_change(kind.form, found, request.path)
        return answer(request, here, replace(shown, title=kind.title), project)
    with locked(here.federation):
        project = project_of(here, pk, lock=True)
        found = kind.find(project, row)
        if found is None:
            return _gone(request, here, project, row, kind)
        not_saved = saved(kind.form, found, request, ended=kind.frozen and project.is_ended)
    if not_saved is not None:
        return answer(request, here, replace(not_saved, title=kind.title), project)
    messages.success(request, "Ändringen är sparad.")
    return to_card(here, project, kind.word)


def _gone(request: HttpRequest, here: Access, project: Project, row: int, kind: RowKind) -> HttpResponse:
    """Somebody has removed it: what was typed is kept, to be added anew."""
    had_the_form(request, kind.model._meta.label, row)
    form = kind.form(request.POST, instance=kind.model(project=project))
    action = reverse(f"add_{kind.name}", args=[here.federation.slug, project.pk])
    return answer(request, here, FormPage(form, kind.new, action, removed=True, status=410), project)


@page
def remove_row(request: HttpRequest, slug: str, pk: int, row: int, kind: RowKind) -> HttpResponse:
    """Ask, then remove; not when it was changed after the question."""
    here = access(request, slug, Action.EDIT_WORKING_COPY)
    with locked(here.federation):
        project = project_of(here, pk)
        found = kind.find(project, row)
        if found is None and request.method == "POST":
            had_the_form(request, kind.model._meta.label, row)
            messages.info(request, "Uppgiften var redan borttagen.")
            return to_card(here, project, kind.word)
        if found is None:
            raise Http404
        if why := _why_not_removed(project, found, kind):
            return card_page(request, here, project, error=why, status=409)
        form = kind.form(instance=found)
        now = merging.texts(form)
        sent = request.POST.get(merging.MADE_FROM, "")
        changed = request.method == "POST" and merging.opened(sent, kind.model._meta.label, row) != now
        if request.method == "POST" and not changed:
            messages.success(request, f"{found} är borttaget.")
            found.delete()
            return to_card(here, project, kind.word)
    context = {
        "here": here,
        "project": project,
        "title": f"Ta bort {found}?",
        "facts": [(form[name].label, merging.shown(form, name, now[name])) for name in now if now[name]],
        "changed": changed,
        "made_from": merging.sealed(found, now),
        "pointers": [],
    }
    return render(request, "plans/projects/remove.html", context, status=409 if changed else 200)


def _why_not_removed(project: Project, row: Any, kind: RowKind) -> str:
    """An ended insats keeps what it was planned to be; a granted one keeps its only decision."""
    if kind.frozen and project.is_ended:
        return ENDED
    needed = kind.model is BoardDecision and Status.GRANTED in reached(project.status)
    if needed and not project.decision_reference and not project.decisions.exclude(pk=row.pk).exists():
        return f"{DEMANDS[Status.GRANTED].sentence.split('.')[0]}. Det här är dess enda beslut."
    return ""
