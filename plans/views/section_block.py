"""Choosing what Finsam writes in a section, and what of it is shown."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from finsam.whole_numbers import whole_number
from members.access import Access, Action
from members.models import User
from plans.block_preview import BlockPreview, picture_for, preview_of
from plans.blocks import BLOCK_NAMES, BlockKind
from plans.editing.change import ClosedError, ConflictError
from plans.editing.section import change_block
from plans.models import Plan, Section
from plans.section_forms import BlockForm, block_choices
from plans.views.fetching import plan_here
from plans.views.outline import CLOSED, GONE
from plans.views.outline_page import back_to_outline, outline_page, section_plan


@require_http_methods(["GET", "HEAD", "POST"])
def section_block(request: HttpRequest, slug: str, plan_year: int, key: str) -> HttpResponse:
    """The live block of a section and its settings. Another block is first shown with its own settings; with
    `visa` what is chosen is shown and not stored."""
    here, plan = section_plan(request, slug, plan_year, key)
    section = Section.objects.filter(plan=plan, key=key).first()
    if section is None and request.method == "POST":
        return outline_page(request, here, plan, said=GONE, status=409)
    section = section or get_object_or_404(Section, plan=plan, key=key)
    sent = request.POST if request.method == "POST" else request.GET
    block = _block(sent, section)
    chosen = _Chosen(plan, section, block)
    revision = whole_number(sent.get("revision", ""))
    if revision is None:
        revision = section.revision
    if request.method != "POST" or request.POST.get("settings_of", block) != block:
        form = chosen.form()
        if request.method != "POST" or form.fields:
            return _page(request, here, chosen, form, revision)
    form = chosen.form(request.POST)
    if not form.is_valid():
        return _page(request, here, chosen, form, revision, status=422)
    if "visa" in request.POST:
        return _page(request, here, chosen, form, revision)
    assert isinstance(request.user, User)
    try:
        change_block(plan, request.user, key, revision, block, form.settings())
    except ClosedError:
        plan.see_if_open()
        return outline_page(request, here, plan, said=CLOSED, status=409)
    except ConflictError as conflict:
        now = conflict.section
        if now is None:
            return outline_page(request, here, plan, said=GONE, status=409)
        saved = _in_words(plan, now)
        chosen = _Chosen(plan, now, block)
        return _page(request, here, chosen, form, now.revision, saved=saved, status=409)
    return back_to_outline(request, here, plan, key)


@require_safe
def block_preview(request: HttpRequest, slug: str, plan_year: int, key: str) -> HttpResponse:
    """How the document shows the block with the settings that are sent, for the page to put in place."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    section = get_object_or_404(Section, plan=plan, key=key)
    chosen = _Chosen(plan, section, _block(request.GET, section))
    form = chosen.form(request.GET)
    context = {"here": here, "plan": plan, "form": form, "shown": chosen.shown(form)}
    status = 200 if form.is_valid() else 422
    return render(request, "plans/outline/block_preview.html", context, status=status)


def _block(sent: QueryDict, section: Section) -> str:
    """The block that is asked for, when there is such a one; else that of the section."""
    block = sent.get("block", section.block)
    return block if block in dict(block_choices()) else section.block


class _Chosen:
    """A live block for a section: that which it has, or another."""

    def __init__(self, plan: Plan, section: Section, block: str) -> None:
        self.plan, self.section, self.block = plan, section, block
        self.picture = picture_for(plan, block)
        self.stored = section.settings if block == section.block else {}

    def form(self, data: QueryDict | None = None) -> BlockForm:
        return BlockForm(self.picture, self.block, self.stored, data)

    def shown(self, form: BlockForm) -> BlockPreview | None:
        """None without a block, and for settings that cannot be."""
        if not self.block or (form.is_bound and not form.is_valid()):
            return None
        settings = form.settings() if form.is_bound else self.stored
        return preview_of(self.plan, self.section, self.picture, self.block, settings)


def _in_words(plan: Plan, section: Section) -> str:
    """What a section's live block is and shows: budgettabell (År: 2021; Hur noga: bara summorna)."""
    if not section.block:
        return "inget, bara text"
    form = BlockForm(picture_for(plan, section.block), section.block, section.settings)
    details = "; ".join(f"{label}: {words}" for label, words in form.chosen_words())
    name = BLOCK_NAMES[BlockKind(section.block)]
    return f"{name} ({details})" if details else name


def _page(
    request: HttpRequest,
    here: Access,
    chosen: _Chosen,
    form: BlockForm,
    revision: int,
    *,
    saved: str = "",
    status: int = 200,
) -> HttpResponse:
    """`saved` is what somebody else has chosen meanwhile."""
    context: dict[str, Any] = {
        "here": here,
        "plan": chosen.plan,
        "section": chosen.section,
        "form": form,
        "chosen": chosen.block,
        "shown": chosen.shown(form),
        "blocks": block_choices(),
        "revision": revision,
        "saved": saved,
        "editable": chosen.plan.budget.is_open,
    }
    return render(request, "plans/outline/block.html", context, status=status)
