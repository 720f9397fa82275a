"""What readers of a version say of it, and who has read it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from finsam.fields import choice_constraint
from plans.models.plan import Plan
from plans.models.version import Version


class Comment(models.Model):
    """A synpunkt on a place of a version: section, line of the budget, finding, or the whole. It belongs
    to the plan and goes on to its next version. At most one of the places is said."""

    class Status(models.TextChoices):
        OPEN = "open", "öppen"
        ANSWERED = "answered", "besvarad"
        CLOSED = "closed", "avslutad"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="comments", verbose_name="verksamhetsplan")
    version = models.ForeignKey(Version, models.PROTECT, related_name="comments", verbose_name="gjord på")
    section_key = models.CharField("avsnitt", max_length=80, blank=True)
    line = models.CharField("budgetpost", max_length=20, blank=True, help_text="Postens nyckel i versionen.")
    finding = models.TextField("anmärkning", blank=True, help_text="Anmärkningen, som den stod.")
    place_name = models.CharField("platsens namn då", max_length=300, blank=True)
    text = models.TextField("synpunkt")
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.OPEN)
    at = models.DateTimeField("när")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vem")
    by_name = models.CharField("namn", max_length=150)

    class Meta:
        ordering = ["plan", "at", "pk"]
        verbose_name = "synpunkt"
        verbose_name_plural = "synpunkter"
        constraints = [
            choice_constraint("status", ["open", "answered", "closed"], "comment_status"),
            models.CheckConstraint(
                condition=~Q(text=""), name="comment_text", violation_error_message="Skriv en synpunkt."
            ),
            models.CheckConstraint(
                condition=Q(line="", finding="") | Q(section_key="", finding="") | Q(section_key="", line=""),
                name="comment_one_place",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class CommentEntry(models.Model):
    """What was said or done to a comment later: an answer, closing, opening again."""

    class Action(models.TextChoices):
        REPLY = "reply", "skrev"
        ANSWER = "answer", "besvarade"
        CLOSE = "close", "avslutade"
        REOPEN = "reopen", "öppnade igen"

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="entries", verbose_name="synpunkt")
    action = models.CharField("vad", max_length=10, choices=Action)
    text = models.TextField("text", blank=True)
    at = models.DateTimeField("när")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vem")
    by_name = models.CharField("namn", max_length=150)

    class Meta:
        ordering = ["comment", "at", "pk"]
        verbose_name = "svar på en synpunkt"
        verbose_name_plural = "svar på synpunkter"
        constraints = [
            choice_constraint("action", ["reply", "answer", "close", "reopen"], "comment_entry_action"),
            models.CheckConstraint(
                condition=Q(action__in=["close", "reopen"]) | ~Q(text=""), name="comment_entry_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_name} {self.get_action_display()}"


class Reading(models.Model):
    """That somebody has opened a version: the first time and the last."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="readings", verbose_name="version")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="vem")
    first_at = models.DateTimeField("första gången")
    last_at = models.DateTimeField("senast")

    class Meta:
        ordering = ["version", "first_at"]
        verbose_name = "läsning"
        verbose_name_plural = "läsningar"
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="reading_unique")]

    def __str__(self) -> str:
        return f"{self.user}, {self.version}"
