"""Adding, changing, moving and removing one row of a federation."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from members import merging
from members.access import Access, Action, access
from members.forms import RowForm
from members.merging import Clash
from members.models import Federation
from members.rows import APPOINTMENT, MEMBER, RowKind, last_position, locked, move, references

page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class FormPage:
    """A form as it is shown. `clashes` are the fields that somebody else has changed meanwhile."""

    form: RowForm
    title: str
    action: str
    made_from: str = ""
    clashes: dict[str, Clash] = field(default_factory=dict)
    removed: bool = False
    status: int = 200

    @property
    def fields(self) -> list[tuple[Any, Clash | None]]:
        return [(bound, self.clashes.get(bound.name)) for bound in self.form]

    def answer(self, request: HttpRequest, here: Access) -> HttpResponse:
        context = {"here": here, "page": self, "form": self.form}
        return render(request, "members/form.html", context, status=self.status)


def back(here: Access, row: Any = None) -> HttpResponse:
    """To the page of all, at the row."""
    place = f"#{row._meta.model_name}-{row.pk}" if row is not None else ""
    return redirect(reverse("members", args=[here.federation.slug]) + place)


@page
def add(request: HttpRequest, slug: str, kind: RowKind) -> HttpResponse:
    here = access(request, slug, Action.EDIT_MEMBERS)
    new = kind.model(federation=here.federation)
    if request.method == "POST":
        form = kind.form(request.POST, instance=new)
        with locked(here.federation):
            row = _added(kind, form, here.federation)
        if row is not None:
            messages.success(request, f"{row} är tillagd.")
            return back(here, row)
    else:
        form = kind.form(instance=new, initial=_asked_for(request) if kind is APPOINTMENT else None)
    return FormPage(form, kind.new, reverse(f"add_{kind.name}", args=[slug])).answer(request, here)


def _asked_for(request: HttpRequest) -> dict[str, object]:
    """What a link to the form of a new appointment has filled in: body, its name, post and members."""
    words = {"body": "organ", "body_name": "namn", "post": "uppdrag"}
    return {
        **{field: request.GET.get(word, "") for field, word in words.items()},
        "members": request.GET.getlist("medlem"),
    }


def _added(kind: RowKind, form: RowForm, federation: Federation) -> Any:
    """The new row, last in its list; None when the form has something wrong."""
    if not form.is_valid():
        return None
    if kind.ordered:
        form.instance.position = last_position(kind, federation)
    return form.save()


@page
def change(request: HttpRequest, slug: str, pk: int, kind: RowKind) -> HttpResponse:
    here = access(request, slug, Action.EDIT_MEMBERS)
    action = reverse(f"change_{kind.name}", args=[slug, pk])
    row = kind.of(here.federation).filter(pk=pk).first()
    if request.method != "POST":
        if row is None:
            raise Http404
        return shown_for_change(kind.form, row, action).answer(request, here)
    with locked(here.federation):
        row = kind.of(here.federation).filter(pk=pk).first()
        page = changed(kind.form, row, request, action) if row is not None else None
    if row is None:
        return _removed_meanwhile(request, here, kind, pk)
    if page is not None:
        return page.answer(request, here)
    messages.success(request, f"Ändringen av {row} är sparad.")
    return back(here, row)


def shown_for_change(form_class: type[RowForm], row: Any, action: str) -> FormPage:
    form = form_class(instance=row)
    return FormPage(form, f"Ändra {row}", action, merging.sealed(row, merging.texts(form)))


def changed(form_class: type[RowForm], row: Any, request: HttpRequest, action: str) -> FormPage | None:
    """None when the row is saved, otherwise the page that says why not. Call it within `locked`."""
    title = f"Ändra {row}"
    now = merging.texts(form_class(instance=row))
    then = merging.opened(request.POST.get(merging.MADE_FROM, ""), row._meta.label, row.pk)
    form = form_class(merging.chosen(request.POST, now), instance=row)
    made_from = merging.sealed(row, now)
    if then != now:
        meeting = merging.meeting(form, then, now)
        if meeting.clashes:
            merged = form_class(meeting.data, instance=row)
            return FormPage(merged, title, action, made_from, meeting.clashes, status=409)
    if form.is_valid():
        form.save()
        return None
    return FormPage(form, title, action, made_from)


def _removed_meanwhile(request: HttpRequest, here: Access, kind: RowKind, pk: int) -> HttpResponse:
    """What was typed is kept, to be added anew; only who has had the form of that row comes here."""
    if merging.opened(request.POST.get(merging.MADE_FROM, ""), kind.model._meta.label, pk) is None:
        raise Http404
    form = kind.form(request.POST, instance=kind.model(federation=here.federation))
    action = reverse(f"add_{kind.name}", args=[here.federation.slug])
    return FormPage(form, kind.new, action, removed=True, status=410).answer(request, here)


@require_POST
def shift(request: HttpRequest, slug: str, pk: int, kind: RowKind) -> HttpResponse:
    """One step up or down in its list."""
    here = access(request, slug, Action.EDIT_MEMBERS)
    with locked(here.federation):
        row = kind.of(here.federation).filter(pk=pk).first()
        if row is None:
            raise Http404
        move(kind, here.federation, pk, up=request.POST.get("at") != "ned")
    return back(here, row)


@page
def remove(request: HttpRequest, slug: str, pk: int, kind: RowKind) -> HttpResponse:
    """Ask, then remove; not while something refers to it, nor when it was changed after the question."""
    here = access(request, slug, Action.EDIT_MEMBERS)
    if request.method != "POST":
        row = kind.of(here.federation).filter(pk=pk).first()
        if row is None:
            raise Http404
        return _confirmation(request, here, kind, row)
    sent = request.POST.get(merging.MADE_FROM, "")
    then = merging.opened(sent, kind.model._meta.label, pk)
    with locked(here.federation):
        row = kind.of(here.federation).select_for_update().filter(pk=pk).first()
        removed = unchanged = False
        if row is not None:
            unchanged = then == merging.texts(kind.form(instance=row))
            removed = unchanged and not _refers(kind, row)
        if row is not None and removed:
            messages.success(request, f"{row} är borttagen.")
            row.delete()
    if removed:
        return back(here)
    if row is not None:
        return _confirmation(request, here, kind, row, changed=not unchanged, status=409)
    if then is None:
        raise Http404
    messages.info(request, "Uppgiften var redan borttagen.")
    return back(here)


def _refers(kind: RowKind, row: Any) -> str:
    """What keeps the row from being removed."""
    return references(row) if kind is MEMBER else ""


def _confirmation(
    request: HttpRequest,
    here: Access,
    kind: RowKind,
    row: Any,
    *,
    changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    form = kind.form(instance=row)
    now = merging.texts(form)
    facts = [(form[name].label, merging.shown(form, name, now[name])) for name in now if now[name]]
    context = {
        "here": here,
        "row": row,
        "facts": facts,
        "refers": _refers(kind, row),
        "changed": changed,
        "made_from": merging.sealed(row, now),
        "change_address": reverse(f"change_{kind.name}", args=[here.federation.slug, row.pk]),
    }
    return render(request, "members/remove.html", context, status=status)
