"""Words of the budget in templates."""

from decimal import Decimal

from django import template

from budgets.sheet_parts import KIND_NAMES
from finsam.swedish import Unit, in_whole_units, number, percent

register = template.Library()


@register.filter
def column_kind(kind: str) -> str:
    """What a column holds: utfall, prognos, reviderad budget, budget, plan."""
    return KIND_NAMES[kind]


@register.filter
def signed(difference: Decimal, unit: Unit) -> str:
    """A difference of SEK in whole units, with its sign: +32 000, −5 000, 0."""
    shown = number(in_whole_units(difference, unit))
    return f"+{shown}" if in_whole_units(difference, unit) > 0 else shown


@register.filter
def signed_share(growth: Decimal) -> str:
    """A growth (0.015) with its sign: +1,5 %."""
    return f"+{percent(growth)}" if growth > 0 else percent(growth)
