"""The application with bare views for bench_cell.py, bench_section.py and bench_version.py."""

import os
from decimal import Decimal

os.environ["DJANGO_SETTINGS_MODULE"] = "finsam.settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from budgets.models import Amount
from plans.models import Section


def bare(request: HttpRequest) -> HttpResponse:
    """One UPDATE, and as many bytes as asked for."""
    Amount.objects.filter(pk=int(request.POST["cell"])).update(amount=Decimal(request.POST["text"]))
    return HttpResponse(b"x" * int(request.POST["bytes"]))


def bare_text(request: HttpRequest) -> HttpResponse:
    """One UPDATE of a section's text, and as many bytes as asked for."""
    Section.objects.filter(pk=int(request.POST["section"])).update(text=request.POST["text"])
    return HttpResponse(b"x" * int(request.POST["bytes"]))


def bare_page(request: HttpRequest, size: int) -> HttpResponse:
    """As many bytes as asked for, and no more."""
    return HttpResponse(b"x" * size)


settings.ROOT_URLCONF = __name__
urlpatterns = [
    path("bar/", bare),
    path("bar-text/", bare_text),
    path("bar-sida/<int:size>/", bare_page),
    path("", include("finsam.urls")),
]
