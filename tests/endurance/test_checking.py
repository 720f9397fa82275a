"""What is looked for after the kills is found when it is there: each kind of fault, made on purpose."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import transaction

from budgets.editing.amounts import set_amount
from budgets.editing.change import Author, make_change
from budgets.models import Amount, Budget, Change, ChangeStep
from members.models import RoleKind, User
from plans.decisions.adopting import adopt
from plans.decisions.reading import way_of
from plans.editing.section import change_text
from plans.models import Decision, Plan, PlanMove, Section, SectionChange, Version, VersionFile
from plans.rules.decision import check_decision
from plans.states.moving import Mover, send
from plans.versions.triggers import unprotect
from tests.endurance.checking import all_faults
from tests.endurance.ledger import AmountWritten, Ledger, Moved, Seen, TextWritten
from tests.endurance.world import CHAIR, DIRECTOR, OF_EDITOR, Draft, address_of, made_world

pytestmark = pytest.mark.django_db


def in_use() -> tuple[Draft, Ledger]:
    """A plan that has been edited, sent to the board, edited again and adopted, and what was answered."""
    world = made_world(1, 1, 1, 0, 0)
    draft, ledger = world.to_adopt[0], Ledger()
    plan = Plan.objects.select_related("federation", "budget").get(pk=draft.plan)
    director, chair, editor = (
        User.objects.get(email=address_of(name)) for name in (DIRECTOR, CHAIR, "redaktor0")
    )
    _write(draft, ledger, editor, OF_EDITOR, OF_EDITOR + 1)
    text = "<p>Nytt.</p>"
    change_text(plan, editor, draft.sections[0], 0, text)
    ledger.note_done(TextWritten(plan.pk, draft.sections[0], text))
    ledger.note_seen(plan.pk, budget=1, sections=1)
    ledger.note_asked(Moved(plan.pk, "submit", 1))
    send(plan, PlanMove.Action.SUBMIT, Mover(director, frozenset({RoleKind.DIRECTOR}), 0))
    ledger.note_done(Moved(plan.pk, "submit", 1))
    _write(draft, ledger, editor, OF_EDITOR + 1, OF_EDITOR + 2)
    meeting = plan.meetings.get()
    said = {each.sentence: "Det blev så." for each in check_decision(way_of(plan, meeting))}
    adopt(plan, Mover(chair, frozenset({RoleKind.CHAIR}), 1), meeting, said)
    ledger.note_done(Moved(plan.pk, "adopt", 2))
    return draft, ledger


def _write(draft: Draft, ledger: Ledger, editor: User, was: int, wanted: int) -> None:
    cell = draft.cells[0][0]
    make_change(
        Budget.objects.select_related("federation").get(pk=draft.budget),
        Author(editor, "sitting"),
        Change.Action.AMOUNT,
        lambda state: set_amount(state, cell.line, cell.year, f"{was}.00", Decimal(wanted), ""),
    )
    ledger.note_done(AmountWritten(draft.budget, cell.line, cell.year, wanted))


def test_every_kind_of_fault_is_found():
    draft, ledger = in_use()
    cell, key = draft.cells[0][0], draft.sections[0]
    assert all_faults(ledger) == []

    def undone(fault: Callable[[], object]) -> list[str]:
        """What is found once a fault has been made, which is then taken away."""
        with transaction.atomic():
            unprotect()  # as long as the savepoint lasts
            fault()
            found = all_faults(ledger)
            transaction.set_rollback(True)
        return found

    last = Change.objects.filter(budget=draft.budget, number=2)
    here = Amount.objects.filter(line=cell.line, year=cell.year)
    made: dict[str, Callable[[], object]] = {
        "kvitterad men borta": lambda: PlanMove.objects.filter(number=2).delete(),
        "är 10003.00, men sist skrevs 10002.00": lambda: here.update(amount=OF_EDITOR + 3),
        "är [1], men den sista sägs vara 2": last.delete,
        "har inga steg": lambda: ChangeStep.objects.filter(change__in=last).delete(),
        "utgår från": lambda: ChangeStep.objects.filter(change__in=last).update(before={"amount": "7.00"}),
        f"{key} är": lambda: Section.objects.filter(key=key, plan=draft.plan).update(text="<p>Annat.</p>"),
        "avsnittens ändringar är [3]": lambda: SectionChange.objects.update(number=3),
        "har filerna": lambda: VersionFile.objects.filter(kind="plan_pdf").delete(),
        "en fil är inte den": lambda: VersionFile.objects.filter(kind="plan_pdf").update(content=b"annat"),
        "följer inte på 0": lambda: Version.objects.update(place=2, previous_hash="a" * 64),
        "versionens kontrollsumma stämmer inte": lambda: Version.objects.update(hash="a" * 64),
        "beslutets kontrollsumma stämmer inte": lambda: Decision.objects.update(hash="a" * 64),
        "öppen: True": lambda: Budget.every.filter(pk=draft.budget).update(is_open=True),
        "är draft": lambda: Plan.every.filter(pk=draft.plan).update(state="draft", version=None),
        "ingen skickade den": lambda: PlanMove.objects.filter(number=1).update(action="adopt"),
    }
    for said, fault in made.items():
        found = undone(fault)
        assert any(said in each for each in found), (said, found)

    move = Moved(draft.plan, "submit", 1)
    ledger.seen_before[move] = Seen(budget=2, sections=1)
    assert any("fast 2 var kvitterad" in each for each in all_faults(ledger))
    ledger.seen_before[move] = Seen(budget=1, sections=1)
    ledger.note_refused(AmountWritten(draft.budget, cell.line, cell.year, OF_EDITOR + 1))
    assert any(each.startswith("nekad men gjord") for each in all_faults(ledger))
