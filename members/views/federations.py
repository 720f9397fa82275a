"""The federations one has a role in, and the logotype of each."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from members.access import Action, access, accesses
from members.models import User


@require_safe
def my_federations(request: HttpRequest) -> HttpResponse:
    """The federations of the user; straight on to the only one."""
    assert isinstance(request.user, User)
    mine = accesses(request.user)
    if len(mine) == 1:
        return redirect("overview", slug=mine[0].federation.slug)
    return render(request, "members/my_federations.html", {"accesses": mine})


@require_safe
def logotype(request: HttpRequest, slug: str) -> FileResponse:
    """The federation's logotype, for those who may see the federation."""
    federation = access(request, slug, Action.READ_FEDERATION).federation
    if not federation.logotype:
        raise Http404
    try:
        return FileResponse(federation.logotype.open("rb"))
    except FileNotFoundError:
        raise Http404 from None
