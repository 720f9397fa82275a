"""The meeting that decides the plan: written down, counted, saved."""

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from finsam.partial_date import PartialDate
from members import merging
from members.access import Access, Action
from plans.decisions.meeting_form import PEOPLE, MeetingForm
from plans.decisions.meeting_rows import NEW, Row, keys_of_day, known_rows, recorded_rows
from plans.decisions.meeting_saving import save_meeting
from plans.decisions.meeting_steps import stepped
from plans.decisions.proposals import proposals
from plans.models import Meeting, Plan
from plans.states.moving import lock
from plans.versions.contents import read
from plans.views.decision.meeting_page import Shown, meeting_page
from plans.views.fetching import plan_here

LEADS_TO = {"save": "meeting", "adopt": "adopt_plan"}
"""The buttons that save, and the page that each leads to when it could."""
ADOPTED = "Planen är fastställd, och sammanträdet ändras inte mer. Beslutet står på sidan Beslut."


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Everything that is known of the meeting in one form. `do` says what a button of it does: saves, or a
    step that saves nothing."""
    here, plan = plan_here(request, slug, plan_year, Action.RECORD_MEETING)
    ready = ready_sentences(plan)
    if request.method != "POST":
        if plan.state == Plan.State.ADOPTED:
            return redirect("decision", slug=slug, plan_year=plan_year)
        form = blank_form(plan, latest_meeting(plan), ready)
        return meeting_page(request, here, Shown(plan, form, ready))
    do = request.POST.get("do", "save")
    if do in LEADS_TO:
        return _save(request, here, plan, ready, LEADS_TO[do])
    meeting = latest_meeting(plan)
    form = typed_form(plan, meeting, request.POST, judged=False)
    day, decided_by = _day(request.POST, meeting), request.POST.get("decided_by", "")
    data = stepped(form, do, keys_of_day(plan.federation, day, decided_by), ready)
    return meeting_page(
        request,
        here,
        Shown(
            plan,
            typed_form(plan, meeting, data, judged=False),
            ready,
            made_from=request.POST.get(merging.MADE_FROM, ""),
            unsaved=True,
        ),
    )


def latest_meeting(plan: Plan) -> Meeting:
    """The meeting of the plan, not stored yet when there is none."""
    found = plan.meetings.last()
    if found is None:
        return Meeting(plan=plan, on=timezone.localdate())
    found.plan = plan
    return found


def ready_sentences(plan: Plan) -> tuple[str, ...]:
    """What the version before the board proposes; nothing before there is one."""
    if plan.state != Plan.State.BOARD or plan.version is None:
        return ()
    return proposals(read(plan.version.content))


def blank_form(plan: Plan, meeting: Meeting, ready: tuple[str, ...]) -> MeetingForm:
    """The form as it is opened: what is recorded, or the board of the day with the proposals."""
    if meeting.pk:
        sentences = list(meeting.sentences.values_list("text", flat=True))
        return MeetingForm(instance=meeting, rows=recorded_rows(meeting), sentences=sentences)
    known = known_rows(plan, meeting)
    keys = keys_of_day(plan.federation, meeting.on, meeting.decided_by)
    return MeetingForm(instance=meeting, rows=[known[key] for key in keys], sentences=ready)


def typed_form(plan: Plan, meeting: Meeting, data: QueryDict, *, judged: bool = True) -> MeetingForm:
    """The form with what was sent, for the people that were sent."""
    known = known_rows(plan, meeting)
    keys = dict.fromkeys(data.getlist(PEOPLE))
    rows = [known.get(key) or Row(key) for key in keys if key in known or _is_new(key)]
    return MeetingForm(data, instance=meeting, rows=rows, judged=judged)


def _is_new(key: str) -> bool:
    return key.startswith(NEW) and key.removeprefix(NEW).isdecimal() and len(key) <= len(NEW) + 2


def _day(data: QueryDict, meeting: Meeting) -> date:
    """The day that was typed, or the one before when it is no day."""
    try:
        return PartialDate(data.get("on", "")).first_day
    except ValueError:
        return meeting.on


def _save(
    request: HttpRequest, here: Access, plan: Plan, ready: tuple[str, ...], leads_to: str
) -> HttpResponse:
    with transaction.atomic():
        lock(plan)
        meeting = latest_meeting(plan)
        shown = _judged(plan, meeting, request.POST, ready)
        is_adopted = plan.state == Plan.State.ADOPTED
        saved = not is_adopted and shown.status == 200
        if saved:
            save_meeting(shown.form)
    if is_adopted:
        return meeting_page(request, here, Shown(plan, shown.form, ready, said=ADOPTED, status=409))
    if not saved:
        return meeting_page(request, here, shown)
    messages.success(request, "Sammanträdet är sparat.")
    return redirect(leads_to, slug=here.federation.slug, plan_year=plan.plan_year)


def _judged(plan: Plan, meeting: Meeting, data: QueryDict, ready: tuple[str, ...]) -> Shown:
    """What was sent, meeting what somebody else has saved since; with status 200 it can be saved."""
    if not meeting.pk:
        form = typed_form(plan, meeting, data)
        made_from = data.get(merging.MADE_FROM, "")
        return Shown(plan, form, ready, made_from=made_from, status=200 if form.is_valid() else 422)
    now = merging.texts(blank_form(plan, meeting, ready))
    then = merging.opened(data.get(merging.MADE_FROM, ""), plan._meta.label, plan.pk)
    data = merging.chosen(data, now)
    made_from = merging.sealed(plan, now)
    if then != now:
        then = _with_others(data, then or {}, now)
        # Fields that are gone from the page have nothing to meet.
        form = typed_form(plan, meeting, data)
        met = merging.meeting(form, then, {name: now[name] for name in now if name in form.fields})
        if met.clashes:
            form = typed_form(plan, meeting, met.data)
            return Shown(plan, form, ready, made_from=made_from, clashes=met.clashes, status=409)
    form = typed_form(plan, meeting, data)
    return Shown(plan, form, ready, made_from=made_from, status=200 if form.is_valid() else 422)


def _with_others(data: QueryDict, then: merging.Texts, now: merging.Texts) -> merging.Texts:
    """People whom somebody else has added come into what was sent, as if they had been there before."""
    added = [key for key in now[PEOPLE] if key not in then.get(PEOPLE, []) + data.getlist(PEOPLE)]
    for name in now:
        if name.partition("-")[0] in added:
            data.setlist(name, now[name])
            then = {**then, name: now[name]}
    data.setlist(PEOPLE, [*data.getlist(PEOPLE), *added])
    return then
