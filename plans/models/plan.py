"""The plan of a federation and year, with its budget and its state."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

from budgets.models import Budget
from finsam.fields import choice_constraint
from members.models import Federation


class NotADraftError(Exception):
    """What was asked for can only be done to a draft; the message says so in Swedish."""


class CurrentPlans(models.Manager["Plan"]):
    """The plans that are worked in: of each plan year the latest revision."""

    def get_queryset(self) -> models.QuerySet["Plan"]:
        return super().get_queryset().filter(is_current=True)


class Plan(models.Model):
    """A verksamhetsplan: the working copy for one plan year, with its budget. Whether it may be changed is
    said by the budget's row (`budget.is_open`), the lock that editing and adoption compete for.

    In every state but draft others read `version`. A plan that is revised after its adoption is a new plan of
    the same year, with the next `revision`; the earlier one is not current, and its versions stand.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "utkast"
        CONSULTATION = "consultation", "samråd"
        BOARD = "board", "till styrelsen"
        ADOPTED = "adopted", "fastställd"

    federation = models.ForeignKey(Federation, models.CASCADE, related_name="plans", verbose_name="förbund")
    plan_year = models.PositiveSmallIntegerField("planår", help_text="Första året som planeras.")
    budget = models.OneToOneField(Budget, models.RESTRICT, related_name="plan", verbose_name="budget")
    state = models.CharField("läge", max_length=20, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField("i läget sedan", null=True, blank=True, editable=False)
    state_by_name = models.CharField("försatt i läget av", max_length=150, blank=True, editable=False)
    version = models.ForeignKey(
        "plans.Version",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="version som andra läser",
    )
    revision = models.PositiveSmallIntegerField("revidering", default=0, editable=False)
    revision_reason = models.TextField("varför den revideras", blank=True)
    is_current = models.BooleanField("den som arbetas i", default=True, editable=False)
    title = models.CharField(
        "titel", max_length=200, blank=True, help_text="Tom: Verksamhetsplan och budget med planåret."
    )
    diary_number = models.CharField("diarienummer", max_length=60, blank=True)
    quotation = models.TextField("citat på titelsidan", blank=True, help_text="Ett stycke per rad.")
    quotation_source = models.CharField("citatets källa", max_length=200, blank=True)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", verbose_name="gjord från"
    )
    made_at = models.DateTimeField("skapad", auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="skapad av",
    )

    objects = CurrentPlans()
    every = models.Manager["Plan"]()

    class Meta:
        ordering = ["-plan_year"]
        verbose_name = "verksamhetsplan"
        verbose_name_plural = "verksamhetsplaner"
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "plan_year", "revision"], name="plan_revision_unique"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", version__isnull=True)
                | (
                    ~Q(state="draft")
                    & Q(version__isnull=False, state_since__isnull=False)
                    & ~Q(state_by_name="")
                ),
                name="plan_state_has_version_time_and_person",
                violation_error_message="Ett läge efter utkast har en version, en tid och en person.",
            ),
            models.CheckConstraint(
                condition=Q(revision=0) | ~Q(revision_reason=""),
                name="plan_revision_has_reason",
                violation_error_message="Säg varför planen revideras.",
            ),
            models.CheckConstraint(
                condition=Q(is_current=True) | Q(state="adopted"),
                name="plan_earlier_adopted",
                violation_error_message="Bara en fastställd plan kan ersättas av en reviderad.",
            ),
            models.UniqueConstraint(
                fields=["federation", "plan_year"],
                condition=Q(is_current=True),
                name="plan_unique",
                violation_error_message="Förbundet har redan en plan för det året.",
            ),
            models.CheckConstraint(
                condition=Q(plan_year__gte=2004, plan_year__lte=2100),
                name="plan_year",
                violation_error_message="Planåret ska vara från 2004 (lag 2003:1210) till 2100.",
            ),
            choice_constraint("state", ["draft", "consultation", "board", "adopted"], "plan_state"),
            models.CheckConstraint(
                condition=Q(copied_from__isnull=True) | ~Q(copied_from=F("id")),
                name="plan_copied_from",
                violation_error_message="En plan kan inte vara gjord från sig själv.",
            ),
            models.CheckConstraint(
                condition=Q(quotation_source="") | ~Q(quotation=""),
                name="plan_quotation",
                violation_error_message="En källa utan citat säger ingenting.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.federation.short_name}, plan {self.plan_year}"

    def clean(self) -> None:
        """The budget, and the plan this one was made from, are of the same federation; the budget of the
        same year too. No constraint can look into another table."""
        super().clean()
        faults: dict[str, Any] = {}
        if self.budget_id and self.federation_id:
            if self.budget.federation_id != self.federation_id:
                faults["budget"] = "Budgeten hör till ett annat förbund."
            elif self.budget.plan_year != self.plan_year:
                faults["budget"] = "Budgeten är för ett annat planår."
        if self.copied_from and self.copied_from.federation_id != self.federation_id:
            faults["copied_from"] = "Planen hör till ett annat förbund."
        if faults:
            raise ValidationError(faults)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def see_if_open(self) -> None:
        """Its state, and whether it may be changed, as they are now: somebody may have closed or moved it."""
        self.refresh_from_db(fields=["state"])
        self.budget.refresh_from_db(fields=["is_open"])

    def set_open(self, is_open: bool) -> None:
        """Open the draft for changes, or close it; nothing happens when it is so already. Waits for an edit
        that is being saved. Raises NotADraftError."""
        with transaction.atomic():
            budget = Budget.every.select_for_update().get(pk=self.budget_id)
            self.refresh_from_db(fields=["state"])  # after the lock: that is when it cannot change
            if not self.is_draft:
                raise NotADraftError(
                    f"Planen för {self.plan_year} är inte längre ett utkast ({self.get_state_display()})."
                )
            if budget.is_open != is_open:
                Budget.every.filter(pk=budget.pk).update(is_open=is_open)


def plan_of(budget: Budget, **details: Any) -> Plan:
    """A new plan with this budget, of its federation and plan year. Raises ValueError for a budget of
    outcomes only, IntegrityError when there is a plan already."""
    if budget.plan_year is None:
        raise ValueError("En budget utan planår har ingen plan.")
    return Plan.objects.create(
        federation_id=budget.federation_id, plan_year=budget.plan_year, budget=budget, **details
    )
