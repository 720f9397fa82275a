"""JSON that people read and compare."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam.readable_json import LINE_LENGTH, dumps

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(min_value=-(10**14), max_value=10**14, places=2),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=10), inner, max_size=6),
    max_leaves=30,
)


def test_what_fits_on_a_line_stands_on_one():
    assert dumps({"years": [2020, 2021], "unit": "SEK"}) == '{"years": [2020, 2021], "unit": "SEK"}\n'


def test_what_does_not_fit_is_indented():
    value = {"name": "x" * 60, "lines": [{"name": "y" * 50, "amounts": [1, 2]}, []]}

    assert dumps(value) == (
        f'{{\n  "name": "{"x" * 60}",\n  "lines": [{{"name": "{"y" * 50}", "amounts": [1, 2]}}, []]\n}}\n'
    )


def test_a_line_may_be_so_long_that_a_comma_after_it_just_fits():
    assert LINE_LENGTH == 110
    just_fits, too_long = ["x" * 101, ""], ["x" * 102, ""]

    assert dumps(just_fits) == f'["{"x" * 101}", ""]\n'
    assert len(dumps(just_fits)) == 110  # its line end counted, where a comma would be
    assert dumps(too_long) == f'[\n  "{"x" * 102}",\n  ""\n]\n'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("150"), "150"),
        (Decimal("150.00"), "150"),
        (Decimal("150.25"), "150.25"),
        (Decimal("150.50"), "150.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.01"), "-0.01"),
        (Decimal("302.68"), "302.68"),
        (Decimal("999999999999.99"), "999999999999.99"),
        (None, "null"),
        (True, "true"),
        (2020, "2020"),
        ("å\n”", '"å\\n”"'),
        ((1, 2), "[1, 2]"),
        ({}, "{}"),
        ([], "[]"),
    ],
)
def test_each_value_has_its_form(value, text):
    assert dumps(value) == text + "\n"


@pytest.mark.parametrize("value", [{1, 2}, object(), b"bytes", [{"a": object()}]])
def test_a_type_without_a_form_is_refused(value):
    with pytest.raises(TypeError):
        dumps(value)


@given(values)
def test_it_is_the_same_value_when_read(value: Any):
    text = dumps(value)

    assert json.loads(text, parse_float=Decimal) == value
    assert text.endswith("\n")


@given(values)
def test_no_line_is_too_long_unless_nothing_in_it_can_be_broken(value: Any):
    for line in dumps(value).splitlines():
        if len(line) > LINE_LENGTH:
            content = line.strip().rstrip(",").partition('": ')[2] or line.strip().rstrip(",")
            assert not content.startswith(("[", "{")) or content in ("[", "{", "[]", "{}")


@given(values)
def test_no_line_ends_with_a_space(value: Any):
    assert not [line for line in dumps(value).split("\n") if line.endswith(" ")]
