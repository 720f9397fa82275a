"""A section saved and its preview answered, against a bare view doing one UPDATE of the same text, behind the
same middleware and over HTTP from the server that `make serve` starts.

In a plan of 60 sections and one of 600: the text has three live figures, a list and a footnote. The goals: at
most 4 times the bare view, and no growth with the rest of the plan. The database is the one in DATABASE_URL,
else a SQLite file of its own.
"""

import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from benchmarks import bench_cell  # sets the database up
from benchmarks.bench_cell import PORT, ROUNDS, budget, measured
from budgets.models import Budget
from members.models import Federation, Role, RoleKind, User
from plans.models import Plan, Section, plan_of

SIZES = (60, 600)
TEXT = (
    '<p>Kostnaderna är <span data-figure="what=costs"></span> och resultatet <span '
    'data-figure="what=result&amp;form=tkr"></span>, mot <span data-figure="what=result&amp;year=1"></span> '
    'året efter<span data-footnote="Se budgeten."></span>.</p><ul><li>Ett</li><li>Två</li></ul>'
    + "<p>Förbundet finansierar insatser för dem som behöver flera parter. </p>"
    * 12
)


def plan_with(federation: Federation, sections: int) -> Plan:
    plan = plan_of(budget(federation, 60, 4))
    Section.objects.bulk_create(
        Section(plan=plan, key=f"avsnitt-{number}", heading=f"Avsnitt {number}", text=TEXT, position=number)
        for number in range(sections)
    )
    return plan


def compare(client: Client, plan: Plan) -> tuple[float, float]:
    """Median milliseconds of a save with its preview, and of the bare UPDATE."""
    section, other = Section.objects.filter(plan=plan).order_by("pk")[10:12]
    address = f"/{plan.federation.slug}/plan/2021/skriv/{section.key}/spara/"
    revision, size = section.revision, 0
    with bench_cell.over_http(client):
        http = HTTPConnection("localhost", PORT)
        token = "t" * 32
        session = client.session.session_key
        headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
            "X-CSRFToken": token,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }

        def post(where: str, fields: dict[str, Any]) -> bytes:
            http.request("POST", where, urlencode(fields), headers)
            answer = http.getresponse()
            body = answer.read()
            assert answer.status == 200, (answer.status, body[:300])
            return body

        def save(turn: int) -> None:
            nonlocal revision, size
            body = post(address, {"text": f"{TEXT}<p>{turn}</p>", "revision": revision})
            revision, size = json.loads(body)["revision"], len(body)

        def update(turn: int) -> None:
            post("/bar-text/", {"section": other.pk, "text": f"{TEXT}<p>{turn}</p>", "bytes": size})

        for turn in range(3):
            save(turn)
            update(turn)
        return measured(save, 3), measured(update, 3)


def main() -> None:
    from benchmarks import cell_server  # noqa: F401 - puts the bare views in place

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    User.objects.filter(email="bench@example.se").delete()
    user = User.objects.create_user("bench@example.se", "x" * 20, name="Mätning")
    client = Client()
    client.force_login(user)
    print(f"{connection.vendor}, median of {ROUNDS}")
    times = []
    for sections in SIZES:
        slug = f"bench-plan-{sections}"
        for old in Federation.objects.filter(slug=slug):
            Plan.objects.filter(federation=old).delete()
            Budget.objects.filter(federation=old).delete()
            old.delete()
        federation = Federation.objects.create(
            slug=slug, name=f"Bench {sections}", short_name="B", second_factor_demanded=False
        )
        Role.objects.create(user=user, federation=federation, kind=RoleKind.DIRECTOR)
        ours, bare = compare(client, plan_with(federation, sections))
        times.append(ours)
        print(f"  {sections} sections: ours {ours:5.2f} ms, bare {bare:5.2f} ms, ratio {ours / bare:4.2f}")
    print(f"growth: {SIZES[1]} sections take {times[1] / times[0]:.2f} of {SIZES[0]}")


if __name__ == "__main__":
    main()
