"""What probes ask: whether this process lives, and whether requests may be sent to it. Anybody may ask, over
http too, past the proxy."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from finsam.readiness import Readiness

READINESS = Readiness()


@login_not_required
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """No database and no secrets: a process is not to be replaced because its database is away."""
    return _answer("lever", 200)


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    lacking = READINESS.lacking()
    return _answer(lacking or "redo", 503 if lacking else 200)


def _answer(words: str, status: int) -> HttpResponse:
    """Good for this moment only."""
    return HttpResponse(
        words, status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
