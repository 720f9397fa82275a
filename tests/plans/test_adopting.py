"""The adoption: of the version before the board and nothing else, once, with what decided it."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from budgets.models import Amount, Budget
from budgets.rules import Severity
from members.models import RoleKind
from plans.decisions import adopting
from plans.decisions.adopting import adopt, version_lacks
from plans.decisions.record import decision_hash, read
from plans.models import Decision, NotADraftError, Participant, Plan, PlanMove, VersionEvent
from plans.revising import revise
from plans.states.moving import LackingError, MeanwhileError, RefusedError, send
from plans.versions.contents import hash_of
from plans.versions.contents import read as contents_of
from tests.members import people
from tests.plans import adoption_world as made
from tests.services import pdf

pytestmark = pytest.mark.django_db
CHAIR = RoleKind.CHAIR


@pytest.fixture
def clock(monkeypatch) -> made.Clock:
    clock = made.Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture(autouse=True)
def _versions_without_files(monkeypatch) -> None:
    """Nobody looks at those of the versions here; the decision's own are made of what the version holds."""
    monkeypatch.setattr("plans.versions.making.files_of", lambda contents: {"plan_pdf": b"%PDF"})


@pytest.fixture
def without_files(monkeypatch) -> None:
    """Where nobody looks at the decision's they need not be made either."""
    monkeypatch.setattr(adopting, "adopted_files", lambda contents, record: {"plan_pdf": b"%PDF"})


@pytest.fixture
def plan() -> Plan:
    return made.a_plan()


@pytest.fixture
def director(plan):
    return made.director_of(plan)


@pytest.fixture
def chair(plan):
    return made.chair_of(plan)


@pytest.fixture
def meeting(plan, director, clock):
    """Of a plan that is before the board."""
    made.before_board(plan, director, clock)
    return made.meeting(plan)


def adopted(plan, chair, meeting, **explanations) -> Decision:
    return adopt(plan, made.mover(chair, plan, CHAIR), meeting, explanations)


def test_the_version_before_the_board_is_adopted(plan, chair, meeting):
    version = plan.version
    decision = adopted(plan, chair, meeting)
    plan.refresh_from_db()
    assert (plan.state, plan.version, plan.state_by_name) == ("adopted", version, "Anna Alm")
    assert not Budget.every.get(pk=plan.budget_id).is_open
    move = plan.moves.last()
    assert (move.action, move.version, move.by_name) == ("adopt", version, "Anna Alm")
    assert (decision.version, decision.decided_on, decision.paragraph) == (version, date(2020, 11, 24), "45")
    record = read(decision.content)
    assert record.version_hash == version.hash
    assert record.sentences == made.SENTENCES
    assert [(each.name, each.serves_for, each.at_distance) for each in record.serving] == [
        ("Anna Alm", "", False),
        ("Bo Al", "", True),
        ("Dan Ek", "", False),
        ("Eva Fors", "Cia Berg", False),
    ]
    assert (record.seats, record.needed, record.votes) == (4, 3, None)


def test_its_hash_stands_for_what_was_recorded_and_its_files_and_the_version(plan, chair, meeting):
    decision = adopted(plan, chair, meeting)
    files = {each.kind: bytes(each.content) for each in decision.files.all()}
    hashes = {kind: hash_of(content) for kind, content in files.items()}
    assert {each.kind: each.hash for each in decision.files.all()} == hashes
    assert set(files) == {"plan_pdf", "plan_docx", "budget_pdf", "protocol_pdf"}
    content = hash_of(decision.content.encode())
    assert decision.content_hash == content
    assert decision.hash == decision_hash(decision.version.hash, content, hashes)
    changed = json.dumps({**json.loads(decision.content), "place": "Stockholm"})
    assert decision.hash != decision_hash(decision.version.hash, hash_of(changed.encode()), hashes)


def test_the_files_say_that_they_are_adopted_and_by_what(plan, chair, meeting):
    decision = adopted(plan, chair, meeting)
    for kind in ("plan_pdf", "budget_pdf"):
        content = bytes(decision.files.get(kind=kind).content)
        first, second, *_ = pdf.pages(content)
        assert "Fastställd 2020-11-24 § 45 (version 2)" in first
        assert "Fastställd 2020-11-24 § 45 (version 2)" in second
        assert "Utkast" not in pdf.text(content)
        pdf.check(content)


