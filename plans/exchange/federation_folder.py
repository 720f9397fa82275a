"""A federation as a folder of readable files: federation.json, and for each plan year a budget-ÅÅÅÅ.json and,
when its document is begun, a plan-ÅÅÅÅ.json; the pictures of its texts are in bilder/."""

from pathlib import Path

from django.db import transaction

from budgets.exchange.budget_file import read, write
from budgets.exchange.storing import store
from budgets.models import Budget
from budgets.reading import read_sheet
from finsam import readable_json
from finsam.json_input import UnreadableError, check_characters, parse, shown
from members.exchange import dump_members, store_members
from members.models import Federation
from plans.exchange.illustration_files import illustration_paths, load_illustration
from plans.exchange.plan_file import plan_year_of, store_document
from plans.exchange.plan_file_writing import dump_document
from plans.models import Plan, plan_of
from projects.exchange import dump_projects, store_projects

FEDERATION_FILE = "federation.json"


class FolderError(Exception):
    """A folder that cannot be loaded; the message names the file, the place and the fault in Swedish."""


def load(folder: Path) -> tuple[Federation, bool]:
    """The federation of the folder, and whether it was loaded now. One that is already there is left as
    it is, since its users may have changed it. All or nothing; raises FolderError."""
    file = folder / FEDERATION_FILE
    try:
        data = parse(_content(file))
        if not isinstance(data, dict) or not isinstance(data.get("slug"), str):
            raise FolderError(f"{file}: filen beskriver inget förbund med slug.")
        check_characters(data["slug"], "slug")
        if existing := Federation.objects.filter(slug=data["slug"]).first():
            return existing, False
        with transaction.atomic():
            federation = store_members({k: v for k, v in data.items() if k != "projects"})
            store_projects(data.get("projects", []), federation)
            for file in sorted(folder.glob("budget-*.json")):
                _load_budget(_content(file), federation)
            _make_plans(federation)
            for file in illustration_paths(folder):
                load_illustration(file.name, _content(file), federation)
            for file in sorted(folder.glob("plan-*.json")):
                _load_document(_content(file), federation)
    except UnreadableError as error:
        raise FolderError(f"{file}: {error}") from error
    return federation, True


def _load_budget(content: bytes, federation: Federation) -> None:
    """Unlike a file that is only checked, one that is loaded may hold nothing that would be lost."""
    sheet = read(content)
    if sheet.unknown_keys:
        where, _, key = sheet.unknown_keys[0].rpartition(".")
        raise UnreadableError(where, f"Nyckeln {shown(key)} finns inte i formen.")
    if sheet.federation and sheet.federation != federation.name:
        raise UnreadableError("federation", f"Filen är för {sheet.federation}, inte {federation.name}.")
    store(sheet, federation)


def _load_document(content: bytes, federation: Federation) -> None:
    data = parse(content)
    year = plan_year_of(data)
    plan = Plan.objects.filter(federation=federation, plan_year=year).select_related("budget").first()
    if plan is None:
        raise UnreadableError("plan_year", f"Mappen har ingen budget för {year}.")
    assert isinstance(data, dict)
    store_document(data, plan)


def _make_plans(federation: Federation) -> None:
    """A plan for each budget with a plan year. Only the latest is open for changes."""
    budgets = Budget.objects.filter(federation=federation, plan_year__isnull=False).order_by("-plan_year")
    for place, budget in enumerate(budgets):
        if place:
            budget.is_open = False
            budget.save(update_fields=["is_open"])
        plan_of(budget)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise FolderError(f"{file}: filen går inte att läsa ({error.strerror}).") from error


def texts(federation: Federation) -> dict[str, str]:
    """The files of a federation by name, as `load` reads them, but for its pictures."""
    described = {**dump_members(federation), "projects": dump_projects(federation)}
    files = {FEDERATION_FILE: readable_json.dumps({k: v for k, v in described.items() if v != []})}
    for budget in Budget.objects.filter(federation=federation).order_by("plan_year", "pk"):
        sheet = read_sheet(budget)
        if not sheet.columns:  # nothing entered yet: the form has no such file
            continue
        year = sheet.plan_year or f"utfall-{sheet.columns[0].year}"
        name = f"budget-{year}.json"
        if name in files:  # several budgets of outcomes only, from the same year
            name = f"budget-{year}-{budget.pk}.json"
        files[name] = write(sheet)
    for plan in Plan.objects.filter(federation=federation).select_related("budget").order_by("plan_year"):
        described = dump_document(plan)
        if set(described) != {"plan_year"}:
            files[f"plan-{plan.plan_year}.json"] = readable_json.dumps(described)
    return files
