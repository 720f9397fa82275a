"""Every field of every form, every question after an address and every word in one: with hostile values one
at a time, as somebody who may send the rest. Never an error of ours, nothing stored that should not be,
nothing of the neighbour touched. All of them in `make soak`; here some of them, the same ones every time."""

from collections.abc import Callable
from random import Random

import pytest
from django.db import transaction
from django.test import Client

from tests.plans.access_table import TABLE
from tests.security.attacks import Attack, on_fields, on_queries, on_segments, run, who_reads, who_sends
from tests.security.scene import Scene

pytestmark = pytest.mark.django_db

PARTS = 3
"""Of the addresses, each with a world of its own."""
SOME = 3
"""Of what is sent to each address in the ordinary run."""

KINDS: dict[str, tuple[Callable[[str], str | None], Callable[[Scene, str, Client], list[Attack]]]] = {
    "fields": (who_sends, on_fields),
    "queries": (who_reads, on_queries),
    "segments": (who_reads, on_segments),
}


def faults(scene: Scene, part: int, kind: str, some: int | None = None) -> list[str]:
    """What went wrong at one part of the addresses, each with what was sent; at least something was sent."""
    who_may, attacks_on = KINDS[kind]
    found: list[str] = []
    count = 0
    for name in sorted(TABLE)[part::PARTS]:
        if (who := who_may(name)) is None:
            continue
        client = scene.client(who)
        with transaction.atomic():
            attacks = attacks_on(scene, name, client)
            if some is not None:
                attacks = Random(f"{name} {kind}").sample(attacks, min(some, len(attacks)))
            count += len(attacks)
            found += run(scene, client, attacks)
            transaction.set_rollback(True)
    print(f"{count} sent")
    assert count
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_breaks_and_nothing_is_stored_that_should_not_be(scene, part, kind):
    assert faults(scene, part, kind, SOME) == []


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_at_all_breaks(scene, part, kind):
    assert faults(scene, part, kind) == []


def test_every_form_is_sent_by_somebody():
    """But those that nobody may send as things stand, whose own states have tests of their own."""
    assert [name for name, row in TABLE.items() if row.writes and who_sends(name) is None] == []