def test_what_was_edited_since_is_not_adopted(plan, chair, meeting):
    cell = Amount.objects.get(line__name="insats", year__year=2021)
    cell.amount = 1_234_000
    cell.save()
    decision = adopted(plan, chair, meeting)
    rows = pdf.table_rows(bytes(decision.files.get(kind="budget_pdf").content))
    said = " ".join(cell for row in rows for cell in row).replace("\u00a0", " ")
    assert "1 700 000" in said
    assert "1 234 000" not in said


def test_a_second_click_gets_the_same_decision(plan, chair, meeting, without_files):
    seen = made.mover(chair, plan, CHAIR)
    first = adopt(plan, seen, meeting, {})
    again = adopt(Plan.objects.get(pk=plan.pk), seen, meeting, {})
    assert first == again
    assert Decision.objects.count() == plan.moves.filter(action="adopt").count() == 1


def test_who_comes_second_is_told_who_was_first(plan, chair, meeting, without_files):
    vice = people.with_role(plan.federation, RoleKind.VICE_CHAIR)
    too_late = made.mover(vice, plan, RoleKind.VICE_CHAIR)
    adopted(plan, chair, meeting)
    with pytest.raises(MeanwhileError, match="Anna Alm har redan .* fastställd 2020-11-24"):
        adopt(Plan.objects.get(pk=plan.pk), too_late, meeting, {})
    assert Decision.objects.count() == 1


def test_a_newer_version_is_not_adopted_unseen(plan, chair, director, meeting, without_files):
    seen = made.mover(chair, plan, CHAIR)
    plan.title = "En annan titel"
    plan.save()
    send(plan, PlanMove.Action.SUBMIT, made.mover(director, plan))
    with pytest.raises(MeanwhileError, match="Karin Ek har redan"):
        adopt(plan, seen, meeting, {})
    plan.refresh_from_db()
    assert adopted(plan, chair, meeting).version.number == 3, "the meeting belongs to the plan"


def test_a_meeting_that_was_changed_meanwhile_is_looked_at_again(plan, chair, meeting, without_files):
    meeting.revision = 7
    with pytest.raises(MeanwhileError, match="Sammanträdet har ändrats"):
        adopted(plan, chair, meeting)
    assert not Decision.objects.exists()
    assert Budget.every.get(pk=plan.budget_id).is_open


LACKS = {
    "no paragraph": ({"paragraph": ""}, "Skriv beslutets paragraf"),
    "no place": ({"place": ""}, "Skriv var sammanträdet hölls"),
    "not held yet": ({"on": date(2020, 11, 25)}, "2020-11-25 och har inte hållits än"),
}


@pytest.mark.parametrize(("changes", "says"), LACKS.values(), ids=LACKS.keys())
def test_a_meeting_that_lacks_something_decides_nothing(
    plan, chair, director, clock, without_files, changes, says
):
    made.before_board(plan, director, clock)
    with pytest.raises(LackingError, match=says):
        adopted(plan, chair, made.meeting(plan, **changes))
    assert not Decision.objects.exists()


def test_a_meeting_without_sentences_or_without_a_quorum_decides_nothing(plan, chair, meeting, without_files):
    meeting.sentences.all().delete()
    with pytest.raises(LackingError, match="minst en att-sats"):
        adopted(plan, chair, meeting)
    Participant.objects.filter(name__in=["Bo Al", "Dan Ek"]).update(is_present=False, at_distance=False)
    with pytest.raises(LackingError, match="inte beslutför: 2 av 4"):
        adopted(plan, chair, meeting)


def test_a_proposal_that_fell_is_not_adopted_and_the_casting_vote_decides(
    plan, chair, meeting, without_files
):
    meeting.is_voted = True
    meeting.save()
    vote = Participant.objects.filter(meeting=meeting, is_present=True)
    vote.filter(name__in=["Anna Alm", "Bo Al"]).update(vote="no")
    vote.filter(name__in=["Dan Ek", "Eva Fors"]).update(vote="yes")
    with pytest.raises(LackingError, match="Förslaget föll: 2 ja, 2 nej"):
        adopted(plan, chair, meeting)
    vote.update(vote="no")
    vote.filter(name__in=["Anna Alm", "Bo Al"]).update(vote="yes")
    votes = read(adopted(plan, chair, meeting).content).votes
    assert votes
    assert (votes.yes, votes.no, votes.by_casting_vote) == (2, 2, True)


