"""The logs of what has no table of its own that is only added to: explanations of findings, and who has read
what. See finsam/frozen_tables.py."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from finsam.frozen_tables import freeze
from members.models import Federation
from plans.models.version import Version


class ExplanationChange(models.Model):
    """An explanation as it was written; without a text it was taken away. By plan year and revision, not by
    plan, since a revision that is dropped before anybody was sent it leaves no plan."""

    federation = models.ForeignKey(
        Federation, models.PROTECT, related_name="explanation_changes", verbose_name="förbund"
    )
    plan_year = models.PositiveSmallIntegerField("planår")
    revision = models.PositiveSmallIntegerField("revidering", default=0)
    code = models.CharField("regel", max_length=40)
    sentence = models.TextField("anmärkning, som den stod")
    text = models.TextField("motivering", blank=True)
    at = models.DateTimeField("när")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vem")
    by_name = models.CharField("namn", max_length=150)

    class Meta:
        ordering = ["federation", "at", "pk"]
        verbose_name = "ändring av en motivering"
        verbose_name_plural = "ändringar av motiveringar"
        indexes = [models.Index(fields=["federation", "at"], name="explanation_change_at")]
        constraints = [models.CheckConstraint(condition=~Q(by_name=""), name="explanation_change_by")]

    def __str__(self) -> str:
        return f"{self.code}: {self.text[:60] or 'borttagen'}"


class LoggedRead(models.Model):
    """That somebody read or fetched something, once for each clock hour. `name` says which page or file it
    was. Kept to `kept_until`, the last day, and then removed by prune_access_log."""

    class What(models.TextChoices):
        VERSION_PAGE = "version_page", "sida i en version"
        VERSION_FILE = "version_file", "fil i en version"
        DECISION_PAGE = "decision_page", "beslutet"
        DECISION_FILE = "decision_file", "fil till ett beslut"
        BUNDLE = "bundle", "revisorspaketet"
        LOG_PAGE = "log_page", "loggen"
        LOG_FILE = "log_file", "loggen som fil"

    federation = models.ForeignKey(
        Federation, models.PROTECT, related_name="logged_reads", verbose_name="förbund"
    )
    what = models.CharField("vad", max_length=20, choices=What)
    name = models.CharField("sida eller fil", max_length=30, blank=True)
    plan_year = models.PositiveSmallIntegerField("planår", null=True, blank=True)
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, blank=True, related_name="logged_reads", verbose_name="version"
    )
    at = models.DateTimeField("när")
    hour = models.DateTimeField("timmen")
    kept_until = models.DateField("sparas till och med")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vem")
    by_name = models.CharField("namn", max_length=150)

    class Meta:
        ordering = ["federation", "at", "pk"]
        verbose_name = "läsning i loggen"
        verbose_name_plural = "läsningar i loggen"
        indexes = [models.Index(fields=["federation", "at"], name="logged_read_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    what__in=["version_page", "version_file", "decision_page", "decision_file"],
                    version__isnull=False,
                    plan_year__isnull=False,
                )
                | Q(what="bundle", version__isnull=True, plan_year__isnull=False)
                | Q(what__in=["log_page", "log_file"], version__isnull=True, plan_year__isnull=True),
                name="logged_read_of_what",
            ),
            models.UniqueConstraint(
                F("by"),
                F("federation"),
                F("what"),
                F("name"),
                Coalesce(F("version"), 0),
                Coalesce(F("plan_year"), 0),
                F("hour"),
                name="logged_read_once_an_hour",
            ),
            models.CheckConstraint(condition=~Q(by_name=""), name="logged_read_by"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.get_what_display()} {self.name}".strip()


freeze("plans.ExplanationChange")
freeze("plans.LoggedRead", kept_until="kept_until")
