"""The forms of the board: a new row, and one that is changed. Two who save the same field both see it."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from members import merging
from members.access import Access, Action
from members.merging import Clash
from members.models import User
from members.views.rows import FormPage, changed, shown_for_change
from plans.editing.change import ClosedError
from plans.editing.goals import RowGoneError, recorded, row_of
from plans.editing.goals_rows import Kind
from plans.goal_forms import FORMS, BoardForm, new_row
from plans.models import GoalChange, Plan
from plans.text.tree import tree_of
from plans.views.fetching import plan_here
from plans.views.goals.answers import CLOSED, done, kind_of, known_row
from plans.views.goals.page import goals_page

NEW = {
    "area": "Nytt perspektiv eller område",
    "target_group": "Ny målgrupp",
    "goal": "Nytt mål",
    "indicator": "Nytt mått",
    "activity": "Ny aktivitet",
}

page = require_http_methods(["GET", "HEAD", "POST"])


class NotSavedError(Exception):
    """The form is to be shown again. `page` says why."""

    def __init__(self, page: FormPage) -> None:
        super().__init__(page.title)
        self.page = page


@page
def add_goal_row(request: HttpRequest, slug: str, plan_year: int, word: str) -> HttpResponse:
    """A new row, last in a container (`i`)."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    kind = kind_of(word)
    shown = FormPage(
        FORMS[kind.name](instance=new_row(kind, plan, request.GET.get("i", ""))), NEW[kind.name], request.path
    )
    if request.method != "POST":
        return _shown(request, here, plan, shown)
    form = FORMS[kind.name](request.POST, instance=new_row(kind, plan))

    def act(user: User) -> str:
        with recorded(plan, user, GoalChange.Action.ADD) as recording:
            if not form.is_valid():
                raise NotSavedError(replace(shown, form=form, status=422))
            recording.about(kind, form.save())
        return recording.key

    return _done(request, here, plan, act, form)


@page
def change_goal_row(request: HttpRequest, slug: str, plan_year: int, word: str, row: int) -> HttpResponse:
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    kind = kind_of(word)
    if request.method != "POST":
        found = get_object_or_404(kind.of(plan), pk=row)
        found.plan = plan
        return _shown(request, here, plan, _titled(shown_for_change(FORMS[kind.name], found, request.path)))
    known_row(plan, kind, row)

    def act(user: User) -> str:
        with recorded(plan, user, GoalChange.Action.CHANGE) as recording:
            try:
                found = row_of(plan, kind, row)
            except RowGoneError:
                raise NotSavedError(_gone(request, plan, kind)) from None
            found.plan = plan
            not_saved = changed(FORMS[kind.name], found, request, request.path)
            if not_saved is not None:
                raise NotSavedError(_titled(not_saved))
            recording.about(kind, found)
        return recording.key

    row_now = kind.of(plan).filter(pk=row).first() or new_row(kind, plan)
    row_now.plan = plan
    return _done(request, here, plan, act, FORMS[kind.name](request.POST, instance=row_now))


def _done(
    request: HttpRequest, here: Access, plan: Plan, act: Callable[[User], str], form: BoardForm
) -> HttpResponse:
    """The board after the change; `form` again, with why, when nothing is saved."""

    def act_while_open(user: User) -> str:
        try:
            return act(user)
        except ClosedError:
            form.add_error(None, CLOSED)
            made_from = request.POST.get(merging.MADE_FROM, "")
            shown = FormPage(form, NEW[form.kind.name], request.path, made_from, status=409)
            raise NotSavedError(_titled(shown) if form.instance.pk else shown) from None

    try:
        return done(request, here, plan, act_while_open)
    except NotSavedError as error:
        return _form_page(request, here, plan, error.page)


def _titled(shown: FormPage) -> FormPage:
    form = shown.form
    assert isinstance(form, BoardForm)
    return replace(shown, title=f"Ändra {form.kind.noun_of(form.instance)}")


def _gone(request: HttpRequest, plan: Plan, kind: Kind) -> FormPage:
    """Somebody has removed it: what was typed is kept, to be added anew."""
    form = FORMS[kind.name](request.POST, instance=new_row(kind, plan))
    action = reverse("add_goal_row", args=[plan.federation.slug, plan.plan_year, kind.word])
    return FormPage(form, NEW[kind.name], action, removed=True, status=410)


def _shown(request: HttpRequest, here: Access, plan: Plan, shown: FormPage) -> HttpResponse:
    """The form to fill in, while the plan is open."""
    if not plan.budget.is_open:
        return goals_page(request, here, plan, said=CLOSED, status=409)
    return _form_page(request, here, plan, shown)


def _form_page(request: HttpRequest, here: Access, plan: Plan, shown: FormPage) -> HttpResponse:
    form = shown.form
    assert isinstance(form, BoardForm)
    clashes = {name: _in_words(form, name, clash) for name, clash in shown.clashes.items()}
    context = {
        "here": here,
        "plan": plan,
        "page": replace(shown, clashes=clashes),
        "form": form,
        "key": form.kind.key(form.instance) if form.instance.pk else "",
    }
    return render(request, "plans/goals/form.html", context, status=shown.status)


def _in_words(form: BoardForm, name: str, clash: Clash) -> Clash:
    """What another has saved, as a person reads it: the words of a text, the name of what a row belongs
    to."""
    if name in form.texts:
        return replace(clash, saved=" ".join(tree_of(clash.saved).words().split()))
    return replace(clash, saved=form.owners.get(clash.saved, clash.saved)) if name == "owner" else clash
