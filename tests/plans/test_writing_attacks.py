"""What somebody who means harm, or two who meet, may do to a plan that is written in the browser."""

from collections.abc import Callable
from time import perf_counter

import pytest

from members.models import RoleKind, User
from plans.editing.change import ImpossibleError
from plans.editing.outline import add_section, move_section, place_section
from plans.editing.undoing import latest_undoable, undo
from plans.figures.typed import remarks
from plans.models import Plan, Section, SectionChange
from plans.models.section import DEEPEST
from plans.preview import read_figures
from tests.members import people
from tests.plans.access_world import budget_of


@pytest.fixture
def plan(db) -> Plan:
    """A plan without sections."""
    plan = budget_of(people.federation("norrby"), 2021, "Norr")
    Section.objects.filter(plan=plan).delete()
    return plan


@pytest.fixture
def karin(plan) -> User:
    return people.with_role(plan.federation, RoleKind.DIRECTOR, people.user(name="Karin Ek"))


@pytest.fixture
def olle(plan) -> User:
    return people.with_role(plan.federation, RoleKind.ADMINISTRATOR, people.user(name="Olle Ask"))


def latest(plan: Plan) -> int:
    return SectionChange.objects.filter(plan=plan).latest("number").number


def parent_of(plan: Plan, key: str) -> str | None:
    return Section.objects.filter(plan=plan, key=key).values_list("parent__key", flat=True).get()


# -- undoing ---------------------------------------------------------------------------------------


def test_undoing_a_move_puts_no_section_under_itself(plan, karin, olle):
    """Karin lifts a part out of its chapter, Olle puts the chapter under it, Karin undoes her move."""
    add_section(plan, karin, "Kapitel")
    add_section(plan, karin, "Del", under="kapitel")
    move_section(plan, karin, "del", latest(plan), "out")
    of_karin = latest(plan)
    place_section(plan, olle, "kapitel", latest(plan), under="del")
    with pytest.raises(ImpossibleError):
        undo(plan, karin, of_karin)
    assert (parent_of(plan, "kapitel"), parent_of(plan, "del")) == ("del", None)
    assert latest_undoable(plan, karin) is None, "what cannot be undone is not offered"


def test_undoing_a_move_keeps_to_the_deepest_level(plan, karin, olle):
    keys = [add_section(plan, karin, "Nivå ett").key]
    for level in range(2, DEEPEST):
        keys.append(add_section(plan, karin, f"Nivå {level}", under=keys[-1]).key)
    add_section(plan, karin, "Lyft", under=keys[-1])
    place_section(plan, karin, "lyft", latest(plan))
    of_karin = latest(plan)
    add_section(plan, olle, "Under den lyfta", under="lyft")
    with pytest.raises(ImpossibleError, match=f"{DEEPEST} nivåer"):
        undo(plan, karin, of_karin)
    assert parent_of(plan, "lyft") is None


# -- what is typed ---------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["a\0b", "a\x01b", "a\u202eb"])
def test_a_heading_with_signs_that_cannot_be_shown_is_refused(plan, karin, heading):
    add_section(plan, karin, "Kapitel")
    address = "/norrby/plan/2021/disposition/avsnitt/kapitel/rubrik/"
    answer = people.client_of(karin).post(address, {"heading": heading, "seen": latest(plan)})
    assert answer.status_code == 422
    assert "styrtecken" in answer.content.decode()
    assert Section.objects.get(plan=plan).heading == "Kapitel"


def test_a_key_larger_than_any_row_has_chooses_no_row(plan, karin):
    address = "/norrby/medlemmar/uppdrag/ny/"
    answer = people.client_of(karin).post(address, {"body": "board", "person": "Eva", "members": "9" * 20})
    assert answer.status_code == 200
    assert not plan.federation.appointments.filter(person="Eva").exists()


# -- amounts in texts that nobody writes -----------------------------------------------------------

LONG = 20_000


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("budget " + "1" * LONG, id="a number of thousands of digits"),
        pytest.param("budget 1" + " 111" * (LONG // 4), id="a grouped number of thousands of digits"),
        pytest.param("resultat 10 000 kr " * (LONG // 19), id="a thousand amounts in a sentence"),
        pytest.param("resultat " * (LONG // 9) + "10 000 kr", id="a word two thousand times"),
        pytest.param("ca. A " * (LONG // 6), id="nothing but abbreviations"),
    ],
)
def test_amounts_are_looked_for_in_time_that_grows_with_the_text(plan, text):
    """Each of these once fell over, or took from seconds to hours for the longest text that is saved."""
    figures = read_figures(plan)
    once, twice = (seconds(remarks, f"<p>{part}</p>", figures) for part in (text, text * 4))
    assert twice < 12 * once + 0.5


def seconds(work: Callable[..., object], *given: object) -> float:
    start = perf_counter()
    work(*given)
    return perf_counter() - start


def test_a_list_without_full_stops_keeps_its_amounts_whole(plan):
    text = "".join(f"<li>Post {number}, 5 432 kr</li>" for number in range(400))
    found = remarks(f"<ul>{text}</ul>", read_figures(plan))
    assert [each.text for each in found] == ["5 432 kr"] * 400
    assert len({each.place for each in found}) == 400


def test_a_place_that_is_no_key_is_no_section(plan, karin):
    """PostgreSQL takes no question with a NUL in it."""
    add_section(plan, karin, "Kapitel")
    client, outline = people.client_of(karin), "/norrby/plan/2021/disposition/"
    assert client.get(f"{outline}nytt/?efter=%00&under=%00").status_code == 200
    assert client.post(f"{outline}nytt/", {"heading": "Ny", "efter": "a\0"}).status_code == 409
    assert client.post(f"{outline}avsnitt/kapitel/placera/", {"fore": "a\0"}).status_code == 409
    assert [section.key for section in plan.sections.all()] == ["kapitel"]
