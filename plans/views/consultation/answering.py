"""A member's answer, from the form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from finsam.whole_numbers import whole_number
from members.access import Action
from members.models import User
from plans.consultation.answering import (
    AnsweredMeanwhileError,
    NotNowError,
    Seen,
    SentMeanwhileError,
    answer,
    refusal,
)
from plans.consultation.reading import read_standing
from plans.views.consultation.page import answer_form, consultation_page
from plans.views.fetching import plan_here

NOT_ASKED = "Medlemmen som du företräder är inte med i det här samrådet."
NOT_SENT = "Planen har inte varit på samråd."


@require_POST
def answer_consultation(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Stores the answer; or gives the form back with why not, and with all that was typed."""
    here, plan = plan_here(request, slug, plan_year, Action.ANSWER_CONSULTATION)
    standing = read_standing(plan)
    form = answer_form(request, here, plan, standing, data=request.POST, files=request.FILES)
    if form is None:
        said = refusal(plan) or (NOT_ASKED if standing.versions else NOT_SENT)
        return consultation_page(request, here, plan, standing, None, said=said, status=409)
    if not form.is_valid():
        return consultation_page(request, here, plan, standing, form, status=422)
    assert isinstance(request.user, User)
    try:
        stored = answer(plan, form.said, _seen(request), request.user)
    except (NotNowError, SentMeanwhileError, AnsweredMeanwhileError) as error:
        form.say_that_the_file_is_gone()
        return consultation_page(request, here, plan, read_standing(plan), form, said=str(error), status=409)
    messages.success(request, f"Svaret från {stored.member_name} är inlagt.")
    return redirect("consultation", slug=slug, plan_year=plan_year)


def _seen(request: HttpRequest) -> Seen:
    """What stood on the page that the form was on."""
    version, last = (
        whole_number(request.POST.get(name, "")) or 0 for name in ("seen_version", "seen_answer")
    )
    return Seen(version, last)
