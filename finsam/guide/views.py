"""The guide in the browser, also for those who are not signed in: it says how one signs in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from finsam.guide.reading import INDEX, pages


@login_not_required
@require_safe
def guide(request: HttpRequest, name: str = INDEX) -> HttpResponse:
    """The index, or the page of one job."""
    every = pages()
    if name not in every:
        raise Http404
    return render(
        request,
        "guide/page.html",
        {"page": every[name], "others": [each for each in every.values() if each.name != INDEX]},
    )
