"""Inviting a person by e-mail, sending the invitation again and revoking it."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from members import invitations
from members.access import Action, access
from members.access_log import note_invitation
from members.forms import InvitationForm
from members.models import AccessChange, Federation, Invitation, User
from members.rows import locked

NOT_SENT = (
    "Brevet till {} gick inte att skicka: e-postservern tog inte emot det. Inbjudan finns kvar i listan. "
    "Försök igen med Skicka igen."
)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """The answer is the same whether the address has an account with Finsam or not."""
    here = access(request, slug, Action.EDIT_ACCESS)
    token = invitations.new_token()
    new = Invitation(
        federation=here.federation, invited_by_id=request.user.pk, token_hash=invitations.hashed(token)
    )
    if request.method != "POST":
        return render(request, "members/invite.html", {"here": here, "form": InvitationForm(instance=new)})
    form = InvitationForm(request.POST, instance=new)
    with locked(here.federation):
        access(request, slug, Action.EDIT_ACCESS)  # it may have been taken away meanwhile
        saved = form.is_valid()
        if saved:
            _note(request, AccessChange.Kind.INVITED, form.save())
    if not saved:
        return render(request, "members/invite.html", {"here": here, "form": form})
    if invitations.send(new, token, request):
        messages.success(request, f"En inbjudan är skickad till {new.email}.")
    else:
        messages.error(request, NOT_SENT.format(new.email))
    return redirect("roles", slug=slug)


@require_POST
def send_invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    here = access(request, slug, Action.EDIT_ACCESS)
    invitation = _invitation(here.federation, pk)
    try:
        if invitations.send_again(invitation, request):
            _note(request, AccessChange.Kind.INVITED_AGAIN, invitation)
            messages.success(request, f"En ny inbjudan är skickad till {invitation.email}.")
        else:
            messages.error(request, NOT_SENT.format(invitation.email))
    except invitations.NoLongerValidError:
        messages.info(request, "Inbjudan är redan antagen eller återkallad.")
    return redirect("roles", slug=slug)


@require_POST
def revoke_invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    here = access(request, slug, Action.EDIT_ACCESS)
    invitation = _invitation(here.federation, pk)
    with transaction.atomic():
        revoked = invitations.revoke(invitation)
        if revoked:
            _note(request, AccessChange.Kind.INVITATION_REVOKED, invitation)
    if revoked:
        messages.success(
            request, f"Inbjudan till {invitation.email} är återkallad. Länken gäller inte längre."
        )
    else:
        messages.info(request, "Inbjudan är redan antagen eller återkallad.")
    return redirect("roles", slug=slug)


def _note(request: HttpRequest, kind: AccessChange.Kind, invitation: Invitation) -> None:
    assert isinstance(request.user, User)
    note_invitation(kind, invitation, request.user)


def _invitation(federation: Federation, pk: int) -> Invitation:
    invitation = federation.invitations.filter(pk=pk).select_related("federation", "member").first()
    if invitation is None:
        raise Http404
    return invitation
