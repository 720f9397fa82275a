"""Choosing what Finsam writes in a section, and what of it is shown."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from finsam.whole_numbers import whole_number
from members.access import Access
from members.models import User
from plans.blocks import BLOCK_NAMES, BlockKind
from plans.editing.change import ClosedError, ConflictError
from plans.editing.section import change_block
from plans.models import Plan, Section
from plans.picture import PlanPicture
from plans.reading import read_plan
from plans.section_forms import BlockForm, block_choices
from plans.views.outline import CLOSED, GONE
from plans.views.outline_page import back_to_outline, outline_page, section_plan


@require_http_methods(["GET", "HEAD", "POST"])
def section_block(request: HttpRequest, slug: str, plan_year: int, key: str) -> HttpResponse:
    """The live block of a section and its settings. Another block is first shown with its own settings."""
    here, plan = section_plan(request, slug, plan_year, key)
    section = Section.objects.filter(plan=plan, key=key).first()
    if section is None and request.method == "POST":
        return outline_page(request, here, plan, said=GONE, status=409)
    section = section or get_object_or_404(Section, plan=plan, key=key)
    picture = read_plan(plan)
    sent = request.POST if request.method == "POST" else request.GET
    block = sent.get("block", section.block)
    if block not in dict(block_choices()):
        block = section.block
    stored = section.settings if block == section.block else {}
    revision = whole_number(sent.get("revision", ""))
    if revision is None:
        revision = section.revision
    if request.method != "POST" or request.POST.get("settings_of", block) != block:
        form = BlockForm(picture, block, stored)
        if request.method != "POST" or form.fields:
            return _page(request, here, plan, section, form, revision)
    form = BlockForm(picture, block, stored, request.POST)
    if not form.is_valid():
        return _page(request, here, plan, section, form, revision, status=422)
    assert isinstance(request.user, User)
    try:
        change_block(plan, request.user, key, revision, block, form.settings())
    except ClosedError:
        plan.budget.refresh_from_db(fields=["is_open"])
        return outline_page(request, here, plan, said=CLOSED, status=409)
    except ConflictError as conflict:
        now = conflict.section
        if now is None:
            return outline_page(request, here, plan, said=GONE, status=409)
        saved = _in_words(picture, now)
        return _page(request, here, plan, now, form, now.revision, saved=saved, status=409)
    return back_to_outline(request, here, plan, key)


def _in_words(picture: PlanPicture, section: Section) -> str:
    """What a section's live block is and shows: budgettabell (År: 2021; Hur noga: bara summorna)."""
    if not section.block:
        return "inget, bara text"
    chosen = BlockForm(picture, section.block, section.settings).chosen_words()
    details = "; ".join(f"{label}: {words}" for label, words in chosen)
    name = BLOCK_NAMES[BlockKind(section.block)]
    return f"{name} ({details})" if details else name


def _page(
    request: HttpRequest,
    here: Access,
    plan: Plan,
    section: Section,
    form: BlockForm,
    revision: int,
    *,
    saved: str = "",
    status: int = 200,
) -> HttpResponse:
    """`saved` is what somebody else has chosen meanwhile."""
    context: dict[str, Any] = {
        "here": here,
        "plan": plan,
        "section": section,
        "form": form,
        "chosen": form.block,
        "blocks": block_choices(),
        "revision": revision,
        "saved": saved,
        "editable": plan.budget.is_open,
    }
    return render(request, "plans/outline/block.html", context, status=status)
