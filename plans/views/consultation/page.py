"""The page of a plan's samråd: who has answered what, and the form to answer in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from finsam.whole_numbers import whole_number
from members.access import ALLOWED, Access, Action
from members.models import Member, RoleKind, User
from plans.consultation.answer_form import AnswerForm
from plans.consultation.answering import refusal
from plans.consultation.reading import read_standing
from plans.consultation.standing import MemberStanding, Standing
from plans.models import Plan, Version
from plans.review.standing import versions_of
from plans.versions.access import refused
from plans.views.fetching import plan_here


@require_safe
def consultation(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    here, plan = plan_here(request, slug, plan_year, Action.READ_CONSULTATION_VERSION)
    standing = read_standing(plan)
    wanted = whole_number(request.GET.get("medlem", ""))
    form = answer_form(request, here, plan, standing, initial={"member": wanted})
    return consultation_page(request, here, plan, standing, form)


def answers_for_others(here: Access) -> bool:
    """Whether the user enters answers for any member."""
    return bool(here.kinds & ALLOWED[Action.SUBMIT])


def answer_form(
    request: HttpRequest,
    here: Access,
    plan: Plan,
    standing: Standing,
    *,
    data: Mapping[str, Any] | None = None,
    files: Any = None,
    initial: Mapping[str, Any] | None = None,
) -> AnswerForm | None:
    """The form; None for who answers for no member, and while nothing has been sent."""
    members = _members(request, here, plan, standing)
    if not members or not standing.versions:
        return None
    for_others = answers_for_others(here)
    first = {"on": timezone.localdate(), "who": "" if for_others else str(request.user), **(initial or {})}
    return AnswerForm(
        members, standing.versions, for_others=for_others, data=data, files=files, initial=first
    )


def consultation_page(
    request: HttpRequest,
    here: Access,
    plan: Plan,
    standing: Standing,
    form: AnswerForm | None,
    *,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """`said` is why an answer was not stored."""
    closed = refusal(plan)
    today = timezone.localdate()
    return render(
        request,
        "plans/consultation/page.html",
        {
            "here": here,
            "plan": plan,
            "standing": standing,
            "version": _readable(here, plan, standing),
            "form": None if closed and not said else form,
            "closed": closed,
            "said": said,
            "for_others": answers_for_others(here),
            "has_answered": form is not None and not form.is_bound and _has_answered(form, standing),
            "earlier": _earlier(plan),
            "can_be_reminded": [] if closed else [each for each in standing.silent if to_remind(each, today)],
        },
        status=status,
    )


def _has_answered(form: AnswerForm, standing: Standing) -> bool:
    """Whether every member that the form is for has answered, so that it is not what to do next."""
    return all(each.answer for each in standing.members if str(each.member) in form.members)


def to_remind(member: MemberStanding, today: date) -> bool:
    """Whether somebody is there to remind, who has not been today."""
    return bool(member.representatives) and not any(timezone.localdate(at) == today for at in member.reminded)


def own_members(request: HttpRequest, here: Access) -> list[Member]:
    """The members that the user represents in the federation."""
    assert isinstance(request.user, User)
    roles = request.user.roles.filter(
        federation=here.federation, kind=RoleKind.MEMBER_REPRESENTATIVE
    ).select_related("member")
    return [role.member for role in roles if role.member]


def _members(request: HttpRequest, here: Access, plan: Plan, standing: Standing) -> list[Member]:
    """Those that the user may answer for: of those that are asked."""
    asked = {each.member for each in standing.members}
    able = here.federation.members.all() if answers_for_others(here) else own_members(request, here)
    return [each for each in able if each.pk in asked]


def _earlier(plan: Plan) -> QuerySet[Version]:
    """The adopted versions that the plan revises and that came after a samråd, the latest first."""
    adopted = versions_of(plan.federation).filter(plan_year=plan.plan_year, decision__isnull=False)
    consulted = Version.objects.filter(purpose=Version.Purpose.CONSULTATION).values("plan")
    return adopted.exclude(plan=plan).filter(plan__in=consulted)


def _readable(here: Access, plan: Plan, standing: Standing) -> Version | None:
    """The latest version sent, when the user may read it."""
    if standing.latest is None:
        return None
    version = versions_of(here.federation).get(plan=plan, number=standing.latest.number)
    return None if refused(here, version) else version
