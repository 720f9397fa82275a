"""What belongs to an insats: planned participants, who else pays, what the board decided."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.signals import post_delete, post_save

from finsam.fields import PartialDateField, in_kronor, kronor
from finsam.partial_date import PATTERN, PartialDate
from members.models import Member
from members.models.surroundings import count_removal
from projects.models.project import Project

FIRST_YEAR, LAST_YEAR = 2004, 2100


class PlannedParticipants(models.Model):
    """How many people an insats plans to reach in a calendar year (Uppföljning Finsam)."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="planned_participants", verbose_name="insats"
    )
    year = models.PositiveSmallIntegerField("år")
    number = models.PositiveIntegerField("antal deltagare")

    class Meta:
        ordering = ["year"]
        verbose_name = "planerade deltagare"
        verbose_name_plural = "planerade deltagare"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "year"],
                name="planned_participants_unique",
                violation_error_message="Det året är redan inlagt.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="planned_participants_year",
                violation_error_message="Året ska vara från 2004 (lag 2003:1210) till 2100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.number} deltagare"

    @property
    def federation_id(self) -> int:
        return self.project.federation_id


class Financer(models.Model):
    """Who else than the federation pays for an insats in a year, with money or with staff of its own. The
    federation's money is in its budget."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="financers", verbose_name="insats")
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="financing",
        verbose_name="medlem",
    )
    name = models.CharField("annan finansiär", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField("år")
    amount = kronor("belopp", null=True, blank=True)
    note = models.CharField("anmärkning", max_length=200, blank=True)

    class Meta:
        ordering = ["year", "pk"]
        verbose_name = "annan finansiering"
        verbose_name_plural = "annan finansiering"
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, name="") | (Q(member__isnull=True) & ~Q(name="")),
                name="financer_one",
                violation_error_message="Välj en medlem eller skriv en annan finansiär, en av dem.",
            ),
            models.UniqueConstraint(
                fields=["project", "member", "year", "note"],
                name="financer_member_unique",
                violation_error_message="Medlemmen finns redan för det året. Skriv en egen anmärkning.",
            ),
            models.UniqueConstraint(
                fields=["project", "name", "year", "note"],
                condition=~Q(name=""),
                name="financer_name_unique",
                violation_error_message="Finansiären finns redan för det året. Skriv en egen anmärkning.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="financer_year",
                violation_error_message="Året ska vara från 2004 (lag 2003:1210) till 2100.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="financer_amount",
                violation_error_message="Finansieringen är noll eller mer.",
            ),
            in_kronor("amount", "financer_in_kronor"),
        ]

    def __str__(self) -> str:
        return f"{self.who} {self.year}"

    @property
    def who(self) -> str:
        return self.member.name if self.member else self.name

    @property
    def federation_id(self) -> int:
        return self.project.federation_id

    def clean(self) -> None:
        super().clean()
        if self.member and self.project_id and self.member.federation_id != self.project.federation_id:
            raise ValidationError({"member": "Medlemmen hör till ett annat förbund."})


class BoardDecision(models.Model):
    """What the board decided about an insats, when, and for which years and money."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="decisions", verbose_name="insats")
    date = PartialDateField("datum", blank=False)
    paragraph = models.CharField("paragraf", max_length=40, blank=True)
    decision = models.CharField("vad styrelsen beslutade", max_length=500)
    amount = kronor("belopp", null=True, blank=True)
    first_year = models.PositiveSmallIntegerField("från och med år", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField("till och med år", null=True, blank=True)

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = "styrelsebeslut"
        verbose_name_plural = "styrelsebeslut"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "date", "paragraph", "decision"],
                name="board_decision_unique",
                violation_error_message="Beslutet är redan inlagt.",
            ),
            models.CheckConstraint(
                condition=Q(date__regex=PATTERN),
                name="board_decision_date",
                violation_error_message="Skriv datumet som ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD.",
            ),
            models.CheckConstraint(
                condition=~Q(decision=""),
                name="board_decision_says",
                violation_error_message="Skriv vad styrelsen beslutade.",
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True, last_year__isnull=True)
                | (
                    Q(first_year__isnull=False, first_year__gte=FIRST_YEAR, first_year__lte=LAST_YEAR)
                    & (
                        Q(last_year__isnull=True)
                        | Q(last_year__gte=F("first_year"), last_year__lte=LAST_YEAR)
                    )
                ),
                name="board_decision_years",
                violation_error_message="Åren ska vara från 2004 till 2100, det första först.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="board_decision_amount",
                violation_error_message="Beloppet är noll eller mer.",
            ),
            in_kronor("amount", "board_decision_in_kronor"),
        ]

    def __str__(self) -> str:
        return f"{self.when} {self.paragraph}".rstrip()

    @property
    def when(self) -> str:
        """The date as Swedish text."""
        return str(PartialDate(self.date))

    @property
    def years(self) -> str:
        """The years it is about, as text; empty when it does not say."""
        if self.first_year is None:
            return ""
        if self.last_year is None:
            return f"från {self.first_year}"
        if self.last_year == self.first_year:
            return str(self.first_year)
        return f"{self.first_year}\u2013{self.last_year}"

    @property
    def federation_id(self) -> int:
        return self.project.federation_id


def count_row(sender: Any, instance: Any, **details: Any) -> None:
    count_removal(sender, instance)


for _model in (PlannedParticipants, Financer, BoardDecision):
    post_save.connect(count_row, sender=_model)
    post_delete.connect(count_row, sender=_model)
