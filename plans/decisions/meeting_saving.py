"""A meeting written down: its facts, people and sentences, as the form has them."""

from typing import Any

from plans.decisions.meeting_form import DISTANCE, HERE, PEOPLE, PRESIDES, SENTENCES, MeetingForm
from plans.decisions.meeting_rows import Row
from plans.models import DecisionSentence, Meeting, Participant


def save_meeting(form: MeetingForm) -> Meeting:
    """Store a valid form. Call it with the plan locked."""
    meeting: Meeting = form.save(commit=False)
    meeting.revision += 1
    meeting.save()
    rows = [form.rows[key] for key in form.rows if key in form.cleaned_data[PEOPLE]]
    kept = [row.participant.pk for row in rows if row.participant]
    meeting.participants.exclude(pk__in=kept).delete()
    # Before anybody takes a place it is empty: only one serves in it, and only one presides.
    meeting.participants.update(serves_for=None, presides=False)
    stored = {row.key: _stored(meeting, row, place, form.cleaned_data) for place, row in enumerate(rows)}
    for row in rows:
        seat = stored.get(form.cleaned_data.get(f"{row.key}-serves_for", ""))
        if seat is not None and stored[row.key].post == Participant.Post.DEPUTY:
            stored[row.key].serves_for = seat
            stored[row.key].save(update_fields=["serves_for"])
    meeting.sentences.all().delete()
    DecisionSentence.objects.bulk_create(
        DecisionSentence(meeting=meeting, position=place, text=text)
        for place, text in enumerate(form.cleaned_data[SENTENCES])
    )
    return meeting


def _stored(meeting: Meeting, row: Row, place: int, data: dict[str, Any]) -> Participant:
    each = row.participant or Participant(meeting=meeting, appointment_id=row.appointment)
    presence, conflict = data[f"{row.key}-presence"], data[f"{row.key}-conflict"]
    takes_part = presence in (HERE, DISTANCE) and not conflict
    each.position = place
    each.name = data[f"{row.key}-name"] or row.seat
    each.post = data.get(f"{row.key}-post") or row.post
    each.member_names = data.get(f"{row.key}-members", row.member_names)
    each.deputy_order = row.order
    each.is_present, each.at_distance = presence in (HERE, DISTANCE), presence == DISTANCE
    each.conflict_of_interest = conflict
    each.presides = data[PRESIDES] == row.key
    each.serves_for = None
    each.vote = data[f"{row.key}-vote"] if takes_part and data["is_voted"] else ""
    each.reservation = data[f"{row.key}-reservation"]
    each.save()
    return each
