"""Files in: read the cells, say what they mean, see what would change, make the change."""

from collections.abc import Collection, Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from budgets.editing.change import ClosedError, ConflictError, make_change
from budgets.editing.state import BudgetState
from budgets.editing.steps import Step
from budgets.exchange import foreign_table, mapping, own_workbook, raw
from budgets.exchange.cells import read_file, read_pasted
from budgets.exchange.guessing import guess, guess_again
from budgets.exchange.import_steps import steps as import_steps
from budgets.exchange.limits import MAX_UPLOAD, UnreadableTableError, check_size, megabytes
from budgets.exchange.mapping_form import MappingForm, answered
from budgets.exchange.preview import Preview
from budgets.exchange.proposal import Proposal
from budgets.exchange.raw import RawFile
from budgets.exchange.words import KnownMember
from budgets.models import Change, Import
from budgets.reading import Names, read, sheet_of
from budgets.sheet import BudgetSheet
from budgets.working_copy import WorkingCopy, author, working_copy
from members.access import Action
from members.models import Member, User

GONE = (
    "Inläsningen finns inte kvar: den är redan gjord, eller äldre än ett dygn. Välj filen eller klistra in "
    "på nytt."
)
UNREADABLE = (
    "Det finns celler som inte går att läsa. Rätta dem i filen, eller kryssa för att läsa in utan dem."
)
CLOSED = "Budgeten är stängd. Inget har lästs in. Öppna planen först om den ska ändras."
MEANWHILE = (
    "Budgeten har ändrats sedan du granskade. Inget är inläst. Här är vad som skulle hända nu; granska och "
    "läs in igen."
)


