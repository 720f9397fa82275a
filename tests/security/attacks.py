"""Every field of every form, and every word of every address, made hostile one at a time."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.test import Client
from django.utils.datastructures import MultiValueDict

from members.models import RoleKind
from tests.plans.access_table import TABLE
from tests.plans.access_world import World
from tests.plans.test_access import post_first, to_post
from tests.security.hostile_values import MARKUP, SEGMENTS, VALUES
from tests.security.scene import Scene, who_may, who_posts
from tests.security.sending import Item, Upload, as_sent, send

PAGE = Upload("a.html", "text/html", b"<script>finsam_attack()</script>")
NOT_ATTACKED = "csrfmiddlewaretoken"
LONGER_THAN_SERVERS_TAKE = ("a file", "a megabyte", "a megabyte of words", "JSON in JSON")


def answer_seen(here: World) -> dict[str, str]:
    """What the page of a samråd sends along: for a member that has not answered, of what was seen."""
    member, seen = str(here.members[1].pk), str(here.version.number)
    return {"member": member, "version": seen, "seen_version": seen, "seen_answer": "0"}


WHEN_SENT: dict[str, Callable[[World], dict[str, str]]] = {
    "add_comment": lambda here: {"text": "En synpunkt."},
    "answer_consultation": answer_seen,
    "remind_consultation": lambda here: {},
}
"""What is sent of a plan that has been sent for samråd, by its editors, with what more."""


@dataclass(frozen=True)
class Attack:
    """One thing to send: `send` gives the answer."""

    what: str
    send: Callable[[], Any]
    onward: bool = False


def run(scene: Scene, client: Client, attacks: list[Attack]) -> list[str]:
    """What went wrong, each with what was sent."""
    return [
        f"{attack.what}: {fault}"
        for attack in attacks
        for fault in scene.faults(client, attack.send, onward=attack.onward)
    ]


# -- which fields there are --------------------------------------------------------------------------


@contextmanager
def names_asked_for() -> Iterator[set[str]]:
    """The names of what a view looks for in what it is sent, whether it is there or not."""
    names: set[str] = set()
    kept = {each: getattr(MultiValueDict, each) for each in ("__getitem__", "get", "getlist", "__contains__")}

    def noting(method: Callable[..., Any]) -> Callable[..., Any]:
        def noted(self: Any, name: Any, *more: Any) -> Any:
            if isinstance(self, QueryDict) and isinstance(name, str):
                names.add(name)
            return method(self, name, *more)

        return noted

    for each, method in kept.items():
        setattr(MultiValueDict, each, noting(method))
    try:
        yield names
    finally:
        for each, method in kept.items():
            setattr(MultiValueDict, each, method)


def of_each_kind(names: set[str]) -> list[str]:
    """One of several names that differ in their figures only."""
    kinds = {re.sub(r"[0-9]+", "#", name): name for name in sorted(names, reverse=True)}
    return sorted(kinds.values())


def fields(scene: Scene, client: Client, ask: Callable[[], Any], given: set[str]) -> list[str]:
    with names_asked_for() as names:
        scene.faults(client, ask)
    return of_each_kind((names | given) - {NOT_ATTACKED})


def foreign(theirs: World) -> dict[str, bytes]:
    """What names something of the neighbour."""
    words = ("line", "year", "member", "project", "role", "goal_row", "appointment", "kept", "number", "key")
    named = {f"the neighbour's {word}": str(theirs.part(word)).encode() for word in words}
    cell = f"{theirs.lines[0].pk}-{theirs.years[0].pk}".encode()
    return {**named, "the neighbour's cell": cell, "the neighbour's word": theirs.federation.slug.encode()}


def post_to(client: Client, name: str, here: World) -> Any:
    return client.post(TABLE[name].at(name, here), TABLE[name].data(here))


# -- what is sent ------------------------------------------------------------------------------------


def instead(right: dict[str, list[Item]], name: str, theirs: World) -> dict[str, dict[str, list[Item]]]:
    """The form with one field changed, in every way there is."""
    values = {what: {**right, name: [value]} for what, value in {**VALUES, **foreign(theirs)}.items()}
    others = {each: items for each, items in right.items() if each != name}
    return {
        **values,
        "left out": others,
        "twice": {**right, name: [*right.get(name, []), VALUES["SQL"]]},
        "a list": {**others, f"{name}[]": [b"1"], f"{name}[a]": [b"2"]},
        "a file": {**right, name: [PAGE]},
    }


def on_form(scene: Scene, client: Client, address: str, values: Mapping[str, Any]) -> list[Attack]:
    """Of a form that would be right with these values; and of what the view looks for beside them."""
    right = as_sent(values)
    names = fields(scene, client, partial(send, client, address, right), set(right))
    in_query = urlencode(dict.fromkeys(names, scene.theirs.part("line")))
    both = Attack(f"{address}, all in the query too", partial(send, client, address, right, in_query))
    return [both] + [
        Attack(f"{address}, {name} {what}", partial(send, client, address, changed), what in MARKUP)
        for name in names
        for what, changed in instead(right, name, scene.theirs).items()
    ]


def on_fields(scene: Scene, name: str, client: Client) -> list[Attack]:
    """Of the form at an address, as somebody sends it who may."""
    row, here = TABLE[name], scene.here
    post_first(client, row, here)
    if name in WHEN_SENT:
        assert post_to(client, "send_consultation", here).status_code == 302
    number = here.plan.versions.latest("place").number
    address = row.at(name, here, **({"number": number} if name in WHEN_SENT else {}))
    more = WHEN_SENT[name](here) if name in WHEN_SENT else {}
    return on_form(scene, client, address, {**to_post(name, here), **more})


def on_queries(scene: Scene, name: str, client: Client) -> list[Attack]:
    """Of what a page may be asked for after its address."""
    row, here = TABLE[name], scene.here
    address = row.at(name, here)
    path, _, query = address.partition("?")
    given = as_sent(QueryDict(query).dict())
    found = fields(scene, client, partial(client.get, address), set(given))

    def ask(values: dict[str, list[Item]]) -> Any:
        return client.generic("GET", path, QUERY_STRING=urlencode(values, doseq=True))

    return [
        Attack(f"{name}?{field} {what}", partial(ask, values))
        for field in found
        for what, values in instead(given, field, scene.theirs).items()
        if what not in LONGER_THAN_SERVERS_TAKE
    ]


def on_segments(scene: Scene, name: str, client: Client) -> list[Attack]:
    """Of what stands between the slashes of an address, read and posted to."""
    row, here = TABLE[name], scene.here
    path = row.at(name, here).partition("?")[0]
    attacks = []
    for part in row.parts:
        word, _, kind = part.partition(":")
        segment = str(here.part(kind or word))
        for what, hostile in SEGMENTS.items():
            changed = re.sub(rf"(?<=/){re.escape(segment)}(?=[/.])", lambda _, it=hostile: it, path, count=1)
            attacks += [
                Attack(f"{method} {name}, {word} {what}", partial(client.generic, method, changed))
                for method in ("GET", "POST")
            ]
    return attacks


# -- who sends it ------------------------------------------------------------------------------------


def who_reads(name: str) -> str | None:
    return who_may(TABLE[name].get)


def who_sends(name: str) -> str | None:
    return RoleKind.DIRECTOR if name in WHEN_SENT else who_posts(TABLE[name])
