"""A new insats, and what an insats itself says: facts and text."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from budgets.editing.change import ClosedError, ConflictError, make_change
from budgets.models import Budget, Change
from budgets.reading import read_state
from budgets.views.changing import sentences
from budgets.working_copy import author
from members.access import Access, Action, access
from members.rows import locked
from members.views.rows import FormPage
from plans.views.projects.card import to_card
from plans.views.projects.finding import open_budget
from plans.views.projects.form_page import answer, edit
from plans.views.projects.lines import new_line, usual_group
from projects.forms import DescriptionForm, FactsForm, NewProjectForm
from projects.models import Project, Status

page = require_http_methods(["GET", "HEAD", "POST"])


class NewProjectWithLineForm(NewProjectForm):
    """A new insats, and if so wished a line for it in the budget of the latest plan."""

    with_line = forms.BooleanField(required=False)
    group = forms.CharField(
        label="Budgetpostens grupp",
        max_length=200,
        required=False,
        help_text="Rubriken i budgeten som posten ska stå under. Ett nytt namn gör en ny grupp.",
    )

    def for_budget(self, budget: Budget | None) -> None:
        if budget is None:
            del self.fields["with_line"], self.fields["group"]
            return
        self.fields["with_line"].label = f"Lägg till en budgetpost i planen för {budget.plan_year}"
        self.fields["group"].initial = usual_group(read_state(budget))


@page
def new_project(request: HttpRequest, slug: str) -> HttpResponse:
    """An insats and perhaps its budget line: both or neither."""
    here = access(request, slug, Action.EDIT_WORKING_COPY)
    budget = open_budget(here)
    new = Project(federation=here.federation, status=Status.IDEA)
    form = NewProjectWithLineForm(request.POST or None, instance=new)
    form.for_budget(budget)
    if request.method == "POST":
        try:
            with locked(here.federation):
                made = _made(request, here, form, budget)
        except (ClosedError, ConflictError, ValidationError) as error:
            made = False
            form.add_error(None, " ".join(sentences(error)))
        if made:
            messages.success(request, f"{new} är tillagd.")
            return to_card(here, new)
    shown = FormPage(form, "Ny insats", request.path)
    return answer(request, here, shown, None)


def _made(request: HttpRequest, here: Access, form: NewProjectWithLineForm, budget: Budget | None) -> bool:
    if not form.is_valid():
        return False
    highest = here.federation.projects.aggregate(highest=Max("position"))["highest"]
    form.instance.position = 0 if highest is None else highest + 1
    project = form.save()
    if budget and form.cleaned_data["with_line"]:
        line = new_line(project.pk, project.name, form.cleaned_data["group"])
        make_change(budget, author(request), Change.Action.ADD_LINE, line)
    return True


@page
def change_project(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return edit(request, slug, pk, FactsForm, "Uppgifter om insatsen", "uppgifter", frozen=True)


@page
def describe_project(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return edit(request, slug, pk, DescriptionForm, "Beskrivning", "beskrivning", frozen=True)
