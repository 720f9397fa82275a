"""The page where somebody sees where they are signed in, and ends it elsewhere.

To end it asks for the password or the second factor, unless that was just shown: whoever finds a browser open
is not to throw its owner out.
"""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from members import signed_in
from members.models import User

PAGE = "account_signed_in"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    context = {"here": signed_in.here(request), "others": signed_in.others(request, request.user)}
    return render(request, "account/signed_in.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def sign_out_there(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the others. One that has ended already is no error: it was what the user wanted."""
    if request.method != "POST":  # where who has shown who they are may be led back to
        return redirect(PAGE)
    row = UserSession.objects.filter(pk=pk).first()
    if row:
        if row.user_id != request.user.pk or row.session_key == request.session.session_key:
            raise Http404
        signed_in.end([row.session_key])
    messages.success(request, "Du är utloggad där.")
    return redirect(PAGE)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        assert isinstance(request.user, User)
        signed_in.end_all(request.user, but=request.session.session_key)
        messages.success(request, "Du är utloggad överallt annars.")
    return redirect(PAGE)
