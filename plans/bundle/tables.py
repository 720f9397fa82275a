"""What happened to a plan year, as tables of text. Times are local."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.timezone import localtime

from budgets.rules import RULES
from plans.bundle.contents import Table
from plans.models import Comment, CommentEntry, ConsultationAnswer, Decision, PlanMove, Version, VersionEvent
from plans.rules.catalogue import DECISION_RULES, DOCUMENT_RULES

Row = tuple[str, ...]
TITLES = {rule.code: rule.title for rule in RULES} | {
    rule.code: rule.title for rule in (*DOCUMENT_RULES, *DECISION_RULES)
}


def moves_table(moves: Iterable[PlanMove]) -> Table:
    heads = ("Tid", "Vad", "Från läge", "Till läge", "Version", "Revidering", "Vem", "Kommentar")
    return Table("planens-vag", "Planens väg till beslut", heads, tuple(map(_move, moves)))


def _move(row: PlanMove) -> Row:
    return (
        _time(row.at),
        row.get_action_display(),
        row.get_from_state_display(),
        row.get_to_state_display(),
        str(row.version.number) if row.version else "",
        str(row.plan.revision or ""),
        row.by_name,
        row.comment,
    )


def events_table(events: Iterable[VersionEvent]) -> Table:
    heads = ("Datum", "Händelse", "Version", "Var", "Anteckning", "Inlagt", "Vem")
    return Table("handelser", "Händelser efter att versionerna frystes", heads, tuple(map(_event, events)))


def _event(row: VersionEvent) -> Row:
    return (
        row.on.isoformat(),
        row.get_kind_display(),
        str(row.version.number),
        row.where,
        row.note,
        _time(row.at),
        row.by_name,
    )


def answers_table(answers: Iterable[ConsultationAnswer], paths: Mapping[int, str]) -> Table:
    """`paths` are where the attached files are, by the answer's key."""
    heads = ("Version", "Medlem", "Datum", "Vem svarade", "Svar", "Fil", "Inlagt", "Inlagt av")
    rows = tuple(
        (
            str(row.version.number),
            row.member_name,
            row.on.isoformat(),
            row.who,
            row.text,
            paths.get(row.pk, ""),
            _time(row.at),
            row.by_name,
        )
        for row in answers
    )
    return Table("samradssvar", "Medlemmarnas svar i samrådet", heads, rows)


def comments_table(comments: Iterable[Comment]) -> Table:
    """Each comment with what was said and done to it after it."""
    heads = ("Nummer", "Version", "Plats", "Tid", "Vem", "Vad", "Text", "Läge")
    rows: list[Row] = []
    for number, comment in enumerate(comments, start=1):
        place = (str(number), str(comment.version.number), comment.place_name or "Helheten")
        said = (_time(comment.at), comment.by_name, "synpunkt", comment.text, comment.get_status_display())
        rows.append((*place, *said))
        rows += [(*place, *_entry(entry)) for entry in comment.entries.all()]
    return Table("synpunkter", "Synpunkter på versionerna", heads, tuple(rows))


def _entry(row: CommentEntry) -> Row:
    return (_time(row.at), row.by_name, row.get_action_display(), row.text, "")


def explanations_table(versions: Iterable[Version], decisions: Iterable[Decision]) -> Table:
    """Why the plan has what a rule warns of: as it was frozen in each version, and at the decision."""
    heads = ("Fryst i", "Regel", "Anmärkning", "Motivering", "Vem", "Datum")
    rows: list[Row] = []
    for version in versions:
        for finding in json.loads(version.content).get("findings", []):
            if explanation := finding.get("explanation"):
                why = (explanation["text"], explanation["by"], explanation["on"])
                rows.append((f"version {version.number}", _rule(finding["code"]), finding["sentence"], *why))
    for decision in decisions:
        on = decision.decided_on.isoformat()
        frozen_in = f"beslutet § {decision.paragraph}"
        rows += [
            (frozen_in, _rule(each["code"]), each["sentence"], each["text"], each["by"], on)
            for each in json.loads(decision.content).get("explained", [])
        ]
    return Table("motiveringar", "Motiveringar till anmärkningar", heads, tuple(rows))


def _rule(code: str) -> str:
    """What the rule is called, as on the page of all rules; its code when there is no such rule any more."""
    return TITLES.get(code, code)


def _time(at: datetime) -> str:
    return localtime(at).strftime("%Y-%m-%d %H:%M:%S")
