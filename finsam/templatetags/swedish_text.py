"""Figures and dates in templates, all through finsam.swedish."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from finsam.swedish import UNIT_NAME, Unit, in_whole_units, number, percent

register = template.Library()


@register.filter
def amount(value: Decimal | None, unit: Unit) -> str:
    """An amount of SEK in whole units, for a table that states its unit once; empty when there is none."""
    return "" if value is None else number(in_whole_units(value, unit))


@register.filter
def share(value: Decimal | None) -> str:
    return "" if value is None else percent(value)


@register.filter
def plain_number(value: Decimal) -> str:
    """An exact number, without unit."""
    return number(value)


@register.filter
def unit_name(unit: Unit) -> str:
    return UNIT_NAME[unit]


@register.filter
def more_or_less(difference: Decimal) -> str:
    """A difference in words: 1 mer, 2 mindre."""
    return f"{number(abs(difference))} {'mer' if difference > 0 else 'mindre'}"


@register.filter
def mark(state: str) -> SafeString:
    """The mark of a state (error, warning, notice, ok), as finsam/state.html draws it."""
    return _mark(state)


@cache
def _mark(state: str) -> SafeString:
    return mark_safe(render_to_string("finsam/state.html", {"state": state}).strip())  # noqa: S308 - ours


@register.filter
def at(items: Sequence[object], place: int) -> object:
    """The item at a place counted from 0."""
    return items[place]
