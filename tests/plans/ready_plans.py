"""Gotland's plan as it may be sent to the board, and plans in each state, with versions made by hand."""

from functools import cache

from django.conf import settings
from django.utils import timezone

from members.models import User
from plans.explaining import asking
from plans.models import Explanation, Plan, Section, Version, VersionFile
from plans.reading import read_plan
from plans.versions.contents import canonical, hash_of
from plans.versions.json_form import picture_to_json
from tests.loading import load
from tests.members import people
from tests.plans.made_plans import empty_plan

FIXTURES = settings.BASE_DIR / "fixtures"
FINANCIAL_GOALS = "<p>Eget kapital är högst 20 procent av medlemmarnas bidrag.</p>"
WHY = "Raderna är rätt; det tryckta dokumentet räknade fel."
FILE = b"%PDF-1.7 made by hand"


def gotland() -> Plan:
    """As it is in the fixtures: with warnings, and without financial goals."""
    federation, _ = load(FIXTURES / "gotland")
    federation.second_factor_demanded = False
    federation.save()
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


def gotland_ready() -> Plan:
    """With nothing missing before the board."""
    return made_ready(gotland())


def made_ready(plan: Plan) -> Plan:
    """The plan with financial goals, and every warning explained."""
    Section.objects.create(
        plan=plan,
        key="finansiella-mal",
        heading="Finansiella mål",
        role="financial_goals",
        text=FINANCIAL_GOALS,
        position=99,
    )
    for each in asking(plan, read_plan(plan)).asked:
        Explanation.objects.create(
            plan=plan, code=each.code, sentence=each.sentence, text=WHY, made_by_name="Karin Ek"
        )
    return plan


@cache
def content_of_nothing() -> str:
    """Of a version of some other plan, which has no text."""
    return canonical({"picture": picture_to_json(empty_plan())})


def version_of(
    plan: Plan,
    purpose: str = "consultation",
    by: User | None = None,
    number: int | None = None,
    content: str = "",
) -> Version:
    """A version made by hand, with one file; without `content` nothing can be read of it."""
    last = Version.objects.filter(federation=plan.federation).order_by("-place").first()
    count = Version.objects.filter(federation=plan.federation, plan_year=plan.plan_year).count()
    content = content or content_of_nothing()
    version = Version.objects.create(
        federation=plan.federation,
        place=last.place + 1 if last else 1,
        plan=plan,
        plan_year=plan.plan_year,
        number=number or count + 1,
        purpose=purpose,
        made_at=timezone.now(),
        made_by=by or people.user(),
        made_by_name="Karin Ek",
        content=content,
        content_hash=hash_of(content.encode()),
        previous_hash=last.hash if last else "",
        hash=hash_of(f"{plan.pk} {count} {content}".encode()),
    )
    VersionFile.objects.create(
        version=version, kind="plan_pdf", content=FILE, size=len(FILE), hash=hash_of(FILE)
    )
    return version


def in_state(plan: Plan, state: str) -> Plan:
    """The plan in this state, as if it had been moved there; in all but draft others read a version."""
    plan.state = state
    if state == Plan.State.DRAFT:
        plan.version = None
    else:
        plan.version = version_of(plan, "consultation" if state == Plan.State.CONSULTATION else "board")
        plan.state_since, plan.state_by_name = timezone.now(), "Karin Ek"
    plan.save()
    return plan
