"""A picture added last in the text of a section, on a page of its own: for those without script, since the
editor puts one where it is wanted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from finsam.whole_numbers import whole_number
from members.access import Access
from members.models import User
from plans.editing.change import ClosedError, ConflictError
from plans.editing.section import change_text
from plans.illustration_form import IllustrationForm
from plans.models import Plan, Section
from plans.text.sanitising import LONGEST
from plans.views.outline import CLOSED, GONE
from plans.views.outline_page import outline_page, section_plan
from plans.views.section import TOO_LONG

CONFLICT = (
    "Någon annan har ändrat avsnittets text medan du skrev, och bilden är inte inlagd än. Lägg till den "
    "igen, så hamnar den sist i texten som den är nu."
)


@require_http_methods(["GET", "HEAD", "POST"])
def add_picture(request: HttpRequest, slug: str, plan_year: int, key: str) -> HttpResponse:
    """The form of a picture; when it is filled in, the picture is stored and stands last in the text."""
    here, plan = section_plan(request, slug, plan_year, key)
    section = Section.objects.filter(plan=plan, key=key).first()
    if request.method != "POST":
        shown = get_object_or_404(Section, plan=plan, key=key)
        return _page(request, here, plan, shown, IllustrationForm(here.federation))
    assert isinstance(request.user, User)
    if not plan.budget.is_open:
        return outline_page(request, here, plan, said=CLOSED, status=409)
    if section is None:
        return outline_page(request, here, plan, said=GONE, status=409)
    form = IllustrationForm(here.federation, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, here, plan, section, form, status=422)
    text = f"{section.text}\n{form.tag()}"
    if len(text) > LONGEST:
        return _page(request, here, plan, section, form, TOO_LONG, 422)
    seen = whole_number(request.POST.get("revision", ""))
    try:
        change_text(plan, request.user, key, -1 if seen is None else seen, text)
    except ClosedError:
        plan.see_if_open()
        return outline_page(request, here, plan, said=CLOSED, status=409)
    except ConflictError as conflict:
        if conflict.section is None:
            return outline_page(request, here, plan, said=GONE, status=409)
        return _page(request, here, plan, conflict.section, form, CONFLICT, 409)
    return redirect("section", slug=slug, plan_year=plan_year, key=key)


def _page(
    request: HttpRequest,
    here: Access,
    plan: Plan,
    section: Section,
    form: IllustrationForm,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "here": here,
        "plan": plan,
        "section": section,
        "form": form,
        "said": said,
        "editable": plan.budget.is_open,
    }
    return render(request, "plans/section/picture.html", context, status=status)
