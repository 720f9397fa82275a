"""Why a plan has what a rule warns of."""

from django.conf import settings
from django.db import models

from plans.models.plan import Plan


class Explanation(models.Model):
    """The motivering of a finding. It explains the finding as it was said, figures and all: when a figure
    changes the sentence does, and asks for a new one."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="explanations", verbose_name="verksamhetsplan"
    )
    code = models.CharField("regel", max_length=40)
    sentence = models.TextField("anmärkning, som den stod")
    text = models.TextField("motivering")
    made_at = models.DateTimeField("när", auto_now=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="vem"
    )
    made_by_name = models.CharField("namn", max_length=150)

    class Meta:
        ordering = ["plan", "pk"]
        verbose_name = "motivering"
        verbose_name_plural = "motiveringar"
        constraints = [
            models.UniqueConstraint(fields=["plan", "sentence"], name="explanation_unique"),
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="explanation_text",
                violation_error_message="Skriv varför, eller ta bort motiveringen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text[:60]}"
