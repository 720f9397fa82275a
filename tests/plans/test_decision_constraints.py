"""What the tables of versions, review and decision refuse, whoever writes in them."""

from typing import Any

import pytest
from django.db import models

from plans.models import Illustration, Plan, Version
from tests.members.constraints import Refusal, assert_database_refuses, constraints_of, names
from tests.plans import made_decisions as made
from tests.plans import test_document_constraints as document
from tests.plans import test_plan_state

pytestmark = pytest.mark.django_db


def plan(**fields: Any) -> Plan:
    found = document.plan()
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def version() -> Version:
    return made.stored(plan())


def another_plan(**fields: Any) -> Plan:
    """An unsaved plan with its own budget, of the same year as one that is there."""
    other = document.plan()
    budget = type(other.budget)(federation=other.federation, plan_year=2021, unit="SEK")
    budget.is_current = budget.is_open = False
    budget.save()
    return Plan(**{"federation": other.federation, "plan_year": 2021, "budget": budget, **fields})


def twice(row: models.Model) -> models.Model:
    """The row stored, and another with the same fields."""
    row.save()
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{name: value for name, value in fields.items() if name != "id"})


def picture(**fields: Any) -> Illustration:
    ordinary = {
        "federation": plan().federation,
        "key": "a" * 20,
        "content": b"x",
        "media_type": "image/png",
        "width": 10,
        "height": 10,
    }
    return Illustration(**{**ordinary, **fields})


REFUSALS = [
    Refusal("illustration_key_unique", lambda: twice(picture())),
    Refusal("illustration_key", lambda: picture(key="annat")),
    Refusal("illustration_media_type", lambda: picture(media_type="image/gif")),
    Refusal("illustration_size", lambda: picture(width=0)),
    Refusal("plan_revision_unique", lambda: another_plan(revision=0, is_current=True)),
    Refusal(
        "plan_state_has_version_time_and_person",
        lambda: another_plan(state="board", revision=1, revision_reason="x"),
    ),
    Refusal("plan_revision_has_reason", lambda: another_plan(revision=1)),
    Refusal("plan_earlier_adopted", lambda: another_plan(is_current=False, revision=1, revision_reason="x")),
    Refusal("version_place_unique", lambda: made.version(version().plan, number=7, hash="b" * 64)),
    Refusal("version_number_unique", lambda: made.version(version().plan, 2, number=1)),
    Refusal("version_number_from_one", lambda: made.version(plan(), number=0)),
    Refusal("version_purpose", lambda: made.version(plan(), purpose="annat")),
    Refusal("version_chained", lambda: made.version(plan(), previous_hash=made.HASH)),
    Refusal("version_hashed", lambda: made.version(plan(), hash="annat")),
    Refusal("version_file_unique", lambda: twice(made.file(version()))),
    Refusal("version_file_kind", lambda: made.file(version(), kind="annat")),
    Refusal("version_file_hashed", lambda: made.file(version(), hash="annat")),
    Refusal("plan_move_number_unique", lambda: twice(made.move(version()))),
    Refusal("plan_move_number_from_one", lambda: made.move(version(), number=0)),
    Refusal("plan_move_action", lambda: made.move(version(), action="annat")),
    Refusal("plan_move_states", lambda: made.move(version(), to_state="annat")),
    Refusal("plan_move_sent_back_with_comment", lambda: made.move(version(), action="send_back")),
    Refusal("plan_move_of_version", lambda: made.move(version(), version=None)),
    Refusal("plan_move_by", lambda: made.move(version(), by_name="")),
    Refusal("version_event_kind", lambda: made.event(version(), kind="annat")),
    Refusal("version_event_by", lambda: made.event(version(), by_name="")),
    Refusal("explanation_unique", lambda: twice(made.explanation(plan()))),
    Refusal("explanation_text", lambda: made.explanation(plan(), text="")),
    Refusal("consultation_answer_says_something", lambda: made.answer(version(), text="")),
    Refusal("consultation_answer_file_named", lambda: made.answer(version(), file=b"x")),
    Refusal("consultation_answer_by", lambda: made.answer(version(), who="")),
    Refusal("comment_status", lambda: made.comment(version(), status="annat")),
    Refusal("comment_text", lambda: made.comment(version(), text="")),
    Refusal("comment_one_place", lambda: made.comment(version(), section_key="a", line="1")),
    Refusal("comment_entry_action", lambda: made.entry(version(), action="annat")),
    Refusal("comment_entry_text", lambda: made.entry(version(), text="")),
    Refusal("reading_unique", lambda: twice(made.reading(version()))),
    Refusal("meeting_decided_by", lambda: made.meeting(plan(), decided_by="annat")),
    Refusal("meeting_announced_before", lambda: made.meeting(plan(), announced_on="2020-12-01")),
    Refusal("participant_post", lambda: made.participant(plan(), post="annat")),
    Refusal("participant_vote", lambda: made.participant(plan(), vote="annat")),
    Refusal("participant_one_presides", lambda: twice(made.participant(plan(), presides=True))),
    Refusal(
        "participant_absent_does_nothing", lambda: made.participant(plan(), is_present=False, vote="yes")
    ),
    Refusal(
        "participant_with_conflict_takes_no_part",
        lambda: made.participant(plan(), conflict_of_interest="Närstående", vote="yes"),
    ),
    Refusal("participant_deputy_serves", lambda: made.participant(plan(), serves_for=served())),
    Refusal("decision_sentence_text", lambda: made.sentence(plan(), text="")),
    Refusal("decision_hashed", lambda: made.decision(version(), hash="annat")),
    Refusal("decision_by", lambda: made.decision(version(), by_name="")),
    Refusal("decision_file_unique", lambda: twice(made.decision_file(version()))),
    Refusal("decision_file_kind", lambda: made.decision_file(version(), kind="annat")),
    Refusal("decision_file_hashed", lambda: made.decision_file(version(), hash="annat")),
    Refusal("notice_unique", lambda: twice(made.notice(version()))),
    Refusal("notice_kind", lambda: made.notice(version(), kind="annat")),
    Refusal("notice_choice_turn", lambda: made.choice(turn="annat")),
    Refusal("notice_choice_news", lambda: made.choice(news="annat")),
    Refusal("explanation_change_by", lambda: made.explanation_change(plan().federation, by_name="")),
    Refusal("logged_read_of_what", lambda: made.logged_read(version(), what="annat")),
    Refusal("logged_read_of_what", lambda: made.logged_read(version(), version=None)),
    Refusal("logged_read_once_an_hour", lambda: twice(made.logged_read(version()))),
    Refusal("logged_read_by", lambda: made.logged_read(version(), by_name="")),
]


def served() -> models.Model:
    ordinary = made.participant(plan())
    ordinary.save()
    return ordinary


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_the_database_refuses(refusal):
    assert_database_refuses(refusal)


def test_every_constraint_is_tried():
    tried = names(REFUSALS) | names(document.REFUSALS) | names(test_plan_state.REFUSALS)
    assert tried == constraints_of("plans")
