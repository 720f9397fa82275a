"""What was done to a plan's goals: who, when, and the rows before and after. Only ever added to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from finsam.fields import choice_constraint
from plans.models.plan import Plan


class GoalChange(models.Model):
    """One thing a user did to the areas, target groups, goals, indicators and activities. Numbered from 1
    within its plan, without gaps. `before` and `after` hold what differs of every row it touched, by key
    (goal-12); a row that is not in them was not there."""

    class Action(models.TextChoices):
        ADD = "add", "tillagd uppgift"
        CHANGE = "change", "ändrad uppgift"
        MOVE = "move", "flyttad uppgift"
        REMOVE = "remove", "borttagen uppgift"
        COPY = "copy", "hämtat från en annan plan"
        UNDO = "undo", "ångrad ändring"

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="goal_changes", verbose_name="verksamhetsplan"
    )
    number = models.PositiveIntegerField("nummer")
    action = models.CharField("vad", max_length=10, choices=Action)
    row_key = models.CharField("uppgift", max_length=40, blank=True)
    words = models.CharField("uppgiften då", max_length=120)
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
        verbose_name = "ändring av mål"
        verbose_name_plural = "ändringar av mål"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="goal_change_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="goal_change_number_from_one"),
            choice_constraint(
                "action", ["add", "change", "move", "remove", "copy", "undo"], "goal_change_action"
            ),
            models.CheckConstraint(
                condition=Q(action="undo", undoes__isnull=False)
                | (~Q(action="undo") & Q(undoes__isnull=True)),
                name="goal_change_undoes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_action_display()}, {self.words}"
