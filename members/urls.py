from django.urls import URLPattern, path

from members.rows import KINDS, RowKind
from members.views import federation_facts, federations, invite, invited, members_page, roles, rows

WORDS = {"member": "medlem", "appointment": "uppdrag", "policy": "grans", "earlier_name": "tidigare-namn"}


def of_kind(kind: RowKind) -> list[URLPattern]:
    """The addresses of one kind of row: add_member, change_member, remove_member, move_member ..."""
    start, known = f"<slug:slug>/medlemmar/{WORDS[kind.name]}/", {"kind": kind}
    addresses = [
        path(f"{start}ny/", rows.add, known, name=f"add_{kind.name}"),
        path(f"{start}<int:pk>/", rows.change, known, name=f"change_{kind.name}"),
        path(f"{start}<int:pk>/ta-bort/", rows.remove, known, name=f"remove_{kind.name}"),
    ]
    if kind.ordered:
        addresses.append(path(f"{start}<int:pk>/flytta/", rows.shift, known, name=f"move_{kind.name}"))
    return addresses


urlpatterns = [
    path("", federations.my_federations, name="my_federations"),
    path("inbjudan/<str:token>/", invited.accept_invitation, name="accept_invitation"),
    path("<slug:slug>/logotyp/", federations.logotype, name="logotype"),
    path("<slug:slug>/medlemmar/", members_page.members, name="members"),
    path("<slug:slug>/medlemmar/forbundet/", federation_facts.change_federation, name="change_federation"),
    *(address for kind in KINDS for address in of_kind(kind)),
    path("<slug:slug>/behorigheter/", roles.roles, name="roles"),
    path("<slug:slug>/behorigheter/person/<int:user_pk>/", roles.add_role, name="add_role"),
    path("<slug:slug>/behorigheter/<int:pk>/ta-bort/", roles.remove_role, name="remove_role"),
    path("<slug:slug>/behorigheter/bjud-in/", invite.invite, name="invite"),
    path(
        "<slug:slug>/behorigheter/inbjudan/<int:pk>/skicka/", invite.send_invitation, name="send_invitation"
    ),
    path(
        "<slug:slug>/behorigheter/inbjudan/<int:pk>/aterkalla/",
        invite.revoke_invitation,
        name="revoke_invitation",
    ),
]
