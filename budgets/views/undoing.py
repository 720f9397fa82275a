"""Undo and redo."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from budgets.answer import answer, asks_for_parts
from budgets.editing.change import ClosedError, ConflictError
from budgets.editing.lines import ImpossibleError
from budgets.editing.undo import NothingLeftError, redo, undo
from budgets.views.changing import redirect_to_budget, refused
from budgets.working_copy import author, working_copy
from members.access import Action

NO_LONGER = "Det går inte längre: annat i budgeten eller förbundet har ändrats så att det inte får plats."
NOTHING = {undo: "Det finns inget mer att ångra.", redo: "Det finns inget att göra om."}


@require_POST
def undo_change(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Take back one's own last change of the sitting."""
    return _lead_back(request, slug, plan_year, redone=False)


@require_POST
def redo_change(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Make again what one last took back."""
    return _lead_back(request, slug, plan_year, redone=True)


def _lead_back(request: HttpRequest, slug: str, plan_year: int, *, redone: bool) -> HttpResponse:
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    lead = redo if redone else undo
    try:
        made = lead(copy.budget, author(request))
    except NothingLeftError:
        sentence = NOTHING[lead]
        if asks_for_parts(request):
            return render(request, "budgets/refused_box.html", {"sentences": [sentence]}, status=422)
        messages.info(request, sentence)
        return redirect_to_budget(copy)
    except (ClosedError, ConflictError, ValidationError) as error:
        return refused(request, copy, _why(error))
    return answer(request, copy, made)


def _why(error: Exception) -> Exception:
    """The error in the user's words: what a row may be is another question than what can be taken back."""
    return ImpossibleError(NO_LONGER) if isinstance(error, ValidationError) else error
