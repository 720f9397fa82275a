"""Revising an adopted plan: a new plan of the same year, copied from it. The adopted one stands until the
revision is adopted in its turn."""

from django.db import transaction

from budgets.exchange.storing import store
from budgets.models import Budget
from budgets.reading import read_sheet
from members.models import User
from plans.exchange.plan_file import store_document
from plans.exchange.plan_file_writing import dump_document
from plans.models import Explanation, Plan, plan_of


class NotRevisedError(Exception):
    """The plan cannot be revised, or the revision not be dropped; the message says why in Swedish."""


def revise(plan: Plan, user: User, reason: str) -> Plan:
    """The revision: a draft with everything the adopted plan has, and with the reason for it. All or nothing.
    Somebody who does it twice gets the same one. Raises NotRevisedError."""
    if not reason.strip():
        raise NotRevisedError("Skriv varför planen revideras. Det visas på vägen till beslut.")
    with transaction.atomic():
        budget = Budget.every.select_for_update().get(pk=plan.budget_id)
        plan.refresh_from_db(fields=["state", "is_current"])
        if not plan.is_current:
            return Plan.objects.get(federation=plan.federation_id, plan_year=plan.plan_year)
        if plan.state != Plan.State.ADOPTED:
            raise NotRevisedError("Bara en fastställd plan revideras. Den här går att ändra som den är.")
        budget.federation = plan.federation
        sheet = read_sheet(budget)
        document = dump_document(plan)
        _set_current(plan, budget, is_current=False)
        revised = plan_of(
            store(sheet, plan.federation),
            made_by=user,
            copied_from=plan,
            revision=plan.revision + 1,
            revision_reason=reason.strip(),
        )
        store_document(document, revised, lenient=True)
        _copy_explanations(plan, revised)
        return revised


def may_be_dropped(plan: Plan) -> bool:
    """Whether it is a revision that nobody has been sent."""
    return plan.revision > 0 and not (plan.versions.exists() or plan.moves.exists())


def drop(revision: Plan) -> Plan:
    """Take away a revision that nobody has been sent; the adopted plan is what one works from again. Raises
    NotRevisedError."""
    with transaction.atomic():
        budget = Budget.every.select_for_update().get(pk=revision.budget_id)
        if not may_be_dropped(revision):
            raise NotRevisedError("Revideringen har skickats till andra och kan inte tas bort.")
        adopted = Plan.every.select_related("budget").get(
            federation=revision.federation_id,
            plan_year=revision.plan_year,
            revision=revision.revision - 1,
        )
        revision.delete()
        budget.delete()
        _set_current(adopted, adopted.budget, is_current=True)
        return adopted


def _copy_explanations(plan: Plan, revised: Plan) -> None:
    """As they were made, when and by whom: what the rules say is the same until a figure is changed."""
    made = list(plan.explanations.all())
    copies = [
        Explanation(
            plan=revised,
            code=each.code,
            sentence=each.sentence,
            text=each.text,
            made_by=each.made_by,
            made_by_name=each.made_by_name,
        )
        for each in made
    ]
    Explanation.objects.bulk_create(copies)
    for copy, each in zip(copies, made, strict=True):
        copy.made_at = each.made_at  # which storing has set to now
    Explanation.objects.bulk_update(copies, ["made_at"])


def _set_current(plan: Plan, budget: Budget, *, is_current: bool) -> None:
    plan.is_current = budget.is_current = is_current
    plan.save(update_fields=["is_current"])
    budget.save(update_fields=["is_current"])
