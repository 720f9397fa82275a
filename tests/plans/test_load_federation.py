"""Loading a federation from a folder: all or nothing, once, and faults are told in Swedish."""

import json
import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from budgets.models import Amount, Budget
from members.models import Federation
from plans.exchange.federation_folder import FolderError, load
from plans.models import Plan

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
FOLDERS = sorted(file.parent for file in FIXTURES.glob("*/federation.json"))
APPS = ("members", "projects", "budgets", "plans")


def rows() -> dict[str, int]:
    """How many rows every table of ours has."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return {model.__name__: model.objects.count() for model in models}


def contents() -> list[object]:
    """All rows of ours, with every value in them."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Gotland's folder, to change."""
    shutil.copytree(FIXTURES / "gotland", tmp_path / "gotland")
    return tmp_path / "gotland"


def change(file: Path, edit) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    edit(data)
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


# -- it works ----------------------------------------------------------------------------------------


def test_all_five_federations_are_there():
    assert [folder.name for folder in FOLDERS] == [
        "gotland",
        "introduktion",
        "landskrona-svalov",
        "lund",
        "skelleftea",
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_federation_is_loaded_with_all_that_its_files_say(folder):
    federation, loaded = load(folder)
    said = json.loads((folder / "federation.json").read_text(encoding="utf-8"))
    assert loaded
    assert (federation.slug, federation.name) == (said["slug"], said["name"])
    assert [member.name for member in federation.members.all()] == [m["name"] for m in said["members"]]
    assert [project.name for project in federation.projects.all()] == [p["name"] for p in said["projects"]]
    assert federation.appointments.count() == len(said["appointments"])
    budgets = [json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("budget-*.json")]
    assert {budget.plan_year for budget in federation.budgets.all()} == {b["plan_year"] for b in budgets}


def test_a_line_is_tied_to_its_member_and_its_insats():
    load(FIXTURES / "gotland")
    cell = Amount.objects.get(line__name="JobbSam 3.0", year__year=2021)
    assert (cell.amount.amount, cell.line.project.status) == (2_203_500, "running")
    state = Amount.objects.get(line__name="Försäkringskassan", year__year=2021)
    assert state.line.member.kind == "state"


def test_every_budget_has_its_plan_and_only_the_latest_is_open(folder):
    change(folder / BUDGET, lambda data: data.update(plan_year=2020))
    change(folder / "plan-2021.json", lambda data: data.update(plan_year=2020))
    shutil.copy(FIXTURES / "gotland" / BUDGET, folder / "budget-2022.json")
    change(folder / "budget-2022.json", lambda data: data.update(plan_year=2022))
    federation, _ = load(folder)
    plans = Plan.objects.filter(federation=federation)
    assert [(p.plan_year, p.budget.plan_year, p.state, p.budget.is_open) for p in plans] == [
        (2022, 2022, "draft", True),
        (2020, 2020, "draft", False),
    ]


def test_loading_again_changes_nothing():
    out = StringIO()
    call_command("load_federation", *FOLDERS, stdout=out)
    before = contents()
    assert "Samordningsförbundet FinsamGotland: inläst\n" in out.getvalue()
    out = StringIO()
    call_command("load_federation", *FOLDERS, stdout=out)
    assert contents() == before
    lines = out.getvalue().splitlines()
    assert len(lines) == 5
    assert all(line.endswith(": finns redan, lämnas orört") for line in lines)


def test_what_the_users_have_changed_is_left_as_it_is(folder):
    federation, _ = load(folder)
    Federation.objects.update(name="Finsam Gotland")
    Plan.objects.all().delete()
    Budget.objects.all().delete()
    again, loaded = load(folder)
    assert (again, loaded, again.name) == (federation, False, "Finsam Gotland")
    assert not Budget.objects.exists()


# -- a fault loads nothing ---------------------------------------------------------------------------

FEDERATION, BUDGET = "federation.json", "budget-2021.json"

# What is wrong: the file, how it is spoilt, where the message says that it is, and what it says.
FAULTS = {
    "unknown key": (FEDERATION, lambda d: d.update(farg="blå"), "", "”farg” finns inte"),
    "unknown key of a member": (
        FEDERATION,
        lambda d: d["members"][1].update(farg="blå"),
        r"members\[1\]|Arbetsförmedlingen",
        "”farg” finns inte",
    ),
    "unknown key of an insats": (
        FEDERATION,
        lambda d: d["projects"][2].update(farg="blå"),
        r"projects\[2\]|JobbSam 3.0",
        "”farg” finns inte",
    ),
    "unknown key of a budget line": (
        BUDGET,
        lambda d: d["lines"][1].update(farg="blå"),
        r"lines\[1\]",
        "farg",
    ),
    "unknown member in an appointment": (
        FEDERATION,
        lambda d: d["appointments"][4].update(members=["Söderby"]),
        r"appointments\[4\]",
        "Söderby.? finns inte",
    ),
    "unknown owner of an insats": (
        FEDERATION,
        lambda d: d["projects"][2].update(owner="Söderby"),
        r"projects\[2\]|JobbSam 3.0",
        "Söderby.? finns inte",
    ),
    "unknown partner of an insats": (
        FEDERATION,
        lambda d: d["projects"][2].update(partners=["Söderby"]),
        r"projects\[2\]|JobbSam 3.0",
        "Söderby.? finns inte",
    ),
    "unknown member on a line": (
        BUDGET,
        lambda d: d["lines"][1].update(member="Söderby"),
        "lines.*Region Gotland",
        "ingen medlem ”Söderby”",
    ),
    "budget of another federation": (
        BUDGET,
        lambda d: d.update(federation="Samordningsförbundet Vik"),
        "federation",
        "Filen är för Samordningsförbundet Vik, inte Samordningsförbundet FinsamGotland",
    ),
    "unknown insats on a line": (
        BUDGET,
        lambda d: d["lines"][-1].update(project="Trappan"),
        "lines.*Utrymme för ny verksamhet",
        "ingen insats ”Trappan”",
    ),
    "bad date of a member": (
        FEDERATION,
        lambda d: d["members"][1].update(joined="2020-13"),
        r"members\[1\]|Arbetsförmedlingen",
        "Datumet '2020-13' finns inte",
    ),
    "bad date of an insats": (
        FEDERATION,
        lambda d: d["projects"][2].update(starts="hösten 2020"),
        r"projects\[2\]|JobbSam 3.0",
        "'hösten 2020' är inget datum",
    ),
    "bad date of a status": (
        BUDGET,
        lambda d: d["lines"][0]["statuses"][1][0].update(date="2020-13"),
        r"lines\[0\].*statuses\[1\]\[0\]\.date",
        "Datumet '2020-13' finns inte",
    ),
    "bad kind of a member": (
        FEDERATION,
        lambda d: d["members"][1].update(kind="bolag"),
        r"members\[1\]|Arbetsförmedlingen",
        "bolag.* inget giltigt",
    ),
    "member without a name": (
        FEDERATION,
        lambda d: d["members"][1].pop("name"),
        r"members\[1\]",
        "name|[Nn]amn",
    ),
    "member twice": (
        FEDERATION,
        lambda d: d["members"].append(d["members"][0]),
        r"members\[3\]|Försäkringskassan",
        "finns redan",
    ),
    "members that are no list": (FEDERATION, lambda d: d.update(members=None), "members", "lista"),
    "member that is no object": (FEDERATION, lambda d: d.update(members=[5]), r"members\[0\]", "objekt"),
    "name that is no text": (
        FEDERATION,
        lambda d: d["members"][1].update(name=["a"]),
        r"members\[1\]",
        "text|lista",
    ),
    "name with a control character": (
        FEDERATION,
        lambda d: d["members"][1].update(name="Norr\0by"),
        r"members\[1\]",
        "tecken",
    ),
    "limit without a value": (
        FEDERATION,
        lambda d: d.update(policies=[{"kind": "equity_goal", "first_year": 2021, "source": "§ 7"}]),
        r"policies\[0\]",
        "Ange ett värde",
    ),
    "wrong organisation number": (
        FEDERATION,
        lambda d: d.update(organisation_number="222000-2734"),
        "organisation_number|222000-2734",
        "inget svenskt organisationsnummer",
    ),
    "reserved slug": (FEDERATION, lambda d: d.update(slug="admin"), "slug|adressnamn", "används av Finsam"),
    "no slug": (FEDERATION, lambda d: d.pop("slug"), "slug", "slug"),
    "amount as text": (
        BUDGET,
        lambda d: d["lines"][0]["amounts"].__setitem__(1, "2 162 000"),
        r"lines\[0\].*amounts\[1\]",
        "är text",
    ),
}

ENGLISH = r"\b(not|object|is|iterable|unhashable|type|must|be|list|invalid|error|expected|field)\b"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_loads_nothing_and_is_told_by_file_place_and_what_is_wrong(folder, fault):
    name, edit, place, what = FAULTS[fault]
    change(folder / name, edit)
    before = rows()
    with pytest.raises(FolderError) as error:
        load(folder)
    assert rows() == before
    file, message = str(error.value).removeprefix(str(folder)).split(": ", 1)
    assert file == f"/{name}"
    assert re.search(place, message)
    assert re.search(what, message)
    assert not re.search(ENGLISH, message)


@pytest.mark.parametrize("name", [FEDERATION, BUDGET])
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b'{"name": "Norrby", "slug" "norrby"}', "rad 1, tecken 27: Filen är inte giltig JSON."),
        (b"", "Filen är tom."),
        (b"\xff\xfe", "Filen är inte"),
        (b"[]", ""),
        (b"{}", ""),
    ],
)
def test_a_broken_file_loads_nothing(folder, name, content, what):
    (folder / name).write_bytes(content)
    before = rows()
    with pytest.raises(FolderError) as error:
        load(folder)
    assert rows() == before
    assert str(error.value).startswith(f"{folder / name}: ")
    assert what in str(error.value)
    assert not re.search(ENGLISH, str(error.value).removeprefix(str(folder)))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FolderError) as error:
        load(tmp_path / "vik")
    assert str(error.value).startswith(f"{tmp_path / 'vik' / FEDERATION}: filen går inte att läsa")


def test_two_budgets_for_the_same_plan_year_load_nothing(folder):
    shutil.copy(folder / BUDGET, folder / "budget-2021-reviderad.json")
    before = rows()
    with pytest.raises(FolderError, match="2021"):
        load(folder)
    assert rows() == before


def test_the_command_says_what_is_wrong_and_keeps_the_folders_before_it(folder):
    change(folder / BUDGET, lambda data: data["lines"][1].update(member="Söderby"))
    out = StringIO()
    with pytest.raises(CommandError, match="ingen medlem ”Söderby”"):
        call_command("load_federation", FIXTURES / "lund", folder, stdout=out)
    assert out.getvalue() == "Lunds samordningsförbund: inläst\n"
    assert [federation.slug for federation in Federation.objects.all()] == ["lund"]
