"""What is known of a decision, gathered into the record that is frozen."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from members.models import User
from plans.decisions.proposals import proposals
from plans.decisions.quorum import Count
from plans.decisions.reading import participants_of
from plans.decisions.record import Attendant, Explained, Record, Votes
from plans.models import Meeting, Participant, Plan, Version
from plans.rules.decision import DecisionFinding
from plans.versions.contents import Contents


def record_of(
    plan: Plan,
    version: Version,
    contents: Contents,
    meeting: Meeting,
    counted: Count,
    findings: Sequence[DecisionFinding],
    explanations: Mapping[str, str],
    user: User,
) -> Record:
    """The record. Every finding of the decision has its explanation among `explanations`, by its sentence."""
    tally = counted.tally
    votes = Votes(tally.yes, tally.no, tally.abstained, tally.by_casting_vote) if tally else None
    serving = {each.key for each in counted.serving}
    picture = contents.picture
    return Record(
        federation=picture.federation.name,
        organisation_number=picture.federation.organisation_number,
        diary_number=picture.diary_number,
        plan_year=plan.plan_year,
        title=picture.title,
        version_number=version.number,
        version_hash=version.hash,
        decided_by=meeting.decided_by,
        on=meeting.on,
        place=meeting.place,
        paragraph=meeting.paragraph,
        is_public=meeting.is_public,
        announced_on=meeting.announced_on,
        secretary=meeting.secretary,
        approver=meeting.approver,
        attendants=tuple(
            attendant(each, serves=str(each.pk) in serving) for each in participants_of(meeting)
        ),
        seats=counted.seats,
        needed=counted.needed,
        votes=votes,
        proposals=proposals(contents),
        sentences=tuple(meeting.sentences.values_list("text", flat=True)),
        explained=(
            *_explained_before(contents),
            *(
                Explained(each.code, each.sentence, each.reference, explanations[each.sentence], str(user))
                for each in findings
            ),
        ),
        recorded_at=timezone.localtime(),
        recorded_by=str(user),
    )


def attendant(participant: Participant, *, serves: bool) -> Attendant:
    return Attendant(
        name=participant.name,
        post_name=participant.get_post_display(),
        members=participant.member_names,
        is_deputy=participant.post == Participant.Post.DEPUTY,
        present=participant.is_present,
        at_distance=participant.at_distance,
        presides=participant.presides,
        serves=serves,
        serves_for=participant.serves_for.name if participant.serves_for else "",
        conflict=participant.conflict_of_interest,
        vote=participant.vote,
        reservation=participant.reservation,
    )


def _explained_before(contents: Contents) -> list[Explained]:
    """The findings that the version explains."""
    found = []
    for each in contents.findings:
        explanation = contents.picture.explanation_of(each.sentence)
        if explanation:
            found.append(
                Explained(each.code, each.sentence, each.reference, explanation.text, explanation.by)
            )
    return found
