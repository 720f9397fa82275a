"""The federation's own facts: its names, number, seat, and the unit its amounts are shown in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from members.access import Action, access
from members.access_log import note_second_factor
from members.forms import FederationForm
from members.models import Federation, User
from members.rows import locked
from members.views.rows import back, changed, page, shown_for_change


@page
def change_federation(request: HttpRequest, slug: str) -> HttpResponse:
    here = access(request, slug, Action.EDIT_MEMBERS)
    action = reverse("change_federation", args=[slug])
    if request.method != "POST":
        return shown_for_change(FederationForm, here.federation, action).answer(request, here)
    with locked(here.federation):
        # Read again under the lock, and apart from `here`, which a form with faults would change.
        federation = Federation.objects.get(pk=here.federation.pk)
        demanded = federation.second_factor_demanded
        answer = changed(FederationForm, federation, request, action)
        if answer is None and federation.second_factor_demanded != demanded:
            assert isinstance(request.user, User)
            note_second_factor(federation, request.user)
    if answer is not None:
        return answer.answer(request, here)
    messages.success(request, "Förbundets uppgifter är sparade.")
    return back(here)
