"""Writing a federation as a folder: the same files that it was loaded from, and nothing lost."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from budgets.models import Budget, BudgetYear
from members.models import Federation
from plans.exchange.federation_folder import load, texts
from tests.budgets.made_sheets import odd_sheet, stored
from tests.members import people
from tests.plans.test_load_federation import FIXTURES, FOLDERS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_files_are_those_that_were_loaded_byte_for_byte(folder, tmp_path):
    load(folder)
    out = StringIO()
    call_command("dump_federation", folder.name, out=tmp_path / "ny" / "mapp", stdout=out)
    written = {file.name: file.read_bytes() for file in (tmp_path / "ny" / "mapp").iterdir()}
    assert written == {file.name: file.read_bytes() for file in folder.iterdir()}
    assert sorted(out.getvalue().split()) == sorted(str(tmp_path / "ny" / "mapp" / name) for name in written)


@pytest.mark.parametrize("seed", range(10))
def test_what_is_dumped_loads_and_is_dumped_the_same(seed, tmp_path):
    stored(odd_sheet(seed), people.federation())
    call_command("dump_federation", "norrby", out=tmp_path, stdout=StringIO())
    before = texts(Federation.objects.get())
    Budget.objects.all().delete()
    Federation.objects.all().delete()
    federation, _ = load(tmp_path)
    assert texts(federation) == before


def test_budgets_of_outcomes_only_are_all_written():
    """They have no plan year, and may be several."""
    federation = people.federation()
    for year in (2019, 2020):
        budget = Budget.objects.create(federation=federation, plan_year=None, unit="SEK")
        BudgetYear.objects.create(budget=budget, year=year, kind="outcome", position=0)
    written = [text for name, text in texts(federation).items() if name.startswith("budget-")]
    assert len(written) == 2


@pytest.mark.parametrize("plan_year", [2021, None])
def test_a_budget_without_columns_yet_is_no_obstacle(tmp_path, plan_year):
    """As support staff make it, before anything is entered."""
    federation = people.federation()
    Budget.objects.create(federation=federation, plan_year=plan_year, unit="SEK")
    call_command("dump_federation", "norrby", out=tmp_path, stdout=StringIO())
    Federation.objects.all().delete()
    again, loaded = load(tmp_path)
    assert (again.name, loaded) == ("Samordningsförbundet Norrby", True)


def test_an_unknown_federation_is_named(tmp_path):
    with pytest.raises(CommandError, match="^Det finns inget förbund vik\\.$"):
        call_command("dump_federation", "vik", out=tmp_path)
    assert not list(tmp_path.iterdir())


def test_only_the_federation_asked_for_is_written(tmp_path):
    load(FIXTURES / "lund")
    load(FIXTURES / "gotland")
    call_command("dump_federation", "lund", out=tmp_path, stdout=StringIO())
    assert "Gotland" not in "".join(file.read_text(encoding="utf-8") for file in tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_named():
    people.federation()
    with pytest.raises(CommandError, match="/dev/null: det går inte att skriva där"):
        call_command("dump_federation", "norrby", out=Path("/dev/null"))
