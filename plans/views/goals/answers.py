"""What a change of the board is answered with: the board after it, or why nothing was changed."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from members.access import Access
from members.models import User
from plans.editing.change import ClosedError, ImpossibleError
from plans.editing.goals import RowChangedError, RowGoneError, has_been
from plans.editing.goals_rows import KINDS, Kind
from plans.models import Plan
from plans.views.goals.page import back_to_goals, goals_page

CLOSED = "Inget är ändrat. Budgeten är stängd, och med den planens mål."
"""What would open it is said on the page (plans/closed.html)."""
GONE = "Inget är ändrat. Någon annan har tagit bort det. Så här ser målen ut nu."
CHANGED = (
    "Inget är ändrat. Någon annan har ändrat {} sedan du såg det. Så här ser målen ut nu; gör om det om det "
    "fortfarande ska göras."
)


def kind_of(word: str) -> Kind:
    """Raises Http404."""
    found = next((kind for kind in KINDS.values() if kind.word == word), None)
    if found is None:
        raise Http404
    return found


def known_row(plan: Plan, kind: Kind, pk: int) -> None:
    """Raises Http404 for a row that the plan neither has nor has had."""
    if not kind.of(plan).filter(pk=pk).exists() and not has_been(plan, kind, pk):
        raise Http404


def done(request: HttpRequest, here: Access, plan: Plan, act: Callable[[User], str]) -> HttpResponse:
    """The board after the change, at the row whose key `act` gives; or as it is, with why nothing was
    changed."""
    assert isinstance(request.user, User)
    try:
        key = act(request.user)
    except ClosedError:
        plan.see_if_open()
        said, status = CLOSED, 409
    except RowGoneError:
        said, status = GONE, 409
    except RowChangedError as error:
        said, status = CHANGED.format(error.words), 409
    except ImpossibleError as error:
        said, status = f"Inget är ändrat. {error}", 409
    else:
        return back_to_goals(request, here, plan, key)
    return goals_page(request, here, plan, said=said, status=status)
