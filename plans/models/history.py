"""What was done to a plan's document: who, when, and the sections before and after. Only ever added to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from finsam.fields import choice_constraint
from plans.models.plan import Plan


class SectionChange(models.Model):
    """One thing a user did to the sections. Numbered from 1 within its plan, without gaps. `before` and
    `after` hold the fields of every section it touched, by key; one that is not in them was not there."""

    class Action(models.TextChoices):
        TEXT = "text", "text"
        HEADING = "heading", "rubrik"
        BLOCK = "block", "innehåll"
        ADD = "add", "nytt avsnitt"
        MOVE = "move", "flyttat avsnitt"
        REMOVE = "remove", "borttaget avsnitt"
        UNDO = "undo", "ångrad ändring"

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="section_changes", verbose_name="verksamhetsplan"
    )
    number = models.PositiveIntegerField("nummer")
    action = models.CharField("vad", max_length=10, choices=Action)
    section_key = models.CharField("avsnitt", max_length=80)
    heading = models.CharField("avsnittets rubrik då", max_length=300, blank=True)
    before = models.JSONField("före", default=dict)
    after = models.JSONField("efter", default=dict)
    undoes = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, related_name="undone_by", verbose_name="gäller ändring"
    )
    made_at = models.DateTimeField("när", auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="vem"
    )
    made_by_name = models.CharField("namn", max_length=150)

    class Meta:
        ordering = ["plan", "number"]
        verbose_name = "ändring av avsnitt"
        verbose_name_plural = "ändringar av avsnitt"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="section_change_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="section_change_number_from_one"),
            choice_constraint(
                "action",
                ["text", "heading", "block", "add", "move", "remove", "undo"],
                "section_change_action",
            ),
            models.CheckConstraint(
                condition=Q(action="undo", undoes__isnull=False)
                | (~Q(action="undo") & Q(undoes__isnull=True)),
                name="section_change_undoes",
            ),
        ]
        indexes = [models.Index(fields=["plan", "section_key", "number"], name="section_change_of_section")]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_action_display()}, {self.heading or self.section_key}"
