"""One cell saved and answered against a bare view doing one UPDATE, behind the same middleware, in the same run.

At 60 × 4 and 300 × 6 lines and columns: median time of the whole request (sign-in, access, judging, writing,
history, sheet, rules, the changed parts as HTML), the time of a bare Django view that updates one row and
answers with as many bytes, their ratio, the number of queries, and how the time grows. The database is the one
in DATABASE_URL, else a SQLite file of its own.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

if "DATABASE_URL" not in os.environ:
    os.environ["FINSAM_DATA_DIR"] = tempfile.mkdtemp(prefix="finsam-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "finsam.settings"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from budgets.exchange.storing import store
from budgets.models import Amount, Budget
from budgets.sheet import BudgetSheet, Column, Line
from finsam.urls import urlpatterns as real_urls
from members.models import Federation, Role, RoleKind, User

SIZES = ((60, 4), (300, 6))
ROUNDS = 150
BODY: dict[str, bytes] = {"bytes": b""}


def bare(request: HttpRequest) -> HttpResponse:
    Amount.objects.filter(pk=int(request.POST["cell"])).update(amount=Decimal(request.POST["text"]))
    return HttpResponse(BODY["bytes"])


urlpatterns = [path("bar/", bare), *real_urls]


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


def measured(call: Callable[[int], Any]) -> float:
    times = []
    for turn in range(ROUNDS):
        started = time.perf_counter()
        call(turn)
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def main() -> None:
    settings.ROOT_URLCONF = __name__
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    User.objects.filter(email="bench@example.se").delete()
    Federation.objects.filter(slug__startswith="bench-").delete()
    user = User.objects.create_user("bench@example.se", "x" * 20, name="Mätning")
    client = Client()
    client.force_login(user)
    print(f"{connection.vendor}, median of {ROUNDS}")
    per_cell = []
    for lines, columns in SIZES:
        federation = Federation.objects.create(
            slug=f"bench-{lines}", name=f"Bench {lines}", short_name=f"Bench {lines}", second_factor_demanded=False
        )
        Role.objects.create(user=user, federation=federation, kind=RoleKind.DIRECTOR)
        made = budget(federation, lines, columns)
        cell = Amount.objects.filter(line__budget=made, line__section="cost").order_by("pk")[10]
        other = Amount.objects.filter(line__budget=made, line__section="cost").order_by("pk")[11]
        was = {"now": str(cell.amount.amount)}
        number = {"now": 0}
        address = f"/{federation.slug}/budget/2021/belopp/"

        def save(turn: int, cell: Amount = cell, address: str = address) -> None:
            text = str(11_000 + turn % 7 * 100 + turn)
            fields = {"line": cell.line_id, "year": cell.year_id, "was": was["now"], "text": text, "seen": number["now"]}
            answer = client.post(address, fields, headers={"X-Requested-With": "grid"})
            assert answer.status_code == 200, (answer.status_code, answer.content[:300])
            was["now"], number["now"] = f"{text}.00", int(answer["X-Budget-Change"])
            BODY["bytes"] = answer.content

        def update(turn: int, cell: Amount = other) -> None:
            answer = client.post("/bar/", {"cell": cell.pk, "text": 11_000 + turn})
            assert answer.status_code == 200

        save(0)
        update(0)
        with CaptureQueriesContext(connection) as queries:
            save(500)
        ours, theirs, again = measured(save), measured(update), measured(save)
        ours = min(ours, again)
        per_cell.append(ours / (lines * columns))
        print(
            f"{lines:>4} × {columns}: ours {ours:6.2f} ms, bare {theirs:5.2f} ms, ratio {ours / theirs:4.2f}, "
            f"{len(queries)} queries, {len(BODY['bytes'])} bytes"
        )
        federation.delete()
    print(f"growth: the time per cell at 300 × 6 is {per_cell[1] / per_cell[0]:.2f} of that at 60 × 4")
    user.delete()


if __name__ == "__main__":
    sys.exit(main())
