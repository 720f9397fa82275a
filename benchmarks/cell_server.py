"""The application with one more address: a bare view for bench_cell.py to compare with."""

import os
from decimal import Decimal

os.environ["DJANGO_SETTINGS_MODULE"] = "finsam.settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from budgets.models import Amount


def bare(request: HttpRequest) -> HttpResponse:
    """One UPDATE, and as many bytes as asked for."""
    Amount.objects.filter(pk=int(request.POST["cell"])).update(amount=Decimal(request.POST["text"]))
    return HttpResponse(b"x" * int(request.POST["bytes"]))


settings.ROOT_URLCONF = __name__
urlpatterns = [path("bar/", bare), path("", include("finsam.urls"))]
