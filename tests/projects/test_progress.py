"""The way of an insats from idea to end: one step at a time, each with what it demands."""

import pytest

from projects.models import BoardDecision, Project, Status, StepError
from tests.members import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return Project.objects.create(
        federation=people.federation(), name="Stegen", level="individual", status="idea"
    )


def stored(project: Project) -> str:
    return Project.objects.get(pk=project.pk).status


def test_the_whole_way_and_what_each_step_asks_for(project):
    project.move_forward()
    assert stored(project) == "applied"

    with pytest.raises(StepError, match="när styrelsen har beslutat"):
        project.move_forward()
    assert stored(project) == "applied"
    BoardDecision.objects.create(project=project, date="2020-11-24", decision="att bevilja medel")
    project.move_forward()
    assert stored(project) == "granted"

    with pytest.raises(StepError, match="har en start"):
        project.move_forward()
    project.starts = "2021-01"
    project.move_forward()
    assert stored(project) == "running"

    with pytest.raises(StepError, match="Ange först när den slutade"):
        project.move_forward()
    project.ends = "2023"
    project.move_forward()
    assert stored(project) == "ended"
    with pytest.raises(StepError, match="Insatsen är avslutad"):
        project.move_forward()


def test_a_printed_reference_stands_for_the_decision(project):
    project.status, project.decision_reference = Status.APPLIED, "Styrelsen § 7"
    project.move_forward()
    assert stored(project) == "granted"


def test_back_is_one_step_and_asks_for_nothing(project):
    """Published plans have ended insatser of which neither start nor decision is known."""
    project.status = Status.ENDED
    for expected in ("running", "granted", "applied", "idea"):
        project.move_back()
        assert stored(project) == expected
    with pytest.raises(StepError, match="inget läge före"):
        project.move_back()


def test_a_step_writes_nothing_but_the_status(project):
    Project.objects.filter(pk=project.pk).update(description="Skrivet av någon annan.")
    project.move_forward()
    assert Project.objects.get(pk=project.pk).description == "Skrivet av någon annan."


def test_a_step_is_known_to_those_who_have_read_the_insatser(project):
    before = project.federation.surroundings
    project.move_forward()
    project.federation.refresh_from_db()
    assert project.federation.surroundings > before


def test_what_belongs_to_an_insats_is_counted_too(project):
    before = project.federation.surroundings
    decision = BoardDecision.objects.create(project=project, date="2020", decision="att bevilja medel")
    project.federation.refresh_from_db()
    made = project.federation.surroundings
    decision.delete()
    project.federation.refresh_from_db()
    assert before < made < project.federation.surroundings
