"""Versions that can be read, of small plans, without their files."""

from dataclasses import dataclass, field

from django.test import Client
from django.utils import timezone

from members.models import Federation, RoleKind, User
from plans.compose import Kind, compose
from plans.compose.writing import Writing
from plans.models import Decision, Plan, Version
from plans.reading import read_plan
from plans.versions.contents import Head, contents_of, hash_of, shown_findings, written
from tests.members import people
from tests.members.people import client_of, with_role

ONLY_PLAN, WITH_BUDGET = (Kind.PLAN,), (Kind.PLAN, Kind.BUDGET)


def content_of(
    plan: Plan, purpose: str = "board", number: int = 1, note: str = "", kinds: tuple[Kind, ...] = ONLY_PLAN
) -> str:
    """What a version of the plan as it stands holds."""
    picture = read_plan(plan, contents=True)
    writing = Writing(picture)
    made_at = timezone.localtime()
    head = Head(plan.federation.slug, plan.plan_year, number, purpose, made_at, "Karin Ek", note)
    found = shown_findings(picture, writing.findings, writing.document_findings)
    documents = {kind.value: compose(picture, made_at, kind) for kind in kinds}
    return written(contents_of(head, picture, found, documents))


def sent(plan: Plan, purpose: str = "board", note: str = "", kinds: tuple[Kind, ...] = ONLY_PLAN) -> Version:
    """The plan as it stands, as a version that others read now."""
    last = Version.objects.filter(federation=plan.federation).order_by("-place").first()
    number = Version.objects.filter(federation=plan.federation, plan_year=plan.plan_year).count() + 1
    content = content_of(plan, purpose, number, note, kinds)
    version = Version.objects.create(
        federation=plan.federation,
        place=last.place + 1 if last else 1,
        plan=plan,
        plan_year=plan.plan_year,
        number=number,
        purpose=purpose,
        note=note,
        made_at=timezone.now(),
        made_by=people.user(),
        made_by_name="Karin Ek",
        content=content,
        content_hash=hash_of(content.encode()),
        previous_hash=last.hash if last else "",
        hash=hash_of(f"{plan.pk} {number} {content}".encode()),
    )
    put(plan, purpose, version)
    return version


def put(plan: Plan, state: str, version: Version | None) -> None:
    """The plan in a state, as if it had been moved there."""
    plan.state, plan.version = state, version
    plan.state_since, plan.state_by_name = timezone.now(), "Karin Ek"
    plan.save()


def adopt(version: Version, on: str = "2020-11-24", paragraph: str = "45") -> None:
    """The version as the board has adopted it."""
    Decision.objects.create(
        version=version,
        plan=version.plan,
        decided_on=on,
        paragraph=paragraph,
        content="{}",
        content_hash=hash_of(b"{}"),
        hash=hash_of(f"beslut {version.pk}".encode()),
        at=timezone.now(),
        by=people.user(),
        by_name="Bo Ask",
    )
    put(version.plan, "adopted", version)


@dataclass
class Readers:
    """People of a federation by their role, made when they are first asked for."""

    federation: Federation
    users: dict[str, User] = field(default_factory=dict)

    def user(self, kind: str) -> User:
        if kind not in self.users:
            role = RoleKind(kind)
            self.users[kind] = with_role(self.federation, role, people.user(name=role.label.capitalize()))
        return self.users[kind]

    def client(self, kind: str) -> Client:
        return client_of(self.user(kind))
