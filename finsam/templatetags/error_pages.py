"""What the pages need that are shown when something is broken, whatever it is."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def style_if_any(path: str) -> SafeString:
    """A link to the style sheet; empty when the static files are not collected. The page is then plain, but
    there."""
    try:
        return format_html('<link rel="stylesheet" href="{}">', static(path))
    except ValueError:
        return SafeString("")
