"""The federations one has a role in, and the logotype of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from members.access import Action, access, accesses
from members.models import Logotype, User


@require_safe
def my_federations(request: HttpRequest) -> HttpResponse:
    """The federations of the user; straight on to the only one."""
    assert isinstance(request.user, User)
    mine = accesses(request.user)
    if len(mine) == 1:
        return redirect("overview", slug=mine[0].federation.slug)
    return render(request, "members/my_federations.html", {"accesses": mine})


@require_safe
def logotype(request: HttpRequest, slug: str) -> HttpResponse:
    """The federation's logotype, for those who may see the federation."""
    here = access(request, slug, Action.READ_FEDERATION)
    shown = get_object_or_404(Logotype, federation=here.federation)
    return HttpResponse(bytes(shown.content), content_type=shown.media_type)
