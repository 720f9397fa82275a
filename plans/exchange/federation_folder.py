"""A federation as a folder of readable files: federation.json and a budget-ÅÅÅÅ.json per plan year."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from budgets.exchange.budget_file import read, write
from budgets.exchange.json_input import UnreadableError, parse
from budgets.exchange.storing import store
from budgets.models import Budget
from budgets.reading import read_sheet
from finsam import readable_json
from members.exchange import dump_members, store_members
from members.models import Federation
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
        if existing := Federation.objects.filter(slug=data["slug"]).first():
            return existing, False
        with transaction.atomic():
            projects = data.pop("projects", [])
            federation = store_members(data)
            store_projects(projects, federation)
            for file in sorted(folder.glob("budget-*.json")):
                store(read(_content(file)), federation)
    except (UnreadableError, ValueError, TypeError) as error:
        raise FolderError(f"{file}: {error}") from error
    except ValidationError as error:
        raise FolderError(f"{file}: {' '.join(error.messages)}") from error
    except KeyError as error:
        raise FolderError(f"{file}: {error} finns inte i filen.") from error
    return federation, True


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise FolderError(f"{file}: filen går inte att läsa ({error.strerror}).") from error


def texts(federation: Federation) -> dict[str, str]:
    """The files of a federation by name, as `load` reads them."""
    budgets = Budget.objects.filter(federation=federation).order_by("plan_year")
    described = {**dump_members(federation), "projects": dump_projects(federation)}
    filled = {key: value for key, value in described.items() if value != []}
    return {
        FEDERATION_FILE: readable_json.dumps(filled),
        **{f"budget-{budget.plan_year}.json": write(read_sheet(budget)) for budget in budgets},
    }
