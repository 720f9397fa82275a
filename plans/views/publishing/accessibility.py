"""The accessibility statement (lag 2018:1937)."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from plans.publishing.made import Made
from plans.views.publishing.answering import page, public


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return page(request, _statement(settings.ACCESSIBILITY_CONTACT))


@cache
def _statement(contact: str) -> Made:
    """`contact` is an e-mail address; empty where none is set."""
    return Made(render_to_string("plans/publishing/accessibility.html", {"contact": contact}).encode())
