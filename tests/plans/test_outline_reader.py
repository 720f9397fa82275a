"""What somebody used to Word expects of the outline's pages."""

import pytest
from django.conf import settings
from django.test import Client

from members.models import RoleKind
from plans.models import Plan, Section
from tests.loading import load
from tests.members import people
from tests.members.page_forms import filled
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db

HERE = "/gotland/plan/2021/skriv/"
DOING = "/gotland/plan/2021/disposition/"


@pytest.fixture
def gotland() -> Plan:
    federation, _ = load(settings.BASE_DIR / "fixtures" / "gotland")
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


@pytest.fixture
def karin(gotland) -> Client:
    return people.client_of(people.with_role(gotland.federation, RoleKind.DIRECTOR))


def outermost(plan: Plan) -> list[str]:
    return list(Section.objects.filter(plan=plan, parent=None).values_list("key", flat=True))


def test_a_new_section_stands_before_the_heading_of_the_appendices(gotland, karin):
    filled(karin, f"{DOING}nytt/", heading="Risker")
    filled(karin, f"{DOING}nytt/", heading="Känslighet")
    keys = outermost(gotland)
    assert keys[keys.index("risker") :] == [
        "risker",
        "kanslighet",
        "bilagor",
        "bilaga-begrepp",
        "bilaga-organisation",
        "om-siffrorna",
    ]


@pytest.mark.parametrize(
    ("typed", "stored", "number"),
    [
        ("4 Risker", "Risker", "4"),
        ("4.1 risker", "risker", "4.1"),
        ("4. Risker", "Risker", "4."),
        ("10 åtgärder för hälsa", "10 åtgärder för hälsa", ""),
        ("2021 års mål", "2021 års mål", ""),
    ],
)
@pytest.mark.parametrize("new", [True, False])
def test_a_typed_number_is_left_out_of_a_numbered_heading(gotland, karin, typed, stored, number, new):
    if new:
        filled(karin, f"{DOING}nytt/", heading=typed)
        section = Section.objects.filter(plan=gotland).latest("pk")
    else:
        seen = shown(karin.get(HERE)).one("div", id="outline").attributes["data-seen"]
        karin.post(f"{DOING}avsnitt/uppfoljning/rubrik/", {"seen": seen, "heading": typed})
        section = Section.objects.get(plan=gotland, key="uppfoljning")
    assert section.heading == stored
    told = shown(karin.get(HERE)).one("main").text
    assert (f"Numret ”{number}” är borttaget ur rubriken" in told) == bool(number)


@pytest.mark.parametrize("under", ["bilaga-begrepp", "sammanfattning"])
def test_where_no_number_is_given_what_is_typed_stays(gotland, karin, under):
    filled(karin, f"{DOING}nytt/?under={under}", heading="4 Risker")
    assert Section.objects.filter(plan=gotland).latest("pk").heading == "4 Risker"


def test_a_section_is_known_by_its_words_with_their_figures(gotland, karin):
    Section.objects.create(
        plan=gotland,
        key="utan",
        position=99,
        text='<p>Planåret är <span data-figure="what=year"></span>, se <a data-section="jobbsam"></a>.</p>',
    )
    words = [each.text for each in shown(karin.get(HERE)).all("a", css="no-heading")]
    assert any(each.startswith("Planåret är 2021, se avsnitt") for each in words), words


def test_a_warning_has_its_own_shape(gotland, karin):
    Section.objects.filter(plan=gotland, key="jobbsam").update(
        text='<p><span data-figure="what=line&amp;of=999999"></span></p>'
    )
    marks = shown(karin.get(HERE)).all("span", css="mark")
    assert [each for each in marks if each.all("svg", css="error")]
    for mark in marks:
        for severity in ("error", "warning", "notice"):
            if f"mark {severity}" == mark.attributes["class"]:
                assert mark.one("svg", css=severity)
