"""The id of the request, for pages that are shown when something broke and have no context of their own."""

from django import template

from finsam.request_ids import CURRENT

register = template.Library()


@register.simple_tag
def request_id() -> str:
    """Empty outside of requests."""
    current = CURRENT.get()
    return current.request_id if current else ""
