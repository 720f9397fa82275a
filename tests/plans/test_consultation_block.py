"""The members' answers in the documents: in a section, in the board's bundle, and frozen in its version."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member, RoleKind
from plans.block_notes import notes
from plans.compose import Kind, compose
from plans.compose.consultation import LONGEST, in_short
from plans.compose.live_blocks import live_block
from plans.compose.writing import Writing
from plans.document import Block, Document, Heading, Paragraph, Table, plain
from plans.models import ConsultationAnswer, Plan, PlanMove, Section, Version
from plans.picture import ConsultationAnswer as Answer
from plans.picture import PlanPicture
from plans.reading import read_plan
from plans.states.changed import has_changed
from plans.states.moving import send
from plans.versions.contents import read
from tests.members.people import client_of, with_role
from tests.members.shown_page import shown
from tests.plans import made_plans as made
from tests.plans.adoption_world import a_plan, director_of, mover
from tests.plans.made_plans import MEMBER_NORRBY, MEMBER_REGION, MEMBER_SODERBY, plan_of
from tests.services import pdf

MADE_AT = datetime(2020, 11, 20, 14, 10, tzinfo=UTC)
REGION = Answer(
    MEMBER_REGION, "Region Norr", "2020-10-28", "Regionstyrelsen § 12", 2, "Vi tillstyrker.\n\nTack."
)
NORRBY = Answer(MEMBER_NORRBY, "Norrby kommun", "2020-10-20", "Bo Ask", 1, file_name="svar.pdf")
CONSULTED = replace(
    plan_of(made.section("samrad", "Samråd", block="consultation")),
    consulted_on="2020-10-14",
    consulted_version=2,
    consultation=(NORRBY, REGION),
)


def blocks(plan: PlanPicture) -> list[Block]:
    return list(live_block(Writing(plan), "consultation", {}, 1))


def rows(plan: PlanPicture) -> list[list[str]]:
    """The table's rows, as words."""
    (table,) = [each for each in blocks(plan) if isinstance(each, Table)]
    assert {sum(cell.columns for cell in row.cells) for row in (*table.head, *table.rows)} == {
        len(table.columns)
    }
    return [[cell.text for cell in row.cells] for row in table.rows]


# -- as it is written --------------------------------------------------------------------------------


def test_each_member_with_what_it_has_answered():
    assert rows(CONSULTED) == [
        ["Försäkringskassan", "–", "–", "Har inte svarat"],
        ["Region Norr", "28 oktober 2020", "Regionstyrelsen § 12", "Vi tillstyrker. Tack."],
        ["Norrby kommun", "20 oktober 2020", "Bo Ask", "Gäller version 1. Svaret har bilagan svar.pdf."],
        ["Söderby kommun", "–", "–", "Har inte svarat"],
    ]
    (before, _) = blocks(CONSULTED)
    assert isinstance(before, Paragraph)
    assert plain(before.spans) == (
        "Planen skickades på samråd 14 oktober 2020 (FinsamL 23 §). 2 av 4 medlemmar har svarat."
    )


def test_a_sign_that_no_file_prints_stands_as_its_code_with_a_note():
    happy = replace(REGION, who="Anna \U0001f642", text="Ja \u05d0.")
    plan = replace(CONSULTED, consultation=(NORRBY, happy))
    assert rows(plan)[1] == ["Region Norr", "28 oktober 2020", "Anna [U+1F642]", "Ja [U+05D0]."]
    note = blocks(plan)[-1]
    assert isinstance(note, Paragraph) and "koder i Unicode" in plain(note.spans)


def test_who_is_no_member_any_more_stands_there_only_with_an_answer():
    gone = tuple(
        replace(each, left="2019") if each.key in (MEMBER_NORRBY, MEMBER_SODERBY) else each
        for each in CONSULTED.members
    )
    names = [row[0] for row in rows(replace(CONSULTED, members=gone))]
    assert names == ["Försäkringskassan", "Region Norr", "Norrby kommun"]


def test_before_the_samrad_nothing_is_shown_and_the_form_says_why():
    plan = replace(CONSULTED, consulted_on="", consultation=())
    assert blocks(plan) == []
    (note,) = notes(Writing(plan), "consultation", {}, [])
    assert note.sentence == "Planen har inte varit på samråd än."
    assert notes(Writing(CONSULTED), "consultation", {}, blocks(CONSULTED)) == []


def test_when_nobody_has_answered_it_says_so_of_each():
    said = rows(replace(CONSULTED, consultation=()))
    assert [row[3] for row in said] == ["Har inte svarat"] * 4


@pytest.mark.parametrize("text", ["ord " * 400, "å" * 1000, "kort", ""])
def test_a_long_answer_is_cut_between_words(text):
    short = in_short(text)
    assert len(short) <= LONGEST + 2
    assert short == text.strip() if len(text) <= LONGEST else short.endswith(" …")
    assert text.startswith(short.removesuffix(" …"))