def test_what_the_law_asks_of_the_decision_is_explained_in_it(plan, chair, director, clock, without_files):
    made.before_board(plan, director, clock)
    clock.set(date(2020, 12, 1))
    meeting = made.meeting(plan, on=date(2020, 12, 1), is_public=False)
    late = "Budgeten för 2021 fastställs 2020-12-01. Det skulle ha skett senast 2020-11-30."
    closed = "Sammanträdet var inte offentligt, som det ska vara när budgeten fastställs."
    for explanations in ({}, {late: "Sjukdom."}, {late: "Sjukdom.", closed: "  "}):
        with pytest.raises(LackingError, match="Motivering saknas: Sammanträdet var inte offentligt"):
            adopted(plan, chair, meeting, **explanations)
    decision = adopted(plan, chair, meeting, **{late: "Sjukdom.", closed: "Smitta."})
    explained = {each.sentence: (each.code, each.text, each.by) for each in read(decision.content).explained}
    assert explained[late] == ("DEADLINE", "Sjukdom.", "Anna Alm")
    assert explained[closed] == ("CONSULTATION", "Smitta.", "Anna Alm")
    [deficit] = [each for each in explained if each.startswith("Underskott 2021")]
    assert explained[deficit] == ("BALANCE", "Styrelsen har valt det.", "Karin Ek"), "as the version has it"


def test_a_version_with_an_error_is_not_adopted(plan, meeting):
    contents = contents_of(plan.version.content)
    assert not version_lacks(contents)
    error = replace(contents.findings[0], severity=Severity.ERROR.value, sentence="Fel.")
    assert [each.sentence for each in version_lacks(replace(contents, findings=(error,)))] == ["Fel."]


@pytest.mark.parametrize("kind", sorted(set(RoleKind) - {RoleKind.CHAIR, RoleKind.VICE_CHAIR}))
def test_only_who_presides_adopts(plan, meeting, without_files, kind):
    user = people.with_role(plan.federation, kind)
    with pytest.raises(RefusedError, match="Ordföranden, eller vice ordföranden"):
        adopt(plan, made.mover(user, plan, kind), meeting, {})


def test_a_draft_and_a_plan_on_samrad_are_not_adopted(plan, chair, director, without_files, clock):
    meeting = made.meeting(plan)
    with pytest.raises(RefusedError, match="Planen är ett utkast"):
        adopted(plan, chair, meeting)
    send(plan, PlanMove.Action.CONSULT, made.mover(director, plan))
    with pytest.raises(RefusedError, match="Planen är på samråd"):
        adopted(plan, chair, meeting)


def test_the_working_copy_is_closed_for_good(plan, chair, meeting, without_files):
    adopted(plan, chair, meeting)
    plan.refresh_from_db()
    with pytest.raises(NotADraftError):
        plan.set_open(True)


def test_an_earlier_decision_is_superseded_when_its_revision_is_adopted(
    plan, chair, director, meeting, clock, without_files
):
    first = adopted(plan, chair, meeting)
    plan.refresh_from_db()
    revised = revise(plan, director, "Nya siffror från staten.")
    made.explain_everything(revised)
    revised = Plan.objects.select_related("federation", "budget").get(pk=revised.pk)
    assert not first.version.events.filter(kind=VersionEvent.Kind.SUPERSEDED).exists()
    made.before_board(revised, director, clock)
    assert not first.version.events.filter(kind=VersionEvent.Kind.SUPERSEDED).exists()
    clock.set(date(2021, 3, 1))
    second = adopted(revised, chair, made.meeting(revised, on=date(2021, 3, 1), paragraph="9"))
    [event] = first.version.events.filter(kind=VersionEvent.Kind.SUPERSEDED)
    assert (event.on, event.note) == (date(2021, 3, 1), "Ersatt av version 4, fastställd § 9.")
    assert not second.version.events.filter(kind=VersionEvent.Kind.SUPERSEDED).exists()


# -- the extract of the protocol -------------------------------------------------------------------------


def protocol_of(decision: Decision) -> bytes:
    content = bytes(decision.files.get(kind="protocol_pdf").content)
    pdf.check(content)
    return content


