"""What happened to a plan on its way to adoption, and after. Only ever added to (versions/triggers.py)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from finsam.fields import choice_constraint
from plans.models.plan import Plan
from plans.models.version import Version

STATES = [state.value for state in Plan.State]


class PlanMove(models.Model):
    """A move of a plan from one state to another. Numbered from 1 within its plan, without gaps."""

    class Action(models.TextChoices):
        CONSULT = "consult", "skickad på samråd"
        SUBMIT = "submit", "skickad till styrelsen"
        SEND_BACK = "send_back", "återförd till utkast"
        ADOPT = "adopt", "fastställd"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="moves", verbose_name="verksamhetsplan")
    number = models.PositiveSmallIntegerField("nummer")
    action = models.CharField("vad", max_length=20, choices=Action)
    from_state = models.CharField("från läge", max_length=20, choices=Plan.State)
    to_state = models.CharField("till läge", max_length=20, choices=Plan.State)
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, blank=True, related_name="moves", verbose_name="version"
    )
    comment = models.TextField("kommentar", blank=True)
    at = models.DateTimeField("när")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vem")
    by_name = models.CharField("namn", max_length=150)

    class Meta:
        ordering = ["plan", "number"]
        verbose_name = "planens väg"
        verbose_name_plural = "planernas väg"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_move_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="plan_move_number_from_one"),
            choice_constraint("action", ["consult", "submit", "send_back", "adopt"], "plan_move_action"),
            models.CheckConstraint(
                condition=Q(from_state__in=STATES) & Q(to_state__in=STATES), name="plan_move_states"
            ),
            models.CheckConstraint(
                condition=~Q(action="send_back") | ~Q(comment=""),
                name="plan_move_sent_back_with_comment",
                violation_error_message="Den som återför planen ska säga varför.",
            ),
            models.CheckConstraint(
                condition=Q(action="send_back") | Q(version__isnull=False),
                name="plan_move_of_version",
            ),
            models.CheckConstraint(condition=~Q(by_name=""), name="plan_move_by"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_action_display()}"


class VersionEvent(models.Model):
    """A fact about a version that came later. It changes nothing that was frozen."""

    class Kind(models.TextChoices):
        MEETING_ANNOUNCED = "meeting_announced", "sammanträdet kungjort"
        PROPOSAL_PUBLISHED = "proposal_published", "förslaget publicerat"
        MINUTES_APPROVED = "minutes_approved", "protokollet justerat"
        MINUTES_ANNOUNCED = "minutes_announced", "justeringen tillkännagiven"
        PUBLISHED = "published", "publicerad"
        WITHDRAWN = "withdrawn", "avpublicerad"
        SUPERSEDED = "superseded", "ersatt av en senare version"

    version = models.ForeignKey(Version, models.PROTECT, related_name="events", verbose_name="version")
    kind = models.CharField("vad", max_length=30, choices=Kind)
    on = models.DateField("datum", help_text="Dagen det hände.")
    where = models.CharField("var", max_length=200, blank=True)
    note = models.TextField("anteckning", blank=True)
    at = models.DateTimeField("inlagt")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vem")
    by_name = models.CharField("namn", max_length=150)

    class Meta:
        ordering = ["version", "at", "pk"]
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        constraints = [
            choice_constraint(
                "kind",
                [
                    "meeting_announced",
                    "proposal_published",
                    "minutes_approved",
                    "minutes_announced",
                    "published",
                    "withdrawn",
                    "superseded",
                ],
                "version_event_kind",
            ),
            models.CheckConstraint(condition=~Q(by_name=""), name="version_event_by"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.get_kind_display()}"
