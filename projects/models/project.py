"""What the federation finances: projects, standing activities, pre-studies, ESF projects."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.signals import m2m_changed, post_delete
from django.utils.timezone import localdate

from finsam.fields import (
    PartialDateField,
    choice_constraint,
    partial_date_constraint,
    period_constraint,
)
from finsam.partial_date import PartialDate, period
from members.models import Federation, Member
from members.models.surroundings import Counted, count_change, count_removal
from projects.models import progress
from projects.models.progress import DEMANDS, StepError


class ProjectKind(models.TextChoices):
    PROJECT = "project", "projekt"
    STANDING = "standing", "ordinarie verksamhet"
    PRE_STUDY = "pre_study", "förstudie"
    ESF = "esf", "ESF-projekt"
    EVENTS = "events", "mötesplatser och utbildning"


class Project(Counted):
    """An insats. One with both individual and structural parts is entered as two (Uppföljning Finsam)."""

    class Level(models.TextChoices):
        INDIVIDUAL = "individual", "individinriktad"
        STRUCTURAL = "structural", "strukturövergripande"

    class SusClass(models.TextChoices):
        """The inriktning of Uppföljning Finsam (before it, SUS) within each level."""

        REHABILITATION = "rehabilitation", "rehabilitering mot arbete eller utbildning"
        PREPARATION = "preparation", "förberedande insatser"
        INDIVIDUAL_SURVEY = "individual_survey", "kartläggning av individer"
        PREVENTION = "prevention", "förebyggande insatser"
        INDIVIDUAL_OTHER = "individual_other", "annan individinriktad"
        TRAINING = "training", "utbildning"
        DIALOGUE = "dialogue", "dialog och kommunikation"
        STRUCTURAL_SURVEY = "structural_survey", "kartläggning"
        STRUCTURAL_OTHER = "structural_other", "annan strukturövergripande"

    Status = progress.Status

    federation = models.ForeignKey(
        Federation, models.CASCADE, related_name="projects", verbose_name="förbund"
    )
    name = models.CharField("namn", max_length=200)
    kind = models.CharField("slag", max_length=20, choices=ProjectKind, default=ProjectKind.PROJECT)
    level = models.CharField("nivå", max_length=20, choices=Level)
    sus_class = models.CharField("inriktning", max_length=30, choices=SusClass, blank=True)
    status = models.CharField("läge", max_length=20, choices=Status)
    owner = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_projects",
        verbose_name="ägare bland medlemmarna",
    )
    owner_name = models.CharField("ägare, som tryckt", max_length=200, blank=True)
    partners = models.ManyToManyField(
        Member, blank=True, related_name="partner_projects", verbose_name="medverkande medlemmar"
    )
    other_partners = models.CharField("övriga medverkande", max_length=300, blank=True)
    leader_employer = models.CharField("projektledarens arbetsgivare", max_length=200, blank=True)
    starts = PartialDateField("start")
    ends = PartialDateField("slut")
    open_ended = models.BooleanField("tills vidare", default=False)
    extension = models.CharField("förlängning", max_length=200, blank=True)
    predecessor = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name="föregångare",
    )
    decision_reference = models.CharField("beslut", max_length=200, blank=True)
    description = models.TextField("beskrivning", blank=True)
    position = models.PositiveSmallIntegerField("ordning", default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "name"],
                name="project_unique",
                violation_error_message="Det finns redan en insats med det namnet.",
            ),
            choice_constraint("kind", ProjectKind.values, "project_kind"),
            period_constraint("starts", "ends", "project_period", "Insatsen slutar innan den börjar."),
            models.CheckConstraint(
                condition=Q(open_ended=False) | Q(ends=""),
                name="project_open_ended",
                violation_error_message="En insats som löper tills vidare har inget slutdatum.",
            ),
            models.CheckConstraint(condition=Q(level__in=["individual", "structural"]), name="project_level"),
            models.CheckConstraint(
                condition=Q(status__in=["idea", "applied", "granted", "running", "ended"]),
                name="project_status",
            ),
            models.CheckConstraint(
                condition=~Q(status="ended") | Q(open_ended=False),
                name="project_ended",
                violation_error_message="En avslutad insats löper inte tills vidare. Ange när den slutade.",
            ),
            models.CheckConstraint(
                condition=Q(sus_class="")
                | Q(
                    level="individual",
                    sus_class__in=[
                        "rehabilitation",
                        "preparation",
                        "individual_survey",
                        "prevention",
                        "individual_other",
                    ],
                )
                | Q(
                    level="structural",
                    sus_class__in=["training", "dialogue", "structural_survey", "structural_other"],
                ),
                name="project_sus_class",
                violation_error_message="Inriktningen hör inte till insatsens nivå.",
            ),
            models.CheckConstraint(
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("id")),
                name="project_predecessor",
                violation_error_message="En insats kan inte vara sin egen föregångare.",
            ),
            partial_date_constraint("starts", "project_starts"),
            partial_date_constraint("ends", "project_ends"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Owner and predecessor belong to the same federation."""
        super().clean()
        faults = {}
        if self.owner and self.owner.federation_id != self.federation_id:
            faults["owner"] = "Medlemmen hör till ett annat förbund."
        if self.predecessor_id and self.predecessor_id == self.pk:
            faults["predecessor"] = "En insats kan inte vara sin egen föregångare."
        if self.predecessor and self.predecessor.federation_id != self.federation_id:
            faults["predecessor"] = "Insatsen hör till ett annat förbund."
        if faults:
            raise ValidationError(faults)

    # -- the way from idea to end ----------------------------------------------------------------

    @property
    def is_ended(self) -> bool:
        return self.status == progress.Status.ENDED

    @property
    def next_status(self) -> progress.Status | None:
        return progress.following(self.status)

    @property
    def status_before(self) -> progress.Status | None:
        return progress.preceding(self.status)

    def meets(self, status: progress.Status) -> bool:
        """Whether what this step of the way demands is known."""
        if status == progress.Status.GRANTED:
            return bool(self.decision_reference) or (self.pk is not None and self.decisions.exists())
        return status not in DEMANDS or bool(getattr(self, DEMANDS[status].field))

    def why_not_forward(self) -> str:
        """What keeps the insats from the next step, as a sentence; empty when nothing does."""
        status = self.next_status
        if status is None:
            return "Insatsen är avslutad."
        if status == progress.Status.ENDED and self.last_day and self.last_day > localdate():
            ends = PartialDate(self.ends)
            return f"Enligt uppgifterna slutar insatsen {ends}. Ange den sista dagen, om den har slutat."
        return "" if self.meets(status) else DEMANDS[status].sentence

    def move_forward(self) -> None:
        """One step on. Raises StepError when something keeps it."""
        if reason := self.why_not_forward():
            raise StepError(reason)
        self._move(self.next_status)

    def move_back(self) -> None:
        """One step back: somebody went too far, or an ended insats goes on. Raises StepError for an idea."""
        if self.status_before is None:
            raise StepError("Insatsen är en idé: det finns inget läge före.")
        self._move(self.status_before)

    def _move(self, status: progress.Status | None) -> None:
        assert status is not None
        self.status = status
        self.save(update_fields=["status"])

    def demands_lost_since(self, before: "Project") -> dict[str, str]:
        """What the status demands, was known before and is no longer: the sentences by field."""
        return {
            DEMANDS[status].field: DEMANDS[status].sentence
            for status in progress.reached(self.status)
            if status in DEMANDS and before.meets(status) and not self.meets(status)
        }

    # -- its time --------------------------------------------------------------------------------

    @property
    def first_day(self) -> date | None:
        return PartialDate(self.starts).first_day if self.starts else None

    @property
    def last_day(self) -> date | None:
        """None when unknown, or when the project runs until further notice."""
        return PartialDate(self.ends).last_day if self.ends else None

    def period(self) -> str:
        """The period as Swedish text."""
        return period(self.starts, self.ends, open_ended=self.open_ended)


def count_partners(sender: Any, instance: Any, action: str, **details: Any) -> None:
    if action.startswith("post_"):
        count_change([instance.federation_id])


post_delete.connect(count_removal, sender=Project)
m2m_changed.connect(count_partners, sender=Project.partners.through)
