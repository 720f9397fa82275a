"""What the plan wants to reach, for whom, and how one sees it: perspectives and focus areas, target groups,
goals, indicators and activities, and what they have to do with each other and with the insatser.

They belong to a plan, since each year has its own; the insatser belong to the federation.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from finsam.fields import choice_constraint
from plans.models.plan import Plan
from plans.models.section import Section
from plans.text.sanitising import sanitised
from projects.models import Project


class OfPlan(models.Model):
    """A row in the plan's own order."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+", verbose_name="verksamhetsplan")
    position = models.PositiveSmallIntegerField("ordning", default=0)

    class Meta:
        abstract = True
        ordering = ["plan", "position", "pk"]

    def clean(self) -> None:
        """Whatever the row belongs to is of the same plan."""
        super().clean()
        faults: dict[str, Any] = {}
        for name in ("area", "target_group", "goal"):
            other = getattr(self, name, None)
            if other is not None and other.plan_id != self.plan_id:
                faults[name] = "Hör till en annan plan."
        if faults:
            raise ValidationError(faults)


class Described(OfPlan):
    """A row with a name that others refer to and a text of the small vocabulary."""

    key = models.SlugField("namn i hänvisningar", max_length=80)
    name = models.CharField("namn", max_length=300)
    description = models.TextField("beskrivning", blank=True)

    class Meta(OfPlan.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.description = sanitised(self.description)


class TargetGroup(Described):
    """Whom the insatser are for (FinsamL 2 §)."""

    projects = models.ManyToManyField(
        Project, blank=True, related_name="target_groups", verbose_name="insatser för målgruppen"
    )

    class Meta(Described.Meta):
        verbose_name = "målgrupp"
        verbose_name_plural = "målgrupper"
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="target_group_key_unique")]


class Area(Described):
    """A perspective of a balanced scorecard, or a focus area."""

    class Kind(models.TextChoices):
        PERSPECTIVE = "perspective", "perspektiv"
        FOCUS_AREA = "focus_area", "prioriterat område"

    kind = models.CharField("slag", max_length=20, choices=Kind)
    projects = models.ManyToManyField(
        Project, blank=True, related_name="areas", verbose_name="insatser inom området"
    )
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="areas", verbose_name="målgrupper"
    )

    class Meta(Described.Meta):
        verbose_name = "perspektiv eller område"
        verbose_name_plural = "perspektiv och områden"
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="area_key_unique"),
            choice_constraint("kind", ["perspective", "focus_area"], "area_kind"),
        ]


class Goal(OfPlan):
    """What is to be reached. A financial goal is one that KL 11:6 asks for."""

    area = models.ForeignKey(
        Area,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name="perspektiv eller område",
    )
    text = models.TextField("mål")
    explanation = models.TextField("förklaring och strategi", blank=True)
    is_financial = models.BooleanField("finansiellt mål", default=False)
    projects = models.ManyToManyField(
        Project, blank=True, related_name="goals", verbose_name="insatser för målet"
    )
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="goals", verbose_name="målgrupper"
    )

    class Meta(OfPlan.Meta):
        verbose_name = "mål"
        verbose_name_plural = "mål"

    def __str__(self) -> str:
        return self.text[:80]

    def clean(self) -> None:
        super().clean()
        self.explanation = sanitised(self.explanation)


class Indicator(OfPlan):
    """How one sees whether a goal, or the goals of an area, are reached."""

    area = models.ForeignKey(
        Area,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="perspektiv eller område",
    )
    goal = models.ForeignKey(
        Goal, models.CASCADE, null=True, blank=True, related_name="indicators", verbose_name="mål"
    )
    text = models.TextField("mått")
    target = models.CharField("målvärde", max_length=200, blank=True)

    class Meta(OfPlan.Meta):
        verbose_name = "mått"
        verbose_name_plural = "mått"
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=False) | Q(goal__isnull=False),
                name="indicator_of",
                violation_error_message="Ett mått hör till ett mål, ett perspektiv eller ett område.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Activity(OfPlan):
    """What is to be done, within an area or for a target group or a goal, and where the plan says more."""

    area = models.ForeignKey(
        Area,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="perspektiv eller område",
    )
    target_group = models.ForeignKey(
        TargetGroup, models.CASCADE, null=True, blank=True, related_name="activities", verbose_name="målgrupp"
    )
    goal = models.ForeignKey(
        Goal, models.CASCADE, null=True, blank=True, related_name="activities", verbose_name="mål"
    )
    text = models.TextField("aktivitet")
    details = models.TextField("i form av", blank=True, help_text="En del per rad.")
    sections = models.ManyToManyField(
        Section, blank=True, related_name="activities", verbose_name="avsnitt som säger mer"
    )
    projects = models.ManyToManyField(Project, blank=True, related_name="activities", verbose_name="insatser")

    class Meta(OfPlan.Meta):
        verbose_name = "aktivitet"
        verbose_name_plural = "aktiviteter"
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=False) | Q(target_group__isnull=False) | Q(goal__isnull=False),
                name="activity_of",
                violation_error_message="En aktivitet hör till ett område, en målgrupp eller ett mål.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
