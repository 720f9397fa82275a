"""The insatser beside the board of goals: the order that the document has them in, and their links."""

import pytest
from django.conf import settings
from django.test import Client

from members.models import Federation, RoleKind
from plans.models import Activity, Plan
from plans.reading import read_plan
from projects.models import Project
from tests.loading import load
from tests.members.page_forms import filled
from tests.members.people import client_of, with_role
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db

LIST = "/gotland/insatser/"


@pytest.fixture
def gotland() -> Federation:
    return load(settings.BASE_DIR / "fixtures" / "gotland")[0]


@pytest.fixture
def editor(gotland) -> Client:
    return client_of(with_role(gotland, RoleKind.DIRECTOR))


def order(federation: Federation) -> list[str]:
    """As the document has them."""
    plan = Plan.objects.select_related("federation", "budget").get(federation=federation)
    return [each.name for each in read_plan(plan).projects]


def running(client: Client) -> list[str]:
    (table,) = [
        each
        for each in shown(client.get(LIST)).all("table")
        if "running" in each.attributes["aria-labelledby"]
    ]
    return [row.one("a").text for row in table.one("tbody").all("tr")]


def press(client: Client, label: str):
    button = shown(client.get(LIST)).one("button", aria_label=label, type="submit")
    return client.post(button.attributes["formaction"], follow=True)


def test_buttons_move_an_insats_and_the_document_follows(editor, gotland):
    before = running(editor)
    page = shown(press(editor, f"Flytta {before[2]} uppåt"))
    assert f"{before[2]} är flyttad." in page.one("main").text
    assert running(editor)[:3] == [before[0], before[2], before[1]]
    press(editor, f"Flytta {before[0]} nedåt")
    after = running(editor)
    assert after == [before[2], before[0], before[1], *before[3:]]
    assert [name for name in order(gotland) if name in after] == after


def test_the_first_has_no_step_up_and_the_last_none_down(editor):
    names = running(editor)
    labels = [
        each.attributes.get("aria-label") for each in shown(editor.get(LIST)).all("button", type="submit")
    ]
    assert f"Flytta {names[0]} uppåt" not in labels and f"Flytta {names[-1]} nedåt" not in labels
    assert f"Flytta {names[0]} nedåt" in labels


def test_a_place_beside_one_that_is_gone_changes_nothing_and_says_so(editor, gotland):
    before = order(gotland)
    project = gotland.projects.get(name=before[0])
    page = shown(editor.post(f"{LIST}{project.pk}/placera/?fore=999999", follow=True))
    assert "skulle stå bredvid är borttagen" in page.one("div", css="message").text
    assert order(gotland) == before


def test_only_what_is_moved_past_gets_another_place(editor, gotland):
    Project.objects.filter(federation=gotland).update(position=0)
    before = order(gotland)
    last = gotland.projects.get(name=before[-1])
    editor.post(f"{LIST}{last.pk}/placera/?fore={gotland.projects.get(name=before[0]).pk}")
    assert order(gotland) == [before[-1], *before[:-1]]


def test_an_insats_is_linked_to_the_activities_of_the_plan(editor, gotland):
    project = gotland.projects.get(name="JobbSam 3.0")
    activity = Activity.objects.filter(plan__federation=gotland, text="Frukostmöten").first()
    page = shown(editor.get(f"{LIST}{project.pk}/samband/"))
    assert "Frukostmöten (Mötesplatser)" in page.one("form", css="fields").text
    filled(editor, f"{LIST}{project.pk}/samband/", activities=[str(activity.pk)])
    assert list(project.activities.all()) == [activity]
