"""The pictures of a federation as files: written with its plans, and read with them."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from members.models import Federation
from plans.exchange.federation_folder import FolderError, load
from plans.illustrations import store_illustration
from plans.making import Choice, make
from plans.models import Area, Illustration, Plan, Section
from plans.reading import read_plan
from tests.members import people
from tests.plans.access_world import budget_of
from tests.plans.made_illustrations import drawing, drawn, file_of, photograph

pytestmark = pytest.mark.django_db


def tag(key: str) -> str:
    return f'<img data-picture="{key}" alt="Ett möte" data-caption="I Visby">'


@pytest.fixture
def plan() -> Plan:
    """A section shows a photograph, an area a drawing; a third picture is shown by nothing."""
    plan = budget_of(people.federation("norrby"), 2021, "n")
    photo, drawn_one, _ = (
        store_illustration(plan.federation, each) for each in (file_of(photograph()), drawn(1), drawn(2))
    )
    Section.objects.filter(plan=plan).update(text=f"<p>ord</p>{tag(photo.key)}")
    Area.objects.create(plan=plan, kind="perspective", key="a", name="Mål", description=tag(drawn_one.key))
    return plan


@pytest.fixture
def folder(plan, tmp_path) -> Path:
    call_command("dump_federation", "norrby", out=tmp_path, stdout=StringIO())
    return tmp_path


def begin_again() -> None:
    Plan.objects.all().delete()
    Federation.objects.all().delete()


def test_the_pictures_that_texts_show_are_written_and_read_as_they_were(plan, folder):
    stored = {each.key: bytes(each.content) for each in Illustration.objects.all()}
    shown = read_plan(plan, contents=True).illustrations
    assert len(shown) == 2
    written = {path.name: path.read_bytes() for path in (folder / "bilder").iterdir()}
    suffixes = {"image/jpeg": ".jpg", "image/png": ".png"}
    assert written == {key + suffixes[each.media_type]: stored[key] for key, each in shown.items()}
    assert {path.suffix for path in (folder / "bilder").iterdir()} == {".jpg", ".png"}
    begin_again()
    federation, _ = load(folder)
    again = Plan.objects.select_related("budget", "federation").get(federation=federation)
    assert read_plan(again, contents=True).illustrations == shown


def fault(folder: Path) -> str:
    begin_again()
    with pytest.raises(FolderError) as refused:
        load(folder)
    assert not Federation.objects.exists()
    return str(refused.value)


def test_a_picture_that_a_text_names_and_the_folder_lacks_is_named(folder):
    (path,) = (folder / "bilder").glob("*.jpg")
    path.unlink()
    said = fault(folder)
    assert "plan-2021.json" in said and f"bilder/ heter {path.name}" in said


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (file_of(photograph(40, 40), "JPEG"), "ändrad eller omdöpt"),
        (file_of(photograph(), "JPEG")[:900], "skadad eller ofullständig"),
        (b"<svg><script/></svg>", "SVG-bild"),
        (file_of(drawing().convert("RGBA")), "inte skriven av Finsam"),
    ],
)
def test_a_file_that_is_not_the_picture_it_was_is_refused(folder, content, wanted):
    (path,) = (folder / "bilder").glob("*.jpg")
    path.write_bytes(content)
    said = fault(folder)
    assert path.name in said and wanted in said


def test_a_new_plan_shows_last_years_pictures(plan):
    new = make(plan.federation, Choice(2022, source=plan), people.user())
    assert read_plan(new).illustrations.keys() == read_plan(plan).illustrations.keys()
    assert Illustration.objects.count() == 3


def test_the_file_of_a_plan_has_the_words_of_a_picture_and_no_address(folder):
    data = json.loads((folder / "plan-2021.json").read_text())
    (line,) = [line for line in data["sections"][0]["text"] if "<img" in line]
    assert re.search(r'<img data-picture="[0-9a-f]{20}" alt="Ett möte" data-caption="I Visby">', line)
