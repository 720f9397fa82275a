"""The insatser of a federation as plain data: everything goes out, and comes in the same."""

from decimal import Decimal

import pytest

from finsam.json_input import UnreadableError
from members.models import Member
from projects.exchange import dump_projects, store_projects
from projects.models import PlannedParticipants, Project
from tests.members import people

pytestmark = pytest.mark.django_db

STEGEN = {"name": "Stegen", "kind": "project", "level": "individual", "status": "ended"}
EVERYTHING = [
    STEGEN,
    {
        "name": "Stegen 2",
        "kind": "esf",
        "level": "individual",
        "sus_class": "rehabilitation",
        "status": "running",
        "owner": "Norrby kommun",
        "owner_name": "Norrby kommun, socialförvaltningen",
        "partners": ["Norrby kommun", "Region Norr"],
        "other_partners": "Vuxenskolan",
        "leader_employer": "Norrby kommun",
        "starts": "2020-09-01",
        "ends": "2023-08",
        "extension": "kan förlängas ett år",
        "predecessor": "Stegen",
        "decision_reference": "Styrelsen § 7",
        "decisions": [
            {
                "date": "2020-06-03",
                "paragraph": "§ 31",
                "decision": "att bevilja medel i tre år",
                "amount": Decimal("1500000.50"),
                "first_year": 2020,
                "last_year": 2023,
            },
            {"date": "2021", "decision": "att följa upp"},
        ],
        "planned_participants": [{"year": 2021, "number": 40}, {"year": 2022, "number": 60}],
        "financers": [
            {"member": "Region Norr", "year": 2021, "note": "egen personal"},
            {"name": "Europeiska socialfonden", "year": 2021, "amount": Decimal("250000.00")},
        ],
        "description": "Stöd till arbete.",
    },
    {
        "name": "Mötesplatsen",
        "kind": "events",
        "level": "structural",
        "status": "running",
        "open_ended": True,
    },
]


@pytest.fixture
def federation():
    federation = people.federation()
    Member.objects.create(federation=federation, name="Norrby kommun", kind="municipality", position=0)
    Member.objects.create(federation=federation, name="Region Norr", kind="region", position=1)
    return federation


def test_everything_goes_in_and_comes_out_the_same(federation):
    store_projects(EVERYTHING, federation)
    assert dump_projects(federation) == EVERYTHING


def test_no_planned_participants_is_a_plan_too(federation):
    """Zero people in a year is not the same as nothing planned."""
    project = Project.objects.create(federation=federation, name="Stegen", level="individual", status="idea")
    PlannedParticipants.objects.create(project=project, year=2021, number=0)
    (dumped,) = dump_projects(federation)
    assert dumped["planned_participants"] == [{"year": 2021, "number": 0}]


def test_what_is_dumped_can_be_loaded_though_the_successor_stands_first(federation):
    """The order is the federation's own, and so is what an insats was built on."""
    earlier = Project.objects.create(
        federation=federation, name="Stegen", level="individual", status="ended", position=2
    )
    Project.objects.create(
        federation=federation,
        name="Stegen 2",
        level="individual",
        status="running",
        predecessor=earlier,
        position=1,
    )
    dumped = dump_projects(federation)
    again = people.federation("soderby")
    store_projects(dumped, again)
    assert dump_projects(again) == dumped
    assert again.projects.get(name="Stegen 2").predecessor == again.projects.get(name="Stegen")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"farg": "blå"}, "projects[1].farg: Nyckeln ”farg” finns inte i formen."),
        (
            {"planned_participants": [{"year": 2021, "number": 1, "farg": "blå"}]},
            "projects[1].planned_participants[0].farg: Nyckeln ”farg” finns inte i formen.",
        ),
        ({"owner": "Söderby kommun"}, "projects[1].owner: ”Söderby kommun” finns inte i filen."),
        ({"partners": ["Söderby kommun"]}, "projects[1].partners: ”Söderby kommun” finns inte i filen."),
        (
            {"financers": [{"member": "Söderby kommun", "year": 2021}]},
            "projects[1].financers[0].member: ”Söderby kommun” finns inte i filen.",
        ),
        (
            {"financers": [{"name": "Socialfonden", "year": 2021, "amount": "mycket"}]},
            "projects[1].financers[0]: Värdet “mycket” måste vara ett decimaltal.",
        ),
        (
            {"decisions": [{"date": "i går", "decision": "att vänta"}]},
            "projects[1].decisions[0]: date: 'i går' är inget datum: skriv ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD.",
        ),
        ({"predecessor": "Trappan"}, "projects[1].predecessor: ”Trappan” finns inte i filen."),
        (
            {"predecessor": "Stegen 3"},
            "projects[1].predecessor: predecessor: En insats kan inte vara sin egen föregångare.",
        ),
        ({"status": "dröm"}, "projects[1]: status: Värdet 'dröm' är inget giltigt alternativ."),
        ({"name": "Stegen"}, "projects[1]: Det finns redan en insats med det namnet."),
    ],
)
def test_what_is_not_known_or_not_allowed_is_refused_with_its_place(federation, change, message):
    """Söderby kommun is a member, but of another federation."""
    soderby = people.federation("soderby")
    Member.objects.create(federation=soderby, name="Söderby kommun", kind="municipality")
    with pytest.raises(UnreadableError) as error:
        store_projects([STEGEN, {**STEGEN, "name": "Stegen 3", **change}], federation)
    assert str(error.value) == message
