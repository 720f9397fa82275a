"""A plan as it was when it was sent to its readers. Only ever added to: see versions/triggers.py."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from finsam.fields import choice_constraint
from members.models import Federation

HASH = r"^[0-9a-f]{64}$"


def hash_field(name: str, **options: Any) -> models.CharField:
    """A field for a SHA-256 in hexadecimal."""
    return models.CharField(name, max_length=64, **options)


class Version(models.Model):
    """A plan frozen at a submission. What others read, comment and adopt is a version, not the working copy.

    `content` is canonical JSON (versions/contents.py); `hash` is that of the version's head, which names the
    hashes of content and files and of the federation's version before it: a chain.
    """

    class Purpose(models.TextChoices):
        CONSULTATION = "consultation", "samråd"
        BOARD = "board", "styrelsen"

    federation = models.ForeignKey(
        Federation, models.PROTECT, related_name="versions", verbose_name="förbund"
    )
    place = models.PositiveIntegerField("plats i förbundets kedja")
    plan = models.ForeignKey(
        "plans.Plan", models.PROTECT, related_name="versions", verbose_name="verksamhetsplan"
    )
    plan_year = models.PositiveSmallIntegerField("planår")
    number = models.PositiveSmallIntegerField(
        "nummer", help_text="Inom planåret; en reviderad plan räknar vidare."
    )
    purpose = models.CharField("till", max_length=20, choices=Purpose)
    note = models.TextField("följebrev", blank=True)
    made_at = models.DateTimeField("när")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vem"
    )
    made_by_name = models.CharField("namn", max_length=150)
    content = models.TextField("innehåll")
    content_hash = hash_field("innehållets kontrollsumma")
    previous_hash = hash_field("föregående versions kontrollsumma", blank=True)
    hash = hash_field("kontrollsumma", unique=True)

    class Meta:
        ordering = ["federation", "place"]
        verbose_name = "version"
        verbose_name_plural = "versioner"
        indexes = [models.Index(fields=["content_hash"], name="version_content_hash")]
        constraints = [
            models.UniqueConstraint(fields=["federation", "place"], name="version_place_unique"),
            models.UniqueConstraint(
                fields=["federation", "plan_year", "number"], name="version_number_unique"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_one"),
            choice_constraint("purpose", ["consultation", "board"], "version_purpose"),
            models.CheckConstraint(
                condition=Q(place=1, previous_hash="") | (Q(place__gt=1) & Q(previous_hash__regex=HASH)),
                name="version_chained",
            ),
            models.CheckConstraint(
                condition=Q(hash__regex=HASH) & Q(content_hash__regex=HASH), name="version_hashed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_year}, version {self.number}"

    @property
    def short_hash(self) -> str:
        """As much of the hash as people compare by eye."""
        return str(self.hash)[:12]


class VersionFile(models.Model):
    """A file of a version, as it was made when the version was."""

    class Kind(models.TextChoices):
        PLAN_PDF = "plan_pdf", "planen som PDF"
        PLAN_DOCX = "plan_docx", "planen som Word-fil"
        BOARD_PDF = "board_pdf", "styrelsens underlag som PDF"
        BOARD_DOCX = "board_docx", "styrelsens underlag som Word-fil"
        BUDGET_PDF = "budget_pdf", "budgeten som PDF"
        BUDGET_XLSX = "budget_xlsx", "budgeten som Excelbok"

    version = models.ForeignKey(Version, models.PROTECT, related_name="files", verbose_name="version")
    kind = models.CharField("slag", max_length=20, choices=Kind)
    content = models.BinaryField("innehåll")
    size = models.PositiveIntegerField("storlek i byte")
    hash = hash_field("kontrollsumma")

    class Meta:
        ordering = ["version", "kind"]
        verbose_name = "fil i en version"
        verbose_name_plural = "filer i versioner"
        indexes = [models.Index(fields=["hash"], name="version_file_hash")]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="version_file_unique"),
            choice_constraint(
                "kind",
                ["plan_pdf", "plan_docx", "board_pdf", "board_docx", "budget_pdf", "budget_xlsx"],
                "version_file_kind",
            ),
            models.CheckConstraint(condition=Q(hash__regex=HASH), name="version_file_hashed"),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.get_kind_display()}"
