"""Who serves, whether the board can decide, and what it decided: situations that a lawyer can read."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rules import Severity
from plans.decisions.people import Person
from plans.decisions.quorum import count
from plans.decisions.serving import seats, serving, serving_faults, with_deputies

SITUATIONS = tomllib.loads((Path(__file__).parent / "situations" / "quorum.toml").read_text("utf-8"))[
    "situation"
]
POSTS = {"ordförande": "chair", "vice ordförande": "vice_chair", "ledamot": "ordinary", "ersättare": "deputy"}
VOTES = {"ja": "yes", "nej": "no", "avstår": "abstains"}
SEVERITIES = {"fel": Severity.ERROR, "varning": Severity.WARNING}


def people_of(text: str) -> Iterator[Person]:
    for line in filter(None, text.splitlines()):
        who, _, does = line.partition(": ")
        name, post, member = who.split(", ")
        post, _, order = post.rpartition(" ") if post[-1].isdigit() else (post, "", "")
        done = does.split(", ")
        serves = [each.removeprefix("tjänstgör för ") for each in done if each.startswith("tjänstgör för ")]
        yield Person(
            key=name,
            name=name,
            post=POSTS[post],
            members=frozenset({member}),
            order=int(order) if order else None,
            present="frånvarande" not in done,
            conflict="äger huset" if "jävig" in done else "",
            presides="leder" in done,
            serves_for=serves[0] if serves else "",
            vote=next((VOTES[each] for each in done if each in VOTES), ""),
            reservation="Budgeten är för stor." if "reserverar sig" in done else "",
        )


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda each: each["namn"])
def test_situation(situation):
    counted = count(
        list(people_of(situation["personer"])),
        voted=situation.get("votering", False),
        by_members=situation.get("medlemmarna", False),
    )
    assert [each.name for each in counted.serving] == situation["tjänstgör"]
    assert (counted.is_quorate, counted.needed) == (situation["beslutför"], situation["behövs"])
    assert counted.carried is situation.get("antas")
    made = counted.tally
    assert (made and [made.yes, made.no, made.abstained]) == situation.get("röster")
    assert bool(made and made.by_casting_vote) == situation.get("utslagsröst", False)
    said = [(each.severity, each.sentence) for each in counted.faults]
    expected = [tuple(each.split(": ", 1)) for each in situation["säger"]]
    assert len(said) == len(expected), said
    for (severity, sentence), (word, begins) in zip(said, expected, strict=True):
        assert severity is SEVERITIES[word]
        assert sentence.startswith(begins), sentence


# -- deputies step in --------------------------------------------------------------------------------


def names_served(text: str) -> dict[str, str]:
    return {each.name: each.serves_for for each in with_deputies(list(people_of(text))) if each.serves_for}


def test_deputies_step_in_for_their_own_member_first_and_then_for_others():
    assert names_served("""
Anna, ordförande, Regionen: frånvarande
Bo, ledamot, Kommunen: frånvarande
Cia, ledamot, Staten: närvarande
Dan, ersättare 2, Kommunen: närvarande
Eva, ersättare 1, Kommunen: närvarande
""") == {"Eva": "Bo", "Dan": "Anna"}


def test_who_is_javig_or_away_does_not_step_in_and_leaves_the_place_they_had():
    assert names_served("""
Anna, ordförande, Regionen: frånvarande
Bo, ledamot, Kommunen: närvarande
Cia, ersättare 1, Regionen: närvarande, jävig
Dan, ersättare 2, Regionen: frånvarande, tjänstgör för Anna
Eva, ersättare 1, Kommunen: tjänstgör för Bo
""") == {"Eva": "Anna"}


PEOPLE = st.lists(
    st.builds(
        Person,
        key=st.integers(0, 10**6).map(str),
        name=st.just("Någon"),
        post=st.sampled_from(["ordinary", "deputy"]),
        members=st.sampled_from(["A", "B", "C"]).map(lambda name: frozenset({name})),
        order=st.none() | st.integers(1, 4),
        present=st.booleans(),
        conflict=st.sampled_from(["", "", "part"]),
    ),
    unique_by=lambda each: each.key,
    max_size=12,
)


@given(PEOPLE)
def test_when_deputies_have_stepped_in_nothing_is_wrong_and_no_place_is_empty_in_vain(people):
    placed = with_deputies(people)
    assert not list(serving_faults(placed))
    free = [each for each in placed if each.is_deputy and each.can_act and not each.serves_for]
    assert len(serving(placed)) == len(seats(placed)) or not free
    assert with_deputies(placed) == placed
