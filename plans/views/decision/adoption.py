"""The adoption: exactly what is adopted, what it rests on, what is still to be explained, and one button."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from budgets.rules import Severity
from budgets.rules.finding import SEVERITY_NAMES
from finsam.whole_numbers import whole_number
from members.access import Access, Action
from members.models import User
from plans.decisions.adopting import adopt, counted_meeting, meeting_lacks, version_lacks
from plans.decisions.outdated import outdated_lacks
from plans.decisions.proposals import proposals
from plans.decisions.reading import way_of
from plans.models import Meeting, Plan, PlanMove
from plans.notices.moves import tell_of
from plans.reading import read_plan
from plans.render.pdf import UnprintableError
from plans.rules.decision import DecisionFinding, check_decision
from plans.states.changed import has_changed
from plans.states.moving import LackingError, MeanwhileError, Mover, RefusedError
from plans.states.table import refusal
from plans.versions.contents import Contents, hash_of, read
from plans.views.decision.confirming import ask, is_confirmed
from plans.views.fetching import plan_here
from plans.views.way.texts import fault_of, typed, unprinted

TYPED = "typed_explanations"
"""Key in the session: what has been typed on the page, by plan and sentence, until the plan is adopted."""
LONGEST = 5000


@dataclass(frozen=True)
class Asked:
    """A finding of the decision with the field of its explanation. `name` is of the sentence: when it says
    something else, it asks anew."""

    finding: DecisionFinding
    text: str
    fault: str = ""

    @property
    def name(self) -> str:
        return f"motivering-{hash_of(self.finding.sentence.encode())[:12]}"


@require_http_methods(["GET", "HEAD", "POST"])
def adopt_plan(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    here, plan = plan_here(request, slug, plan_year, Action.DECIDE)
    if request.method != "POST":
        if plan.state == Plan.State.ADOPTED:
            return redirect("decision", slug=slug, plan_year=plan_year)
        return _page(request, here, plan)
    meeting = plan.meetings.last()
    texts = _typed(request, plan, meeting)
    if any(map(_fault, texts.values())):
        return _page(request, here, plan, status=422)
    if not is_confirmed(request):
        return ask(request, request.path)
    if meeting is None:
        return _page(request, here, plan, status=409)
    # As the user saw it; that it is so still is checked when everything is locked.
    meeting.revision = whole_number(request.POST.get("meeting", "")) or 0
    assert isinstance(request.user, User)
    mover = Mover(request.user, here.kinds, whole_number(request.POST.get("seen", "")) or 0)
    try:
        decision = adopt(plan, mover, meeting, texts)
    except LackingError:
        return _page(request, here, plan, status=422)
    except UnprintableError as error:
        return _page(request, here, plan, said=str(error), status=422)
    except (RefusedError, MeanwhileError) as error:
        return _page(request, here, plan, said=str(error), status=409)
    for move in decision.version.moves.filter(action=PlanMove.Action.ADOPT):
        tell_of(move, request.build_absolute_uri, reverse("decision", args=[slug, plan_year]))
    request.session.get(TYPED, {}).pop(str(plan.pk), None)
    request.session.modified = True
    messages.success(request, f"Planen för {plan_year} är fastställd, {decision}.")
    return redirect("decision", slug=slug, plan_year=plan_year)


def _typed(request: HttpRequest, plan: Plan, meeting: Meeting | None) -> dict[str, str]:
    """The explanations that were sent, kept in the session: on the way to the second factor they would be
    lost."""
    findings = check_decision(way_of(plan, meeting)) if meeting else []
    texts = {each.sentence: typed(request.POST.get(Asked(each, "").name, "")) for each in findings}
    request.session.setdefault(TYPED, {})[str(plan.pk)] = texts
    request.session.modified = True
    return texts


def _fault(text: str) -> str:
    return fault_of(text, LONGEST) or unprinted(text)


def _page(
    request: HttpRequest, here: Access, plan: Plan, *, said: str = "", status: int = 200
) -> HttpResponse:
    """What will be adopted, and what is missing; `said` is why nothing was."""
    last = plan.moves.last()  # before the state: a move in between is then met, not overlooked
    plan.refresh_from_db(fields=["state", "version", "is_current"])
    refused = refusal(PlanMove.Action.ADOPT, Plan.State(plan.state), here.kinds)
    context: dict[str, Any] = {
        "here": here,
        "plan": plan,
        "seen": last.number if last else 0,
        "said": said,
        "refused": refused,
    }
    if not refused:
        assert plan.version is not None
        contents = read(plan.version.content)
        kept = request.session.get(TYPED, {}).get(str(plan.pk), {})
        context |= {
            "version": plan.version,
            "changed": has_changed(read_plan(plan, contents=True), plan.version.content),
            "explained": _explained(contents),
            "confirmed": is_confirmed(request),
            **_of_meeting(plan, contents, kept, judged=request.method == "POST"),
        }
        context["unexplained"] = [] if said else [each for each in context["asked"] if each.fault]
    return render(request, "plans/decision/adoption.html", context, status=status)


def _explained(contents: Contents) -> list[tuple[str, str, Any, Any]]:
    """The findings of the version as they were frozen, each with its explanation if it has one."""
    return [
        (
            each.severity,
            SEVERITY_NAMES[Severity(each.severity)],
            each,
            contents.picture.explanation_of(each.sentence),
        )
        for each in contents.findings
        if each.severity != Severity.NOTICE
    ]


def _of_meeting(plan: Plan, contents: Contents, kept: dict[str, str], *, judged: bool) -> dict[str, Any]:
    """What the meeting comes to. `judged`: what lacks an explanation is said at its field."""
    meeting = plan.meetings.last()
    if meeting is None:
        return {"meeting": None, "lacks": version_lacks(contents), "asked": []}
    counted = counted_meeting(meeting)
    sentences = list(meeting.sentences.values_list("text", flat=True))
    findings = check_decision(way_of(plan, meeting))
    ready = proposals(contents)
    return {
        "meeting": meeting,
        "counted": counted,
        "sentences": sentences,
        "left_out": [each for each in ready if each not in sentences],
        "reservations": [each for each in counted.serving if each.reservation],
        "lacks": [
            *version_lacks(contents),
            *meeting_lacks(meeting, counted),
            *outdated_lacks(plan, sentences, ready),
        ],
        "warnings": [each for each in counted.faults if each.severity is Severity.WARNING],
        "asked": [_asked(each, kept.get(each.sentence, ""), judged=judged) for each in findings],
    }


def _asked(finding: DecisionFinding, text: str, *, judged: bool) -> Asked:
    missing = "Skriv varför det är så. Motiveringen står i protokollsutdraget."
    return Asked(finding, text, _fault(text) or (missing if judged and not text else ""))
