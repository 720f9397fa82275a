"""Figures and dates in templates, all through finsam.swedish."""

from decimal import Decimal

from django import template

from finsam.swedish import Unit, in_whole_units, number, percent

register = template.Library()


@register.filter
def amount(value: Decimal | None, unit: Unit) -> str:
    """An amount of SEK in whole units, for a table that states its unit once; empty when there is none."""
    return "" if value is None else number(in_whole_units(value, unit))


@register.filter
def share(value: Decimal | None) -> str:
    return "" if value is None else percent(value)
