"""The plan's glossary and its table of risks."""

from django.db import models
from django.db.models import Q

from plans.models.goals import OfPlan
from plans.text.sanitising import sanitised


class Term(OfPlan):
    """A word and what the federation means by it."""

    term = models.CharField("begrepp", max_length=150)
    explanation = models.TextField("förklaring")

    class Meta(OfPlan.Meta):
        verbose_name = "begrepp"
        verbose_name_plural = "begrepp"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "term"],
                name="term_unique",
                violation_error_message="Begreppet finns redan i ordlistan.",
            ),
        ]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        super().clean()
        self.explanation = sanitised(self.explanation)


class Risk(OfPlan):
    """Something that may hinder the plan, how likely it is, how bad, and what is done about it."""

    risk = models.TextField("risk")
    likelihood = models.PositiveSmallIntegerField("sannolikhet (1–4)")
    consequence = models.PositiveSmallIntegerField("konsekvens (1–4)")
    measure = models.TextField("åtgärd", blank=True)
    responsible = models.CharField("ansvarig", max_length=150, blank=True)

    class Meta(OfPlan.Meta):
        verbose_name = "risk"
        verbose_name_plural = "risker"
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__gte=1, likelihood__lte=4, consequence__gte=1, consequence__lte=4),
                name="risk_values",
                violation_error_message="Sannolikhet och konsekvens anges från 1 till 4.",
            ),
        ]

    def __str__(self) -> str:
        return self.risk[:80]
