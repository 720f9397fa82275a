"""Sections have numbers by their order, and references say them."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.numbering import places
from plans.picture import Section

S = "\u00a0"


def section(key: str, *parts: Section, heading: str | None = None, **details) -> Section:
    return Section(key, key.capitalize() if heading is None else heading, parts=parts, **details)


def headless(key: str, *parts: Section, **details) -> Section:
    return section(key, *parts, heading="", **details)


def numbers(*sections: Section) -> dict[str, str]:
    return {key: place.number for key, place in places(sections).items()}


def test_sections_and_their_parts():
    found = numbers(section("a", section("b", section("c")), section("d")), section("e", section("f")))
    assert found == {"a": "1", "b": "1.1", "c": "1.1.1", "d": "1.2", "e": "2", "f": "2.1"}
    assert list(found) == ["a", "b", "c", "d", "e", "f"]


def test_a_section_without_a_number_is_not_counted():
    assert numbers(section("a"), section("b", numbered=False), section("c")) == {"a": "1", "b": "", "c": "2"}


def test_below_a_heading_without_a_number_there_are_none():
    """They would be the numbers of other sections."""
    assert numbers(section("a", section("b", section("c")), numbered=False), section("d")) == {
        "a": "",
        "b": "",
        "c": "",
        "d": "1",
    }


def test_appendices_have_numbers_of_their_own():
    found = numbers(
        section("a"),
        section("b", section("c"), is_appendix=True),
        section("d"),
        section("e", is_appendix=True, numbered=False),
    )
    assert found == {"a": "1", "b": "Bilaga 1", "c": "", "d": "2", "e": "Bilaga 2"}


def test_a_section_without_heading_has_the_place_of_the_one_above():
    found = places((section("a", section("b"), headless("c"), section("d"), headless("e")), headless("f")))
    assert found["c"] == found["b"]
    assert found["e"] == found["d"]
    assert found["f"] == found["a"]


def test_the_first_part_without_heading_has_the_place_of_the_section():
    found = places((section("a", headless("b")),))
    assert found["b"] == found["a"]


def test_parts_of_a_section_without_heading_are_numbered_on():
    found = numbers(section("a", section("b"), headless("c", section("d")), section("e")))
    assert found == {"a": "1", "b": "1.1", "c": "1.1", "d": "1.2", "e": "1.3"}


def test_levels_follow_the_depth_and_stop_at_six():
    deep = section("h")
    for key in "gfedcba":
        deep = section(key, deep)
    found = places((deep,))
    assert [place.level for place in found.values()] == [1, 2, 3, 4, 5, 6, 6, 6]
    assert found["h"].number == "1.1.1.1.1.1.1.1"


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("a", f"avsnitt{S}1"),
        ("b", f"avsnitt{S}1.1"),
        ("c", "”C”"),
        ("d", f"avsnitt{S}1.1"),
        ("e", f"bilaga{S}1"),
    ],
)
def test_how_a_text_refers_to_a_section(key, says):
    found = places(
        (
            section("a", section("b", headless("d"))),
            section("c", numbered=False),
            section("e", is_appendix=True),
        )
    )
    assert found[key].reference == says
    assert found[key].anchor


def test_a_section_before_every_heading_is_the_beginning():
    assert places((headless("a"), section("b")))["a"].reference == "planens början"


def test_a_new_section_moves_the_numbers_of_those_after_it():
    before = places((section("a"), section("b", section("c"))))
    after = places((section("a"), section("new"), section("b", section("c"))))
    assert before["c"].reference == f"avsnitt{S}2.1"
    assert after["c"].reference == f"avsnitt{S}3.1"
    assert after["c"].anchor == before["c"].anchor


# -- any tree ------------------------------------------------------------------------------------


@st.composite
def trees(draw, depth: int = 0) -> tuple[Section, ...]:
    made = []
    for _ in range(draw(st.integers(0, 4 if depth < 3 else 1 if depth < 8 else 0))):
        heading = draw(st.sampled_from(["", "Rubrik", "Rubrik"]))
        made.append(
            Section(
                key=f"s{draw(st.uuids()).hex}",
                heading=heading,
                numbered=draw(st.booleans()),
                is_appendix=bool(not depth and heading and draw(st.sampled_from([False, False, True]))),
                parts=draw(trees(depth + 1)),
            )
        )
    return tuple(made)


@given(trees())
def test_no_number_and_no_anchor_is_that_of_two_headings(tree):
    sections = [each for top in tree for each in top.with_parts()]
    found = places(tree)
    assert list(found) == [each.key for each in sections]
    own = [found[each.key] for each in sections if each.heading]
    assert not [number for number, times in Counter(p.number for p in own).items() if number and times > 1]
    assert len({place.anchor for place in own}) == len(own)


@given(trees())
def test_a_heading_is_at_most_one_level_deeper_than_the_one_before(tree):
    found = places(tree)
    level = 0
    for top in tree:
        for each in top.with_parts():
            assert found[each.key].level <= level + 1
            level = found[each.key].level