def headings(document: Document) -> list[str]:
    return [each.text for each in document.blocks if isinstance(each, Heading) and each.level == 1]


def test_the_board_reads_it_before_the_plan():
    found = headings(compose(CONSULTED, MADE_AT, Kind.BOARD))
    assert found.index("Samråd") + 1 == found.index(CONSULTED.title)
    assert "Samråd" not in headings(compose(replace(CONSULTED, consulted_on=""), MADE_AT, Kind.BOARD))


# -- from the tables ---------------------------------------------------------------------------------


@pytest.fixture
def plan(db: None) -> Plan:
    return a_plan()


def fresh(plan: Plan) -> Plan:
    return Plan.objects.select_related("federation", "budget").get(pk=plan.pk)


def answered(version: Version, member: Member, text: str = "Inget att erinra.") -> None:
    ConsultationAnswer.objects.create(
        version=version,
        member=member,
        member_name=member.name,
        on=timezone.localdate(),
        who="Nämnden",
        text=text,
        at=timezone.now(),
        by=version.made_by,
        by_name="Karin Ek",
    )


def consulted(plan: Plan) -> Version:
    return send(plan, PlanMove.Action.CONSULT, mover(director_of(plan), plan))


def test_an_answer_with_a_sign_that_no_file_prints_does_not_stop_the_plan(plan):
    version = consulted(plan)
    region = Member.objects.get(name="Region Gotland")
    answered(version, region, "Vi tillstyrker \U0001f44d planen.")
    board = send(fresh(plan), PlanMove.Action.SUBMIT, mover(director_of(plan), plan))
    said = pdf.text(bytes(board.files.get(kind="board_pdf").content)).replace("\u00a0", " ")
    assert "Vi tillstyrker [U+1F44D] planen." in said
    assert "I Finsam står texten som den skrevs." in said
    picture = read(Version.objects.get(pk=board.pk).content).picture
    assert picture.consultation[0].text == "Vi tillstyrker \U0001f44d planen.", "kept as it was written"


def test_what_counts_is_the_last_that_a_member_answered_whatever_version(plan):
    assert read_plan(plan).consulted_on == "" and read_plan(plan).consultation == ()
    first = consulted(plan)
    picture = read_plan(fresh(plan))
    assert (picture.consulted_on, picture.consulted_version) == (timezone.localdate().isoformat(), 1)
    assert picture.consultation == ()
    second = send(fresh(plan), PlanMove.Action.CONSULT, mover(director_of(plan), plan))
    member = Member.objects.get(name="Region Gotland")
    answered(first, member)
    answered(second, member)
    answered(first, member, "Sista ordet.")
    picture = read_plan(fresh(plan))
    (answer,) = picture.consultation
    assert (answer.text, answer.version, picture.consulted_version) == ("Sista ordet.", 1, 2)


def test_the_version_before_the_board_keeps_what_had_been_answered_then(plan):
    version = consulted(plan)
    region, other, *_ = Member.objects.order_by("-position")
    answered(version, region)
    board = send(fresh(plan), PlanMove.Action.SUBMIT, mover(director_of(plan), plan))
    answered(version, other)
    contents = read(Version.objects.get(pk=board.pk).content)
    assert [each.member_name for each in contents.picture.consultation] == [region.name]
    (table,) = [
        each
        for each in contents.documents["board"].blocks
        if isinstance(each, Table) and each.caption == "Medlemmarnas svar i samrådet"
    ]
    last = {row.cells[0].text: row.cells[-1].text for row in table.rows}
    assert last[region.name] == "Inget att erinra." and last[other.name] == "Har inte svarat"


def test_an_answer_is_no_change_of_the_plan(plan):
    version = consulted(plan)
    answered(version, Member.objects.first())
    assert not has_changed(read_plan(fresh(plan), contents=True), version.content)


def test_it_can_be_chosen_for_a_section_and_is_shown_there(plan):
    Section.objects.create(plan=plan, key="svaren", heading="Samrådet", position=9)
    client: Client = client_of(with_role(plan.federation, RoleKind.DIRECTOR))
    address = "/gotland/plan/2021/disposition/avsnitt/svaren/innehall/"
    preview = shown(client.get(f"{address}visning/", {"block": "consultation"}))
    assert "Planen har inte varit på samråd än." in preview.text
    assert client.post(address, {"block": "consultation"}).status_code == 302
    assert Section.objects.get(key="svaren").block == "consultation"
    version = consulted(plan)
    answered(version, Member.objects.get(name="Region Gotland"))
    preview = shown(client.get(f"{address}visning/", {"block": "consultation"}))
    assert "Medlemmarnas svar i samrådet" in preview.text and "Inget att erinra." in preview.text
    assert "1 av 3 medlemmar har svarat." in shown(client.get("/gotland/plan/2021/")).one("main").text