def test_the_protocol_says_all_that_the_law_asks(plan, chair, director, clock):
    made.before_board(plan, director, clock)
    meeting = made.meeting(plan, is_voted=True)
    made.seat(
        meeting,
        "Fia Gran",
        "ordinary",
        "Region Gotland",
        is_present=True,
        conflict_of_interest="äger lokalen",
    )
    made.seat(meeting, "Gun Holm", "deputy", "Försäkringskassan", deputy_order=1, is_present=True)
    serving = ["Anna Alm", "Bo Al", "Dan Ek", "Eva Fors"]
    Participant.objects.filter(name__in=serving).update(vote="yes")
    Participant.objects.filter(name="Bo Al").update(vote="no", reservation="Administrationen är för dyr.")
    content = protocol_of(adopted(plan, chair, meeting))
    rows = pdf.table_rows(content)
    assert ["Bo Al", "ledamot", "Försäkringskassan", "på distans"] in rows
    assert ["Eva Fors", "ersättare", "Arbetsförmedlingen", "för Cia Berg"] in rows
    assert ["Bo Al, ledamot (Försäkringskassan)", "nej"] in rows
    said = pdf.text(content).replace("\u00a0", " ")
    for words in (
        "4 av 5 ledamöter, eller ersättare för dem, tjänstgjorde.",
        "Gun Holm, ersättare (Försäkringskassan)",
        "Fia Gran, ledamot (Region Gotland): äger lokalen",
        "Cia Berg, ledamot (Arbetsförmedlingen)",
        "att fastställa budgeten för 2021 med intäkter på 2 000 000 kr och kostnader på 2 100 000 kr,",
        "att godkänna planen,",
        "att fastställa budgeten.",
        "Med 3 ja mot 1 nej antas förslaget.",
        "Administrationen är för dyr.",
        "Styrelsen har valt det.",
        plan.version.hash,
        "ordförande vid sammanträdet",
        "sekreterare",
        "justerare",
    ):
        assert words in said, words


def test_a_reservation_is_printed_in_its_own_lines_and_no_sign_in_it_stops_the_decision(
    plan, chair, director, clock
):
    made.before_board(plan, director, clock)
    meeting = made.meeting(plan)
    written = "Jag reserverar mig \U0001f44e.\n\nFör dyrt:\n– lokalerna,\n– resorna."
    Participant.objects.filter(name="Bo Al").update(reservation=written)
    decision = adopted(plan, chair, meeting)
    lines = [line.strip() for line in pdf.text(protocol_of(decision)).splitlines()]
    at = lines.index("Jag reserverar mig [U+1F44E].")
    assert lines[at + 1 : at + 4] == ["För dyrt:", "– lokalerna,", "– resorna."]
    assert "koder i Unicode" in " ".join(lines)
    (bo,) = [each for each in read(decision.content).attendants if each.name == "Bo Al"]
    assert bo.reservation == written, "kept as it was written"


def test_the_protocol_of_members_who_fix_their_first_budget(plan, chair, director, clock):
    made.before_board(plan, director, clock)
    meeting = made.meeting(plan, decided_by="members", on=date(2020, 11, 24), is_public=False)
    meeting.participants.all().delete()
    for name, member in (
        ("Bo", "Försäkringskassan"),
        ("Cia", "Arbetsförmedlingen"),
        ("Dan", "Region Gotland"),
    ):
        made.seat(meeting, name, "ordinary", member, is_present=True)
    decision = adopted(plan, chair, meeting)
    assert read(decision.content).by_members
    said = pdf.text(protocol_of(decision))
    assert "medlemmarna, för ett nytt förbund (FinsamL 23 §)" in said
    assert "Alla 3 medlemmar var företrädda." in said
    assert "Medlemmarna beslutar" in said


# -- it stays ----------------------------------------------------------------------------------------------

CHANGES = (
    "UPDATE plans_decision SET paragraph = '46'",
    "DELETE FROM plans_decision",
    "UPDATE plans_decisionfile SET size = 0",
    "DELETE FROM plans_decisionfile",
    "UPDATE plans_versionevent SET note = ''",
)


@pytest.mark.parametrize("statement", CHANGES)
def test_no_statement_changes_a_decision(plan, chair, meeting, without_files, statement):
    adopted(plan, chair, meeting)
    with pytest.raises(DatabaseError, match="ändras aldrig"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_orm_does_not_either(plan, chair, meeting, without_files):
    decision = adopted(plan, chair, meeting)
    decision.paragraph = "46"
    for change in (decision.save, decision.delete, lambda: Decision.objects.update(paragraph="46")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
