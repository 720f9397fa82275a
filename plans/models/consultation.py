"""What the members say of a plan before it is decided (FinsamL 23 §). Only ever added to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from members.models import Member
from plans.models.version import Version


class ConsultationAnswer(models.Model):
    """A member's answer to a version sent for samråd, by its own representative or entered by the kansli. A
    later answer of the same member takes the place of an earlier one, which stays to be read."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="answers", verbose_name="version")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="medlem")
    member_name = models.CharField("medlemmens namn då", max_length=200)
    on = models.DateField("datum", help_text="Dagen medlemmen svarade.")
    who = models.CharField("vem svarade", max_length=200)
    text = models.TextField("svar", blank=True)
    file = models.BinaryField("fil", null=True, blank=True)
    file_name = models.CharField("filens namn", max_length=200, blank=True)
    at = models.DateTimeField("inlagt")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="inlagt av"
    )
    by_name = models.CharField("namn", max_length=150)

    class Meta:
        ordering = ["version", "at", "pk"]
        verbose_name = "samrådssvar"
        verbose_name_plural = "samrådssvar"
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(file__isnull=False),
                name="consultation_answer_says_something",
                violation_error_message="Skriv svaret eller bifoga en fil.",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True, file_name="") | (Q(file__isnull=False) & ~Q(file_name="")),
                name="consultation_answer_file_named",
            ),
            models.CheckConstraint(condition=~Q(who="") & ~Q(by_name=""), name="consultation_answer_by"),
        ]

    def __str__(self) -> str:
        return f"{self.member_name}, {self.on}"
