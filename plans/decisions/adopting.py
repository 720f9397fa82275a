"""The adoption: the version before the board becomes what is decided, with the meeting that decided it.

What takes time, reading and rendering, is done first; under the lock it is only checked and written.
"""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from budgets.models import Budget
from budgets.rules import Severity
from plans.decisions.outdated import outdated_lacks
from plans.decisions.proposals import proposals
from plans.decisions.protocol import protocol
from plans.decisions.quorum import Count, count
from plans.decisions.reading import participants_of, person_of, way_of
from plans.decisions.record import Record, decision_hash, written
from plans.decisions.recording import record_of
from plans.document import Document
from plans.models import Decision, DecisionFile, Meeting, Plan, PlanMove, Version, VersionEvent
from plans.render import docx, pdf
from plans.rules.decision import DecisionFinding, check_decision
from plans.states.lacking import Lack
from plans.states.moving import (
    LackingError,
    MeanwhileError,
    Mover,
    RefusedError,
    check,
    lock,
    moved,
    repeated_move,
)
from plans.versions.contents import Contents, hash_of, read

ADOPT = PlanMove.Action.ADOPT


def adopt(plan: Plan, mover: Mover, meeting: Meeting, explanations: Mapping[str, str]) -> Decision:
    """The latest version before the board, adopted; never the working copy, which is closed for good.

    `meeting` is as the user saw it; `explanations` answer the findings of the decision, by their sentences.
    The same person doing it twice gets the first decision. Raises RefusedError, LackingError, MeanwhileError,
    or UnprintableError for a sign that the PDF cannot show.
    """
    if repeated_move(plan, ADOPT, mover):
        return Decision.objects.get(plan=plan)
    check(plan, ADOPT, mover)
    version = plan.version
    assert version is not None  # the database has one for every state but draft
    if version.purpose != Version.Purpose.BOARD:
        raise RefusedError("Versionen är inte skickad till styrelsen.")
    contents = read(version.content)
    counted = counted_meeting(meeting)
    findings = check_decision(way_of(plan, meeting))
    said = {sentence: text.strip() for sentence, text in explanations.items() if text.strip()}
    sentences = meeting.sentences.values_list("text", flat=True)
    if lacks := [
        *meeting_lacks(meeting, counted),
        *outdated_lacks(plan, sentences, proposals(contents)),
        *version_lacks(contents),
        *unexplained(findings, said),
    ]:
        raise LackingError(lacks)
    record = record_of(plan, version, contents, meeting, counted, findings, said, mover.user)
    files = adopted_files(contents, record)
    with transaction.atomic():
        lock(plan)
        if repeated_move(plan, ADOPT, mover):
            return Decision.objects.get(plan=plan)
        check(plan, ADOPT, mover)
        if plan.version_id != version.pk or _revision(meeting) != meeting.revision:
            raise MeanwhileError("Sammanträdet har ändrats sedan du såg det. Se efter en gång till.")
        decision = _stored(plan, version, mover, record, files)
        moved(plan, ADOPT, mover, version, record.recorded_at, "")
        Budget.every.filter(pk=plan.budget_id).update(is_open=False)
        _supersede(plan, mover, record)
    return decision


def counted_meeting(meeting: Meeting) -> Count:
    people = [person_of(each) for each in participants_of(meeting)]
    by_members = meeting.decided_by == Meeting.DecidedBy.MEMBERS
    return count(people, voted=meeting.is_voted, by_members=by_members)


def meeting_lacks(meeting: Meeting, counted: Count) -> list[Lack]:
    """What is missing in what is recorded of the meeting."""
    missing = [
        (not meeting.paragraph, "Skriv beslutets paragraf."),
        (not meeting.place, "Skriv var sammanträdet hölls."),
        (meeting.on > timezone.localdate(), f"Sammanträdet är {meeting.on} och har inte hållits än."),
        (not meeting.sentences.exists(), "Skriv vad som beslutas: minst en att-sats."),
    ]
    lacks = [Lack(sentence, "meeting") for is_so, sentence in missing if is_so]
    return [*lacks, *(Lack(fault.sentence, "meeting") for fault in counted.errors)]


def version_lacks(contents: Contents) -> list[Lack]:
    """The errors that the version was frozen with: with one it cannot be adopted."""
    return [Lack(each.sentence, "version") for each in contents.findings if each.severity == Severity.ERROR]


def unexplained(findings: list[DecisionFinding], said: Mapping[str, str]) -> list[Lack]:
    return [Lack(f"Motivering saknas: {each.sentence}") for each in findings if each.sentence not in said]


def adopted_files(contents: Contents, record: Record) -> dict[str, bytes]:
    """The documents of the version as they were frozen, but for the words that say what they are; and the
    extract of the protocol."""
    plan, budget = (_adopted(contents.documents[kind], record) for kind in ("plan", "budget"))
    return {
        DecisionFile.Kind.PLAN_PDF: pdf.render(plan),
        DecisionFile.Kind.PLAN_DOCX: docx.render(plan),
        DecisionFile.Kind.BUDGET_PDF: pdf.render(budget),
        DecisionFile.Kind.PROTOCOL_PDF: pdf.render(protocol(record)),
    }


def _adopted(document: Document, record: Record) -> Document:
    title_page = replace(document.title_page, state=record.state)
    return replace(document, title_page=title_page, made_at=record.recorded_at, is_draft=False)


def _revision(meeting: Meeting) -> int | None:
    return Meeting.objects.filter(pk=meeting.pk).values_list("revision", flat=True).first()


def _stored(
    plan: Plan, version: Version, mover: Mover, record: Record, files: Mapping[str, bytes]
) -> Decision:
    content = written(record)
    content_hash = hash_of(content.encode())
    hashes = {kind: hash_of(each) for kind, each in files.items()}
    decision = Decision.objects.create(
        version=version,
        plan=plan,
        decided_on=record.on,
        paragraph=record.paragraph,
        content=content,
        content_hash=content_hash,
        hash=decision_hash(version.hash, content_hash, hashes),
        at=record.recorded_at,
        by=mover.user,
        by_name=record.recorded_by,
    )
    DecisionFile.objects.bulk_create(
        DecisionFile(decision=decision, kind=kind, content=each, size=len(each), hash=hashes[kind])
        for kind, each in files.items()
    )
    return decision


def _supersede(plan: Plan, mover: Mover, record: Record) -> None:
    """What this plan revises was in force until now."""
    earlier = Decision.objects.filter(
        plan__federation=plan.federation_id, plan__plan_year=plan.plan_year, plan__revision__lt=plan.revision
    ).exclude(version__events__kind=VersionEvent.Kind.SUPERSEDED)
    VersionEvent.objects.bulk_create(
        VersionEvent(
            version_id=each,
            kind=VersionEvent.Kind.SUPERSEDED,
            on=record.on,
            note=f"Ersatt av version {record.version_number}, fastställd § {record.paragraph}.",
            at=record.recorded_at,
            by=mover.user,
            by_name=record.recorded_by,
        )
        for each in earlier.values_list("version", flat=True)
    )
