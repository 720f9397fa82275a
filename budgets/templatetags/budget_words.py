"""Words of the budget in templates."""

from django import template

from budgets.sheet_parts import KIND_NAMES

register = template.Library()


@register.filter
def column_kind(kind: str) -> str:
    """What a column holds: utfall, prognos, reviderad budget, budget, plan."""
    return KIND_NAMES[kind]
