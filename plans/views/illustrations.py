"""The pictures of a federation's texts: taking one in, and showing it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from finsam.pictures.reencoding import check_size
from members.access import Action, access
from plans.illustrations import UnusablePictureError, store_illustration
from plans.models import Illustration
from plans.views.fetching import plan_here

CLOSED = "Budgeten är stängd, och med den planens text. Bilden är inte sparad."
CHOOSE = "Välj en bild."


@require_POST
def add_illustration(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The picture of the file, stored; 422 with why not."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    if not plan.budget.is_open:
        return _refused(CLOSED, 409)
    sent = request.FILES.get("file")
    if sent is None:
        return _refused(CHOOSE, 422)
    try:
        check_size(sent.size or 0)
        stored = store_illustration(here.federation, sent.read())
    except UnusablePictureError as error:
        return _refused(str(error), 422)
    return JsonResponse(
        {
            "key": stored.key,
            "src": reverse("illustration", args=[slug, stored.key]),
            "width": stored.width,
            "height": stored.height,
        }
    )


def _refused(said: str, status: int) -> JsonResponse:
    return JsonResponse({"said": said}, status=status, json_dumps_params={"ensure_ascii": False})


@require_safe
def illustration(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A picture, which is never another under the same address. Who reads a version sees its pictures; the
    address is made of what the picture holds, so that nobody guesses one they have not been shown."""
    here = access(request, slug, Action.READ_FEDERATION)
    shown = get_object_or_404(Illustration, federation=here.federation, key=key)
    return HttpResponse(
        bytes(shown.content),
        content_type=shown.media_type,
        headers={"Cache-Control": "private, max-age=31536000, immutable"},
    )
