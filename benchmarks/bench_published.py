"""The public page of a plan against a bare Django view that answers with as many bytes, in the same run.

Asked in turns through all middleware, first as a WSGI server asks, then over HTTP from gunicorn: requests per
second of each, and their ratio, which is to be at least a half. Then the same page asked for by a browser
that has it already: over HTTP its 304 is to be faster than the 200, and it takes as many queries as it takes
to read the log, one. The plan is that of made_plan.py, of about 40 pages. The database is the one in
DATABASE_URL, where it stays, else a SQLite file of its own.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from http.client import HTTPConnection
from io import BytesIO
from typing import Any, cast

if "DATABASE_URL" not in os.environ and __name__ == "__main__":  # gunicorn has that of this process
    os.environ["FINSAM_DATA_DIR"] = tempfile.mkdtemp(prefix="finsam-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "finsam.settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from django.utils import timezone

from benchmarks.made_plan import made_plan
from budgets.models import Budget
from members.models import Federation, User
from plans.models import Plan, Version, VersionEvent, plan_of
from plans.publishing.standing import HERE
from plans.versions.contents import Head
from plans.versions.making import made_version

PAGES, WARMED, ASKED = 40, 20, 400
GOAL = 0.5
PORT = 8767
Answer = tuple[int, dict[str, str], bytes]
Ask = Callable[..., Answer]
"""An address, and headers, to the status, the headers and the body."""


@cache
def bytes_of(size: int) -> bytes:
    return b"x" * size


@login_not_required
def bare(request: HttpRequest, size: int) -> HttpResponse:
    """As many bytes, and no more."""
    return HttpResponse(bytes_of(size))


settings.ROOT_URLCONF = __name__
settings.ALLOWED_HOSTS = ["localhost", "testserver"]
settings.SECURE_SSL_REDIRECT = False
urlpatterns = [path("bar/<int:size>/", bare), path("", include("finsam.urls"))]


def published() -> Version:
    """A plan before the board, public as a proposal."""
    now = timezone.now()
    user = User.objects.create_user(f"bench-{now:%H%M%S%f}@example.se", "x" * 20, name="Mätning")
    slug = f"bench-{now:%Y%m%d%H%M%S%f}"
    federation = Federation.objects.create(slug=slug, name="Bench", short_name="Bench")
    plan = plan_of(Budget.objects.create(federation=federation, plan_year=2021, unit="SEK"))
    head = Head(slug, 2021, 1, "board", datetime(2021, 11, 2, 13, 10, tzinfo=UTC), str(user))
    made = made_version(made_plan(PAGES), head)
    version = Version.objects.create(
        federation=federation,
        place=1,
        plan=plan,
        plan_year=2021,
        number=1,
        purpose=head.purpose,
        made_at=head.made_at,
        made_by=user,
        made_by_name=head.made_by,
        content=made.content,
        content_hash=made.content_hash,
        hash=made.content_hash,
    )
    plan.state, plan.version = Plan.State.BOARD, version
    plan.state_since, plan.state_by_name = now, str(user)
    plan.save()
    for kind, where in (("meeting_announced", ""), ("proposal_published", HERE)):
        VersionEvent.objects.create(
            version=version, kind=kind, where=where, on=now, at=now, by=user, by_name=str(user)
        )
    return version


def inside(address: str, **headers: str) -> Answer:
    """Asks as a server does, and reads the answer to its end."""
    started: list[Any] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    answer: Any = application(environ, cast(Any, lambda *said: started.extend(said)))
    body = b"".join(answer)
    answer.close()
    return int(started[0].split()[0]), dict(started[1]), body


@contextmanager
def over_http() -> Iterator[Ask]:
    """Over one connection that is kept open, to gunicorn as `make serve` starts it."""
    command = ["gunicorn", "--bind", f"localhost:{PORT}", "--threads", "4", "--log-level", "error"]
    with subprocess.Popen([sys.executable, "-m", *command, "benchmarks.bench_published"]) as server:
        try:
            http = HTTPConnection("localhost", PORT)

            def ask(address: str, **headers: str) -> Answer:
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                http.request("GET", address, headers=named)
                answer = http.getresponse()
                return answer.status, dict(answer.headers), answer.read()

            for _ in range(100):  # until the server is ready
                try:
                    ask("/bar/1/")
                    break
                except OSError:
                    http.close()
                    time.sleep(0.1)
            yield ask
        finally:
            server.terminate()


def measured(*ways: Callable[[], Answer]) -> list[float]:
    """Seconds of each way, asked in turns: one in ten is as quick. What else the machine does comes on top of
    that, and would hide how little a 304 differs where nothing is sent over a network."""
    times: list[list[float]] = [[] for _ in ways]
    for turn in range(WARMED + ASKED):
        for way, taken in zip(ways, times, strict=True):
            started = time.perf_counter()
            way()
            if turn >= WARMED:
                taken.append(time.perf_counter() - started)
    return [statistics.quantiles(each, n=10)[0] for each in times]


def compare(ask: Ask, address: str, how: str) -> tuple[float, float]:
    """Prints what each way takes; seconds of the page and of its 304."""
    status, headers, body = ask(address)
    assert status == 200, status
    entity_tag = headers["ETag"]
    assert ask(address, If_None_Match=entity_tag)[0] == 304
    ours, theirs, unchanged = measured(
        lambda: ask(address),
        lambda: ask(f"/bar/{len(body)}/"),
        lambda: ask(address, If_None_Match=entity_tag),
    )
    print(
        f"  {how:10} public page {1 / ours:6.0f} requests per second, bare view {1 / theirs:6.0f}, "
        f"ratio {theirs / ours:.2f}; 304 {1 / unchanged:6.0f}; {len(body) / 1000:.0f} kB"
    )
    assert theirs / ours >= GOAL, f"too slow {how}"
    return ours, unchanged


def main() -> None:
    call_command("migrate", verbosity=0)
    address = f"/publicerat/{published().federation.slug}/2021/"
    print(f"{connection.vendor}, the quickest tenth of {ASKED}, ratio at least {GOAL}")
    compare(inside, address, "inside")
    with over_http() as ask:
        ours, unchanged = compare(ask, address, "over HTTP")
    assert unchanged < ours, "a 304 is to be faster"
    client = Client()
    entity_tag = client.get(address)["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, headers={"If-None-Match": entity_tag}).status_code == 304
    print(f"  a 304 takes {len(queries)} query")
    assert len(queries) == 1


if __name__ == "__main__":
    main()
