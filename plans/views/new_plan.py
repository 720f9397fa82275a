"""A new plan: what it would be, and making it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from budgets.sheet import YearFigures
from finsam.swedish import Unit
from members.access import Access, Action, access
from members.models import User
from plans.blocks import BlockKind
from plans.forms import NewPlanForm, most_likely
from plans.making import Choice, PlanExistsError, make, proposal
from plans.models import Area, Goal, Plan, Risk, Section, TargetGroup, Term
from plans.new_plan import COPIED, EMPTY, KEPT, NewPlan, Origin, column_name


@require_http_methods(["GET", "HEAD", "POST"])
def new_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """GET shows what the choices (in the query) would give; POST makes it and goes on to its budget."""
    here = access(request, slug, Action.CREATE_PLAN)
    assert isinstance(request.user, User)
    plans = list(Plan.objects.filter(federation=here.federation).select_related("budget"))
    posted = request.method == "POST"
    data = request.POST if posted else {**most_likely(plans), **request.GET.dict()}
    form = NewPlanForm(here.federation, plans, data)
    if not form.is_valid():
        return _page(request, here, form, status=409 if posted and form.taken_year else 200)
    choice = form.choice()
    if not posted:
        return _page(request, here, form, choice)
    try:
        plan = make(here.federation, choice, request.user)
    except PlanExistsError:  # between the form's look and ours
        form.year_is_taken(choice.plan_year)
        return _page(request, here, form, status=409)
    messages.success(request, _made(slug, plan))
    return redirect("budget", slug=slug, plan_year=plan.plan_year)


def _made(slug: str, plan: Plan) -> str:
    """What there is now, with the way to its text."""
    text = reverse("outline", args=[slug, plan.plan_year])
    has_text = plan.sections.exists()
    return format_html(
        'Planen för {} är skapad. Det här är dess budget. {} <a href="{}">{}</a>.',
        plan.plan_year,
        f"Texten följde med från {plan.copied_from.plan_year}:"
        if has_text and plan.copied_from
        else "Nästa steg:",
        text,
        "skriv i planens text" if has_text else "börja planens text",
    )


@dataclass(frozen=True)
class ShownColumn:
    """A column of the proposal: its name, where it comes from in words, and its equity."""

    name: str
    origin: str
    figures: YearFigures


@dataclass(frozen=True)
class ShownProposal:
    choice: Choice
    new: NewPlan

    @property
    def unit(self) -> Unit:
        return self.new.sheet.unit

    @property
    def columns(self) -> list[ShownColumn]:
        return [
            ShownColumn(column_name(origin.column), self._words(origin), figures)
            for origin, figures in zip(self.new.origins, self.new.sheet.figures, strict=True)
        ]

    def _words(self, origin: Origin) -> str:
        if origin.how == EMPTY or origin.source is None:
            return "tom"
        if origin.how == COPIED:
            return f"samma belopp som {column_name(origin.source)}"
        if origin.how == KEPT:
            return "som den är, till jämförelse"
        return column_name(origin.source)

    @property
    def following(self) -> list[str]:
        """What becomes of the text, goals and lists, in sentences."""
        source = self.choice.source
        sections = Section.objects.filter(plan=source)
        if source is None or not self.choice.with_text or not sections.exists():
            said = [
                "Planen får ingen text än. Den börjar du sedan från en disposition, en Word-fil eller tomt."
            ]
        else:
            said = [
                f"Texten följer med från planen för {source.plan_year}: {sections.count()} avsnitt, som du "
                "sedan ändrar i.",
                "Belopp som Finsam skriver i texten blir den nya budgetens. Årtal skrivna för hand står "
                "kvar, och pekas ut tills du har sett över avsnittet.",
            ]
            if sections.filter(block=BlockKind.PRINTED_FAULTS).exists():
                said.append(
                    "Avsnittet om fel i det tryckta originalet följer inte med. Hänvisningar till det blir "
                    "vanliga ord."
                )
        if any(rows.objects.filter(plan=source).exists() for rows in (Goal, Area, TargetGroup, Term, Risk)):
            said.append("Mål, målgrupper, begrepp och risker följer med.")
        return said

    @property
    def dropped_columns(self) -> list[str]:
        return [column_name(column) for column in self.new.dropped_columns]


def _page(
    request: HttpRequest, here: Access, form: NewPlanForm, choice: Choice | None = None, status: int = 200
) -> HttpResponse:
    shown = ShownProposal(choice, proposal(here.federation, choice)) if choice else None
    context = {"here": here, "form": form, "shown": shown}
    return render(request, "plans/new_plan.html", context, status=status)
