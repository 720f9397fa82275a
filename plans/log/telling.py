"""Each row of the log in a sentence that begins with who did it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from budgets.rules.registry import RULES
from finsam.swedish import MONTHS, NO_BREAK_SPACE
from members.models import AccessChange
from plans.log.sources import Source
from plans.models import (
    ConsultationAnswer,
    Decision,
    DecisionFile,
    ExplanationChange,
    LoggedRead,
    PlanMove,
    Version,
    VersionEvent,
    VersionFile,
)
from plans.publishing.standing import HERE


@dataclass(frozen=True)
class Said:
    """What somebody did, in words that follow their name; `text` is what they wrote with it."""

    what: str
    plan_year: int | None = None
    version: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Told:
    """A row of the log. `word` and `label` name its source, `action` what was done as the table has it."""

    at: datetime
    word: str
    label: str
    action: str
    by_name: str
    said: Said


def told(source: Source, row: Any, *, shows_drafts: bool) -> Told:
    """The row of a source. `shows_drafts`: with texts of the working copy, which is its editors' own."""
    said = TELLERS[source.word](row)
    if source.word == "motivering" and not shows_drafts:
        said = Said(said.what, said.plan_year)
    action = next((getattr(row, name) for name in ("action", "kind", "what") if hasattr(row, name)), "")
    return Told(row.at, source.word, source.label, action, row.by_name, said)


def _move(row: PlanMove) -> Said:
    year, version = row.plan.plan_year, row.version
    number = version.number if version else None
    of_plan = f"planen för {year}"
    what = {
        PlanMove.Action.CONSULT: f"skickade {of_plan} på samråd som version {number}",
        PlanMove.Action.SUBMIT: f"skickade {of_plan} till styrelsen som version {number}",
        PlanMove.Action.SEND_BACK: f"återförde {of_plan} till utkast"
        + (f" efter version {number}" if number else ""),
        PlanMove.Action.ADOPT: f"fastställde {of_plan} i version {number}",
    }[PlanMove.Action(row.action)]
    return Said(what, year, number, row.comment)


def _decision(row: Decision) -> Said:
    decided = f"beslut den {_day(row.decided_on)} §{NO_BREAK_SPACE}{row.paragraph}"
    return _of(row.version, f"fastställde {_plan_of(row.version)}, efter {decided}")


def _event(row: VersionEvent) -> Said:
    where = f", {row.where}" if row.where else ""
    where = " i Finsam" if row.where == HERE else where
    happened = EVENTS.get(row.kind, row.get_kind_display())
    what = f"antecknade om {_plan_of(row.version)}, att {happened} den {_day(row.on)}{where}"
    return _of(row.version, what, row.note)


def _answer(row: ConsultationAnswer) -> Said:
    with_file = f", med filen {row.file_name}" if row.file_name else ""
    what = f"lade in samrådssvaret från {row.member_name} på {_plan_of(row.version)}"
    return _of(row.version, f"{what} ({row.who}, {_day(row.on)}){with_file}", row.text)


def _explanation(row: ExplanationChange) -> Said:
    did = "motiverade" if row.text else "tog bort motiveringen till"
    title = RULE_TITLES.get(row.code, row.code)
    what = f"{did} en anmärkning i utkastet till planen för {row.plan_year}, regeln {title}"
    return Said(what, row.plan_year, None, f"{row.sentence}\n\n{row.text}".strip())


def _access_change(row: AccessChange) -> Said:
    role = row.get_role_display() + (f" för {row.member_name}" if row.member_name else "")
    return Said(ACCESS[AccessChange.Kind(row.kind)].format(who=row.person_name, role=role))


def _read(row: LoggedRead) -> Said:
    name = READ_NAMES.get((row.what, row.name), row.name)
    of_plan = _plan_of(row.version) if row.version else f"planen för {row.plan_year}"
    number = row.version.number if row.version else None
    return Said(READ[LoggedRead.What(row.what)].format(name=name, plan=of_plan), row.plan_year, number)


def _of(version: Version, what: str, text: str = "") -> Said:
    return Said(what, version.plan_year, version.number, text)


def _plan_of(version: Version) -> str:
    return f"planen för {version.plan_year}, version {version.number}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


TELLERS: Mapping[str, Callable[[Any], Said]] = {
    "vagen": _move,
    "beslut": _decision,
    "handelse": _event,
    "samrad": _answer,
    "motivering": _explanation,
    "behorighet": _access_change,
    "lasning": _read,
}
EVENTS: dict[str, str] = {
    VersionEvent.Kind.MEETING_ANNOUNCED: "sammanträdet kungjordes",
    VersionEvent.Kind.PROPOSAL_PUBLISHED: "förslaget publicerades",
    VersionEvent.Kind.MINUTES_APPROVED: "protokollet justerades",
    VersionEvent.Kind.MINUTES_ANNOUNCED: "justeringen tillkännagavs",
    VersionEvent.Kind.PUBLISHED: "planen publicerades",
    VersionEvent.Kind.WITHDRAWN: "planen avpublicerades",
    VersionEvent.Kind.SUPERSEDED: "versionen ersattes av en senare",
}
ACCESS = {
    AccessChange.Kind.ROLE_GIVEN: "gav {who} behörighet som {role}",
    AccessChange.Kind.ROLE_WITHDRAWN: "tog bort behörigheten som {role} från {who}",
    AccessChange.Kind.INVITED: "bjöd in {who} som {role}",
    AccessChange.Kind.INVITED_AGAIN: "skickade inbjudan till {who} som {role} igen",
    AccessChange.Kind.INVITATION_REVOKED: "återkallade inbjudan till {who} som {role}",
    AccessChange.Kind.INVITATION_ACCEPTED: "antog inbjudan till {who} och är nu {role}",
    AccessChange.Kind.ACCOUNT_CLOSED: "stängde av kontot för {who}",
    AccessChange.Kind.ACCOUNT_OPENED: "öppnade kontot för {who} igen",
    AccessChange.Kind.FACTOR_DEMANDED: "ställde in att en andra faktor krävs för att ändra och besluta",
    AccessChange.Kind.FACTOR_WAIVED: "ställde in att en andra faktor inte krävs",
}
READ = {
    LoggedRead.What.VERSION_PAGE: "läste {name} {plan}",
    LoggedRead.What.VERSION_FILE: "hämtade en fil i {plan}: {name}",
    LoggedRead.What.DECISION_PAGE: "läste beslutet om {plan}",
    LoggedRead.What.DECISION_FILE: "hämtade en fil till beslutet om {plan}: {name}",
    LoggedRead.What.BUNDLE: "hämtade revisorspaketet om {plan}",
    LoggedRead.What.LOG_PAGE: "läste loggen",
    LoggedRead.What.LOG_FILE: "hämtade loggen som {name}",
}
READ_NAMES = {
    **{("version_file", kind): label for kind, label in VersionFile.Kind.choices},
    **{("decision_file", kind): label for kind, label in DecisionFile.Kind.choices},
    ("version_page", "version"): "texten i",
    ("version_page", "version_budget"): "budgeten i",
    ("version_page", "version_source"): "var en siffra kommer ifrån i",
    ("version_page", "version_findings"): "anmärkningarna på",
    ("version_page", "version_changes"): "ändringarna i",
    ("version_page", "version_comments"): "synpunkterna på",
    ("log_file", "csv"): "CSV",
    ("log_file", "json"): "JSON",
}
"""What was read in words, by LoggedRead.what and its name."""
RULE_TITLES = {rule.code: rule.title for rule in RULES}