@require_http_methods(["GET", "HEAD", "POST"])
def budget_import(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Choose a file, or paste a table. Its cells are kept until they are read in."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    fault, pasted = "", request.POST.get("pasted", "")
    if request.method == "POST":
        try:
            kept = _keep(request, copy, pasted)
        except UnreadableTableError as error:
            fault = str(error)
        else:
            return redirect(_step_after_reading(copy, kept))
    context = {"fault": fault, "pasted": pasted, "most": megabytes(MAX_UPLOAD)}
    return _shown(request, copy, "import.html", context, 422 if fault else 200)


def _keep(request: HttpRequest, copy: WorkingCopy, pasted: str) -> Import:
    """The cells of what was sent, kept. Raises UnreadableTableError."""
    if not copy.budget.is_open:
        raise UnreadableTableError(CLOSED)
    sent = request.FILES.get("file")
    if sent is not None:
        check_size(sent.size or 0)
        file = read_file((sent.name or "fil")[:200], sent.read())
    else:
        check_size(len(pasted))
        file = read_pasted(pasted)
    assert isinstance(request.user, User)
    Import.forget_old()
    Import.objects.filter(budget=copy.budget, user=request.user).delete()
    return Import.objects.create(
        budget=copy.budget, user=request.user, file_name=file.name, cells=raw.to_json(file)
    )


def _step_after_reading(copy: WorkingCopy, kept: Import) -> str:
    """Our own workbook says itself what it means; of any other table we guess and ask."""
    file = raw.from_json(kept.cells)
    if _own(file, copy) is not None:
        return copy.address("budget_import_preview", kept=kept.pk)
    state, names = read(copy.budget)
    current = sheet_of(state, copy.budget, names)
    guessed = guess(file, copy.budget.plan_year, _members(copy), current.columns)
    kept.mapping = mapping.to_json(guessed)
    kept.save(update_fields=["mapping"])
    return copy.address("budget_import_mapping", kept=kept.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def budget_import_mapping(request: HttpRequest, slug: str, plan_year: int, kept: int) -> HttpResponse:
    """What the table means: head, names, years, unit and every row, with our guesses filled in."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    found = _kept(request, copy, kept)
    if found is None or found.mapping is None:
        return _gone(request, copy)
    file, said = raw.from_json(found.cells), mapping.from_json(found.mapping)
    sheet = file.sheet(said.sheet)
    assert sheet is not None
    form = MappingForm(sheet, said)
    if request.method == "POST":
        if request.POST.get("sheet", said.sheet) != said.sheet or "guess" in request.POST:
            return _guess_again(request, copy, found, file, form)
        form = answered(sheet, said, request.POST.dict())
        if not form.faults:
            found.mapping = mapping.to_json(form.mapping)
            found.save(update_fields=["mapping"])
            return redirect(copy.address("budget_import_preview", kept=found.pk))
    context = {"kept": found, "file": file, "form": form, "mapping": form.mapping}
    return _shown(request, copy, "import_mapping.html", context, 422 if form.faults else 200)


def _guess_again(
    request: HttpRequest, copy: WorkingCopy, kept: Import, file: RawFile, form: MappingForm
) -> HttpResponse:
    """Another sheet, head row or name column: everything that follows from it is guessed anew."""
    state, names = read(copy.budget)
    columns, plan_year = sheet_of(state, copy.budget, names).columns, copy.budget.plan_year
    chosen = file.sheet(request.POST.get("sheet", ""))
    if chosen is not None and chosen.name != form.sheet.name and chosen.rows:
        guessed = guess(file, plan_year, _members(copy), columns, chosen.name)
    else:
        said = answered(form.sheet, form.mapping, request.POST.dict()).mapping
        guessed = guess_again(form.sheet, said, plan_year, _members(copy), columns)
    kept.mapping = mapping.to_json(guessed)
    kept.save(update_fields=["mapping"])
    return redirect(copy.address("budget_import_mapping", kept=kept.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def budget_import_preview(request: HttpRequest, slug: str, plan_year: int, kept: int) -> HttpResponse:
    """Every problem, what would be added and changed, the totals; then all of it or nothing."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    found = _kept(request, copy, kept)
    if found is None:
        return _gone(request, copy)
    file = raw.from_json(found.cells)
    taken = request.POST.getlist("taken")
    state, names = read(copy.budget)
    preview = _preview(copy, found, file, state, names, taken)
    fault = ""
    if request.method == "POST" and "again" not in request.POST:
        fault = _why_not(request, copy, preview)
        if not fault:
            fault = _read_in(request, copy, found, file, preview, taken)
        if not fault:
            messages.success(request, f"{file.name} är inläst. Ångra tar tillbaka hela inläsningen.")
            return redirect(copy.address())
        state, names = read(copy.budget)
        preview = _preview(copy, found, file, state, names, taken)
    context = {"kept": found, "file": file, "preview": preview, "fault": fault, "taken": taken}
    return _shown(request, copy, "import_preview.html", context, 409 if fault else 200)


def _why_not(request: HttpRequest, copy: WorkingCopy, preview: Preview) -> str:
    """Why what was asked for cannot be read in; empty when it can."""
    if not copy.budget.is_open:
        return CLOSED
    if request.POST.get("number") != str(preview.number):
        return MEANWHILE
    if preview.errors and "accept" not in request.POST:
        return UNREADABLE
    if not preview.changes.any:
        return "Det finns inget att läsa in: budgeten är redan som filen."
    return ""


class _ChangedMeanwhileError(Exception):
    """Between what was shown and what would be written somebody changed the budget."""


def _read_in(
    request: HttpRequest,
    copy: WorkingCopy,
    kept: Import,
    file: RawFile,
    preview: Preview,
    taken: Collection[str],
) -> str:
    """One change, all or nothing; why not, when nothing was written."""

    def judged(state: BudgetState) -> list[Step]:
        if state.number != preview.number:
            raise _ChangedMeanwhileError
        return import_steps(preview.proposal, state)

    try:
        make_change(copy.budget, author(request), Change.Action.IMPORT, judged)
    except ClosedError:
        return CLOSED
    except (ConflictError, _ChangedMeanwhileError):
        return MEANWHILE
    except ValidationError as error:
        return " ".join(error.messages)
    kept.delete()
    return ""


# -- what the steps share ----------------------------------------------------------------------------


def _preview(
    copy: WorkingCopy, kept: Import, file: RawFile, state: BudgetState, names: Names, taken: Collection[str]
) -> Preview:
    current = sheet_of(state, copy.budget, names)
    return Preview(
        _proposal(copy, kept, file, current, taken), state, lambda each: sheet_of(each, copy.budget, names)
    )


def _proposal(
    copy: WorkingCopy, kept: Import, file: RawFile, current: BudgetSheet, taken: Collection[str]
) -> Proposal:
    base = _own(file, copy)
    if base is not None:
        return own_workbook.proposal(file, base, current, _members(copy), taken)
    assert kept.mapping is not None
    return foreign_table.proposal(file, mapping.from_json(kept.mapping), current, _members(copy))


def _own(file: RawFile, copy: WorkingCopy) -> own_workbook.Base | None:
    """What our workbook of this very budget was made with."""
    base = own_workbook.read_base(file)
    return base if base is not None and base.budget == str(copy.budget.pk) else None


def _members(copy: WorkingCopy) -> list[KnownMember]:
    members = Member.objects.filter(federation=copy.here.federation).order_by("pk")
    return [KnownMember(pk, name, kind) for pk, name, kind in members.values_list("pk", "name", "kind")]


def _kept(request: HttpRequest, copy: WorkingCopy, key: int) -> Import | None:
    return Import.still_kept().filter(pk=key, budget=copy.budget, user=request.user.pk).first()


def _gone(request: HttpRequest, copy: WorkingCopy) -> HttpResponse:
    messages.warning(request, GONE)
    return redirect(copy.address("budget_import"))


def _shown(
    request: HttpRequest, copy: WorkingCopy, template: str, context: Mapping[str, object], status: int
) -> HttpResponse:
    shared = {"here": copy.here, "copy": copy, "budget": copy.budget}
    return render(request, f"budgets/exchange/{template}", {**shared, **context}, status=status)
