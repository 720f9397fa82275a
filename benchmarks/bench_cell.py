"""One cell saved and answered against a bare view doing one UPDATE, behind the same middleware.

At 60 × 4 and 300 × 6 lines and columns: median time of the whole request (sign-in, access, judging, writing,
history, sheet, rules, the changed parts as HTML), the time of a bare Django view that updates one row and
answers with as many bytes in the same run, their ratio, the number of queries, and how the time grows. Both
as a browser meets them, over HTTP from the server that `make serve` starts, and inside Django without a
server. The database is the one in DATABASE_URL, else a SQLite file of its own.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

if "DATABASE_URL" not in os.environ:
    os.environ["FINSAM_DATA_DIR"] = tempfile.mkdtemp(prefix="finsam-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "finsam.settings"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budgets.exchange.storing import store
from budgets.models import Amount, Budget
from budgets.sheet import BudgetSheet, Column, Line
from members.models import Federation, Role, RoleKind, User

SIZES = ((60, 4), (300, 6))
ROUNDS = 200
PORT = 8765
Post = Callable[[str, dict[str, Any]], tuple[int, str, bytes]]
"""An address and fields to a status, the number of the change, and the answer."""


def budget(federation: Federation, lines: int, columns: int) -> Budget:
    """Contributions, opening equity and costs in groups of twenty, balanced."""
    kinds = ["budget", "budget", *["plan"] * (columns - 2)]
    half = tuple(Decimal(lines * 5_000) for _ in kinds)
    rows = [
        Line(0, "income", "Försäkringskassan", half, "contribution", member_kind="state"),
        Line(1, "income", "Regionen", half, "contribution", member_kind="region_municipality"),
        Line(2, "opening_equity", "Eget kapital", (Decimal(500_000), *[None] * (columns - 1))),
    ]
    rows += [
        Line(key, "cost", f"Post {key}", (Decimal(10_000),) * columns, "insats", group=f"Grupp {key // 20}")
        for key in range(3, lines)
    ]
    years = tuple(Column(2020 + place, kind) for place, kind in enumerate(kinds))
    return store(BudgetSheet(years, tuple(rows), plan_year=2021), federation)


def measured(call: Callable[[int], Any], first: int) -> float:
    """Median milliseconds of a call."""
    times = []
    for turn in range(first, first + ROUNDS):
        started = time.perf_counter()
        call(turn)
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def inside(client: Client) -> Post:
    """Through the middleware and the view, without a server."""

    def post(address: str, fields: dict[str, Any]) -> tuple[int, str, bytes]:
        answer = client.post(address, fields, headers={"X-Requested-With": "grid"})
        return answer.status_code, answer.headers.get("X-Budget-Change", ""), answer.content

    return post


@contextmanager
def over_http(client: Client) -> Iterator[Post]:
    """Over one connection that is kept open, to gunicorn as `make serve` starts it."""
    command = ["gunicorn", "--bind", f"localhost:{PORT}", "--threads", "4", "--log-level", "warning"]
    with subprocess.Popen([sys.executable, "-m", *command, "benchmarks.cell_server"]) as server:
        try:
            http = HTTPConnection("localhost", PORT)
            for _ in range(100):  # until the server is ready
                try:
                    http.request("GET", "/logga-in/")
                    http.getresponse().read()
                    break
                except OSError:
                    http.close()
                    time.sleep(0.1)
            token = "t" * 32
            session = client.session.session_key
            headers = {
                "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
                "X-CSRFToken": token,
                "X-Requested-With": "grid",
                "Content-Type": "application/x-www-form-urlencoded",
            }

            def post(address: str, fields: dict[str, Any]) -> tuple[int, str, bytes]:
                http.request("POST", address, urlencode(fields), headers)
                answer = http.getresponse()
                return answer.status, answer.headers.get("X-Budget-Change", ""), answer.read()

            yield post
        finally:
            server.terminate()


def compare(post: Post, federation: Federation, made: Budget, how: str) -> float:
    """Prints both times and their ratio; ours in milliseconds."""
    cell, other = Amount.objects.filter(line__budget=made, line__section="cost").order_by("pk")[10:12]
    was, number, size = str(cell.amount.amount), made.last_change, 0

    def save(turn: int) -> None:
        nonlocal was, number, size
        place = {"line": cell.line_id, "year": cell.year_id}
        fields = {**place, "was": was, "text": 11_000 + turn, "seen": number}
        status, header, body = post(f"/{federation.slug}/budget/2021/belopp/", fields)
        assert status == 200, (status, body[:300])
        was, number, size = f"{11_000 + turn}.00", int(header), len(body)

    def update(turn: int) -> None:
        status, _, body = post("/bar/", {"cell": other.pk, "text": 11_000 + turn, "bytes": size})
        assert (status, len(body)) == (200, size)

    save(0)
    save(1)
    update(0)
    with CaptureQueriesContext(connection) as queries:
        save(2)
    ours, theirs = measured(save, 3), measured(update, 3)
    ours = min(ours, measured(save, 3 + ROUNDS))
    theirs = min(theirs, measured(update, 3 + ROUNDS))
    asked = f", {len(queries)} queries" if len(queries) else ""
    times = f"ours {ours:6.2f} ms, bare {theirs:5.2f} ms, ratio {ours / theirs:4.2f}"
    print(f"  {how:10} {times}, {size} bytes{asked}")
    made.refresh_from_db()
    return ours


def main() -> None:
    from benchmarks import cell_server  # noqa: F401 - puts the bare view in place

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    User.objects.filter(email="bench@example.se").delete()
    Federation.objects.filter(slug__startswith="bench-").delete()
    user = User.objects.create_user("bench@example.se", "x" * 20, name="Mätning")
    client = Client()
    client.force_login(user)
    print(f"{connection.vendor}, median of {ROUNDS}")
    per_cell: dict[str, list[float]] = {}
    for lines, columns in SIZES:
        print(f"{lines} × {columns}")
        federation = Federation.objects.create(
            slug=f"bench-{lines}",
            name=f"Bench {lines}",
            short_name=f"B {lines}",
            second_factor_demanded=False,
        )
        Role.objects.create(user=user, federation=federation, kind=RoleKind.DIRECTOR)
        made = budget(federation, lines, columns)
        with over_http(client) as post:
            per_cell.setdefault("over HTTP", []).append(
                compare(post, federation, made, "over HTTP") / (lines * columns)
            )
        per_cell.setdefault("inside", []).append(
            compare(inside(client), federation, made, "inside") / (lines * columns)
        )
        Budget.objects.filter(federation=federation).delete()
        federation.delete()
    for how, (small, large) in per_cell.items():
        print(f"growth {how}: the time per cell at 300 × 6 is {large / small:.2f} of that at 60 × 4")
    user.delete()


if __name__ == "__main__":
    main()
