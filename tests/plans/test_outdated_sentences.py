"""An amendment changes what is adopted: sentences proposed before it do not come along unnoticed."""

import pytest
from django.utils import timezone

from budgets.models import Amount
from members.models import RoleKind
from plans.decisions import adopting
from plans.decisions.adopting import adopt
from plans.decisions.outdated import outdated
from plans.models import DecisionSentence, PlanMove
from plans.states.moving import LackingError, send
from plans.views.decision.meeting import ready_sentences
from tests.members.people import client_of
from tests.members.shown_page import shown
from tests.plans import adoption_world as made

pytestmark = pytest.mark.django_db
OWN = "att bifalla Bo Als yrkande"
BEFORE, AFTER = "kostnader på 2 100 000 kr", "kostnader på 2 000 000 kr"


@pytest.fixture
def plan(monkeypatch):
    """Amended: it was before the board as version 2, and a meeting was written down; then came version 3."""
    clock = made.Clock()
    monkeypatch.setattr(timezone, "now", clock)
    monkeypatch.setattr("plans.versions.making.files_of", lambda contents: {"plan_pdf": b"%PDF"})
    monkeypatch.setattr(adopting, "adopted_files", lambda contents, record: {"plan_pdf": b"%PDF"})
    plan = made.a_plan()
    director = made.director_of(plan)
    made.before_board(plan, director, clock)
    meeting = made.meeting(plan)
    for place, text in enumerate([*ready_sentences(plan), OWN]):
        DecisionSentence.objects.update_or_create(meeting=meeting, position=place, defaults={"text": text})
    Amount.objects.filter(line__line_class="insats", year__year=2021).update(amount=1_600_000)
    made.explain_everything(plan)
    send(plan, PlanMove.Action.SUBMIT, made.mover(director, plan))
    plan.refresh_from_db()
    return plan


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def test_only_what_an_earlier_version_proposed_is_outdated(plan):
    sentences = plan.meetings.get().sentences.values_list("text", flat=True)
    found = outdated(plan, sentences, ready_sentences(plan))
    assert set(found.values()) == {2}
    assert any(BEFORE in plain(each) for each in found)
    assert OWN not in found
    assert not set(found) & set(ready_sentences(plan))


def test_the_plan_is_not_adopted_with_the_figures_of_the_version_before(plan):
    chair = made.chair_of(plan)
    with pytest.raises(LackingError) as lacking:
        adopt(plan, made.mover(chair, plan, RoleKind.CHAIR), plan.meetings.get(), {})
    said = [plain(lack.sentence) for lack in lacking.value.lacks]
    assert any(BEFORE in each and "gäller version 2" in each for each in said)
    page = client_of(chair).get("/gotland/plan/2021/faststall/").content.decode()
    assert "gäller version 2, inte den som fastställs." in page
    assert "Planen kan inte fastställas än" in page


def test_one_button_on_the_page_of_the_meeting_puts_the_new_proposals_in_their_place(plan):
    client = client_of(plan.federation.roles.get(kind="director").user)
    address = "/gotland/plan/2021/sammantrade/"
    page = shown(client.get(address))
    [button] = page.all("button", name="do", value="renew")
    assert "version 3" in button.text
    names = ("outdated", "sats")
    sent = {
        name: [
            each.attributes.get("value") or each.text for each in page if each.attributes.get("name") == name
        ]
        for name in names
    }
    after = shown(client.post(address, {**sent, "do": "renew"}))
    sentences = [plain(each.text) for each in after if each.attributes.get("name") == "sats" and each.text]
    assert not after.all("button", name="do", value="renew")
    assert [AFTER in each for each in sentences].index(True) == 1
    assert not any(BEFORE in each for each in sentences)
    assert sentences[-1] == OWN
