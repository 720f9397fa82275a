"""What was answered held against what is stored: nothing lost, nothing half, and the chain whole. One fault
is one sentence."""

from collections.abc import Iterator

from django.db import connection

from budgets.models import ChangeStep
from plans.decisions import record
from plans.models import Decision, Plan, PlanMove, SectionChange, Version
from plans.versions.contents import hash_of, read, version_hash
from plans.versions.triggers import missing_triggers
from tests.endurance.history import Place, amounts_written, history_faults, texts_written
from tests.endurance.ledger import AmountWritten, Deed, Ledger, Moved, Seen, TextWritten

OF_ALL = {"plan_pdf", "plan_docx", "budget_pdf", "budget_xlsx"}
FILES = {"consultation": OF_ALL, "board": OF_ALL | {"board_pdf", "board_docx"}}
OF_DECISION = {"plan_pdf", "plan_docx", "budget_pdf", "protocol_pdf"}


def all_faults(ledger: Ledger) -> list[str]:
    return [
        *_database_faults(),
        *(f"kvitterad men borta: {each}" for each in ledger.done if not _is_stored(each)),
        *(f"nekad men gjord: {each}" for each in ledger.refused if _is_stored(each)),
        *history_faults(),
        *_chain_faults(),
        *_moment_faults(ledger),
        *_way_faults(),
        *_decision_faults(),
    ]


def _database_faults() -> Iterator[str]:
    for name in missing_triggers():
        yield f"skyddet {name} saknas"
    connection.check_constraints()  # raises IntegrityError for a row whose other row is not there
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            yield from (said for (said,) in cursor.fetchall() if said != "ok")


def _is_stored(deed: Deed) -> bool:
    if isinstance(deed, AmountWritten):
        steps = ChangeStep.objects.filter(
            change__budget=deed.budget, table="cell", row=deed.line, year=deed.year
        )
        return steps.filter(after__amount=f"{deed.amount}.00").count() == 1
    if isinstance(deed, TextWritten):
        changes = SectionChange.objects.filter(plan=deed.plan, section_key=deed.key)
        return [each.after[deed.key]["text"] for each in changes].count(deed.text) == 1
    return PlanMove.objects.filter(plan=deed.plan, number=deed.number, action=deed.action).exists()


def _chain_faults() -> Iterator[str]:
    """Versions with all their files, hashed anew, each after the one before."""
    before: dict[int, tuple[int, str]] = {}
    for version in Version.objects.order_by("federation", "place"):
        place, previous = before.get(version.federation_id, (0, ""))
        hashes = {file.kind: hash_of(bytes(file.content)) for file in version.files.all()}
        if hashes != {file.kind: file.hash for file in version.files.all()}:
            yield f"{version}: en fil är inte den som frystes"
        if hashes.keys() != FILES[version.purpose]:
            yield f"{version}: har filerna {sorted(hashes)}"
        content = hash_of(version.content.encode())
        again = version_hash(read(version.content).head, place + 1, content, hashes, previous)
        if (version.place, version.previous_hash) != (place + 1, previous):
            yield f"{version}: plats {version.place} följer inte på {place}"
        if (version.content_hash, version.hash) != (content, again):
            yield f"{version}: versionens kontrollsumma stämmer inte"
        if version.moves.filter(action__in=["consult", "submit"]).count() != 1:
            yield f"{version}: ingen skickade den"
        before[version.federation_id] = version.place, version.hash


def _moment_faults(ledger: Ledger) -> Iterator[str]:
    """A version is of one moment, with all that had been answered when it was asked for."""
    for version in Version.objects.select_related("plan").order_by("pk"):
        move = version.moves.filter(action__in=["consult", "submit"]).first()
        if move is None:
            continue  # told of already
        seen = ledger.seen_before.get(Moved(version.plan_id, move.action, move.number), Seen())
        picture = read(version.content).picture
        years = list(version.plan.budget.years.values_list("pk", flat=True))
        shown: dict[Place, str] = {
            (line.key, year): f"{amount:.2f}"
            for line in picture.sheet.lines
            for year, amount in zip(years, line.amounts, strict=True)
            if amount is not None
        }
        texts = {section.key: section.text for section in picture.all_sections()}
        yield from _moment_fault(version, shown, amounts_written(version.plan.budget_id), seen.budget)
        yield from _moment_fault(version, texts, texts_written(version.plan_id), seen.sections)


def _moment_fault(version: Version, shown: dict, written: dict, seen: int) -> Iterator[str]:
    """`shown` and `written` are by cell or section; nothing is written in the same words twice."""
    begins, ends = 0, None
    for place, changes in written.items():
        stood = [(0, changes[0][1]), *((number, after) for number, _, after in changes)]
        at = next((turn for turn, (_, what) in enumerate(stood) if what == shown[place]), None)
        if at is None:
            yield f"{version}: {place} är {shown[place]!r}, som aldrig skrevs"
            continue
        begins = max(begins, stood[at][0])
        until = stood[at + 1][0] if at + 1 < len(stood) else None
        ends = until if ends is None else min(ends, until or ends)
    if ends is not None and begins >= ends:
        yield f"{version}: är av två ögonblick, efter ändring {begins} och före {ends}"
    if ends is not None and ends <= seen:
        yield f"{version}: är från före ändring {ends}, fast {seen} var kvitterad"


def _way_faults() -> Iterator[str]:
    """The state of a plan is where its moves led, and says the same as its version and its budget."""
    for plan in Plan.every.select_related("budget", "version"):
        moves = list(plan.moves.all())
        if [move.number for move in moves] != list(range(1, len(moves) + 1)):
            yield f"{plan}: stegen är {[move.number for move in moves]}"
        states = ["draft", *(move.to_state for move in moves)]
        if [move.from_state for move in moves] != states[:-1]:
            yield f"{plan}: ett steg börjar inte där det förra slutade"
        expected = moves[-1].version if moves and moves[-1].action != "send_back" else None
        if (plan.state, plan.version) != (states[-1], expected):
            yield f"{plan}: {plan.state}, {plan.version}; men stegen slutar i {states[-1]}, {expected}"
        decided = Decision.objects.filter(plan=plan, version=plan.version).exists()
        if {decided, not plan.budget.is_open} != {plan.state == Plan.State.ADOPTED}:
            yield f"{plan}: är {plan.state}, beslutet finns: {decided}, öppen: {plan.budget.is_open}"


def _decision_faults() -> Iterator[str]:
    for decision in Decision.objects.select_related("version"):
        hashes = {file.kind: hash_of(bytes(file.content)) for file in decision.files.all()}
        content = hash_of(decision.content.encode())
        if hashes.keys() != OF_DECISION:
            yield f"{decision}: har filerna {sorted(hashes)}"
        if decision.hash != record.decision_hash(decision.version.hash, content, hashes):
            yield f"{decision}: beslutets kontrollsumma stämmer inte"
