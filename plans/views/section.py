"""Writing one section: its page, saving as one types, pasting, inserting figures, its history."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from finsam.whole_numbers import whole_number
from members.access import Access, Action
from members.models import User
from plans.block_preview import BlockPreview, picture_for, preview_of
from plans.editing.change import ClosedError, ConflictError
from plans.editing.section import change_text
from plans.figures.catalogue import entries, search
from plans.models import Plan, Section, SectionChange
from plans.numbering import places
from plans.preview import ends, preview, read_figures, writing_of
from plans.reading import read_outline
from plans.text.pasting import PasteTooLongError, cleaned
from plans.text.sanitising import LONGEST
from plans.text.shown import shown
from plans.text_remarks import text_remarks
from plans.views.fetching import plan_here
from plans.views.incoming_pictures import with_stored_pictures

CLOSED = "Budgeten är stängd, och med den planens text. Det du har skrivit är inte sparat."
GONE = "Avsnittet finns inte längre. Någon annan har tagit bort det. Det du har skrivit är inte sparat."
CONFLICT = "Någon annan har ändrat samma text. Välj vilken som ska gälla."
TOO_LONG = "Texten är för lång för ett avsnitt. Dela det i flera."
LARGEST_PASTE = 40_000_000
"""Bytes of a paste, of which the pictures written out are a third more than they are as files."""
TOO_LARGE_PASTE = "Det är för mycket att klistra in på en gång. Ta en del i taget."


@require_safe
def section(request: HttpRequest, slug: str, plan_year: int, key: str) -> HttpResponse:
    """The section to write in, beside how it looks in the document."""
    here, plan = plan_here(request, slug, plan_year, Action.READ_WORKING_COPY)
    this = get_object_or_404(Section, plan=plan, key=key)
    return render(request, "plans/section/page.html", _context(here, plan, this))


@require_POST
def save_text(request: HttpRequest, slug: str, plan_year: int, key: str) -> HttpResponse:
    """The text stored, and how it looks now; 409 with what another has written, 422 with why not."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    assert isinstance(request.user, User)
    text = request.POST.get("text", "")
    revision = whole_number(request.POST.get("revision", ""))
    if revision is None or len(text) > LONGEST:
        return _refused(request, here, plan, key, TOO_LONG, 422)
    try:
        saved = change_text(plan, request.user, key, revision, text)
    except ClosedError:
        return _refused(request, here, plan, key, CLOSED, 409)
    except ConflictError as conflict:
        return _conflict(request, here, plan, key, conflict.section)
    if not _asks_for_json(request):
        return redirect("section", slug=slug, plan_year=plan_year, key=key)
    return JsonResponse(_state(plan, saved))


@require_POST
def paste(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """What is pasted (`html`, as a file when it has pictures), in the small vocabulary, and what was left out
    of it. Its pictures are stored, and nothing else."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    sent = request.FILES.get("html")
    if not plan.budget.is_open:
        return JsonResponse({"html": "", "left_out": [CLOSED]}, status=409)
    if sent and (sent.size or 0) > LARGEST_PASTE:
        return JsonResponse({"html": "", "left_out": [TOO_LARGE_PASTE]}, status=422)
    html = sent.read().decode(errors="replace") if sent else request.POST.get("html", "")
    try:
        pasted = with_stored_pictures(here.federation, cleaned(html))
    except PasteTooLongError as error:
        return JsonResponse({"html": "", "left_out": [str(error)]}, status=422)
    return JsonResponse({"html": pasted.html, "left_out": list(pasted.left_out)})


@require_safe
def find_figures(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The live figures whose names have these words (`sok`), the likeliest first."""
    _, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    found = search(entries(read_figures(plan)), request.GET.get("sok", "")[:200])
    return JsonResponse(
        {"figures": [{"token": each.token, "name": each.name, "shown": each.shown} for each in found]}
    )


def _context(here: Access, plan: Plan, this: Section) -> dict[str, Any]:
    outline = read_outline(plan)
    places_of = places(outline)
    writing = writing_of(plan)
    order = [each for section in outline for each in section.with_parts()]
    at = next(place for place, each in enumerate(order) if each.key == this.key)
    before = order[at - 1] if at else None
    after = order[at + 1] if at + 1 < len(order) else None
    return {
        "here": here,
        "plan": plan,
        "section": this,
        "place": places_of[this.key],
        "outline": [(each, places_of[each.key]) for each in order],
        "before": before,
        "after": after,
        "after_place": places_of[after.key] if after else None,
        **ends(plan, before, after),
        "editable": plan.budget.is_open and here.may(Action.EDIT_WORKING_COPY),
        "text": shown(this.text, writing),
        "preview": preview(writing, this.text),
        "live": _block(plan, this),
        "theirs": None,
        "remarks": _remarks(plan, this),
    }


def _block(plan: Plan, this: Section) -> BlockPreview | None:
    """The live block of the section, as the document has it; None when it has none."""
    if not this.block:
        return None
    return preview_of(plan, this, picture_for(plan, this.block), this.block, this.settings)


def _state(plan: Plan, saved: Section) -> dict[str, Any]:
    """What the page of a section needs to know after it was saved."""
    return {
        "revision": saved.revision,
        "text": saved.text,
        "preview": preview(writing_of(plan), saved.text),
        "saved": f"{timezone.localtime():%H.%M.%S}",
        "remarks": _remarks(plan, saved),
    }


def _remarks(plan: Plan, this: Section) -> list[dict[str, Any]]:
    return [asdict(each) for each in text_remarks(this.text, this.heading, read_figures(plan))]


def _conflict(request: HttpRequest, here: Access, plan: Plan, key: str, now: Section | None) -> HttpResponse:
    """Both texts, to choose from."""
    if now is None:
        if not SectionChange.objects.filter(plan=plan, section_key=key).exists():
            raise Http404  # never was one of this plan
        return _refused(request, here, plan, key, GONE, 409)
    last = SectionChange.objects.filter(plan=plan, number=now.revision).first()
    writing = writing_of(plan)
    theirs = {
        "revision": now.revision,
        "text": shown(now.text, writing),
        "preview": preview(writing, now.text),
        "who": last.made_by_name if last else "",
        "when": f"{timezone.localtime(last.made_at):%Y-%m-%d %H.%M}" if last else "",
    }
    if _asks_for_json(request):
        return JsonResponse({"said": CONFLICT, "theirs": theirs}, status=409)
    context = {**_context(here, plan, now), "text": request.POST.get("text", ""), "theirs": theirs}
    return render(request, "plans/section/page.html", context, status=409)


def _refused(
    request: HttpRequest, here: Access, plan: Plan, key: str, said: str, status: int
) -> HttpResponse:
    if _asks_for_json(request):
        return JsonResponse({"said": said}, status=status)
    context = {"here": here, "plan": plan, "said": said, "mine": request.POST.get("text", ""), "key": key}
    return render(request, "plans/section/refused.html", context, status=status)


def _asks_for_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
