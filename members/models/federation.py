"""What the federation is: its members, the people they appoint, and its own limits."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.signals import post_delete
from stdnum.exceptions import ValidationError as NumberError
from stdnum.se import orgnr

from finsam.fields import (
    PartialDateField,
    choice_constraint,
    partial_date_constraint,
    period_constraint,
)
from finsam.partial_date import PartialDate, period
from members.models.surroundings import Counted, count_removal


def validate_organisation_number(value: str) -> None:
    try:
        orgnr.validate(value)
    except NumberError:
        raise ValidationError(
            f"{value} är inget svenskt organisationsnummer: kontrollsiffran eller längden stämmer inte."
        ) from None


RESERVED_SLUGS = (
    "admin",
    "guide",
    "halsa",
    "inbjudan",
    "konto",
    "kontrollera",
    "logga-in",
    "logga-ut",
    "publicerat",
    "regler",
    "static",
    "tillganglighet",
)
"""First words of addresses that are not federations."""


class Federation(models.Model):
    """A samordningsförbund (FinsamL 4 §): the legal person that every other row belongs to."""

    class Unit(models.TextChoices):
        SEK = "SEK", "kronor (kr)"
        KSEK = "kSEK", "tusental kronor (tkr)"

    name = models.CharField("namn", max_length=200)
    short_name = models.CharField("kort namn", max_length=60)
    slug = models.SlugField("adressnamn", unique=True)
    organisation_number = models.CharField(
        "organisationsnummer", max_length=11, blank=True, validators=[validate_organisation_number]
    )
    seat = models.CharField("säte", max_length=100, blank=True)
    formed_on = PartialDateField("bildat")
    unit = models.CharField("visa belopp i", max_length=4, choices=Unit, default=Unit.SEK)
    surroundings = models.PositiveIntegerField(
        "ändringar av medlemmar, gränser och insatser", default=0, editable=False
    )
    second_factor_demanded = models.BooleanField(
        "kräv andra faktor av dem som ändrar eller beslutar", default=True
    )

    class Meta:
        ordering = ["name"]
        verbose_name = "samordningsförbund"
        verbose_name_plural = "samordningsförbund"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_number"],
                condition=~Q(organisation_number=""),
                name="federation_organisation_number_unique",
            ),
            models.CheckConstraint(
                condition=Q(organisation_number="") | Q(organisation_number__regex=r"^\d{6}-\d{4}$"),
                name="federation_organisation_number_form",
                violation_error_message="Skriv organisationsnumret som NNNNNN-NNNN.",
            ),
            models.CheckConstraint(condition=Q(unit__in=["SEK", "kSEK"]), name="federation_unit"),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="federation_slug_free",
                violation_error_message="Det adressnamnet används av Finsam självt.",
            ),
            partial_date_constraint("formed_on", "federation_formed_on"),
        ]

    def __str__(self) -> str:
        return self.name

    def formed(self) -> PartialDate | None:
        return PartialDate(self.formed_on) if self.formed_on else None


class EarlierName(models.Model):
    """A name the federation had before."""

    federation = models.ForeignKey(
        Federation, models.CASCADE, related_name="earlier_names", verbose_name="förbund"
    )
    name = models.CharField("namn", max_length=200)
    used_from = PartialDateField("från")
    used_until = PartialDateField("till")

    class Meta:
        ordering = ["used_from", "name"]
        verbose_name = "tidigare namn"
        verbose_name_plural = "tidigare namn"
        constraints = [
            models.UniqueConstraint(fields=["federation", "name"], name="earlier_name_unique"),
            partial_date_constraint("used_from", "earlier_name_used_from"),
            partial_date_constraint("used_until", "earlier_name_used_until"),
        ]

    def __str__(self) -> str:
        return self.name


class PolicyKind(models.TextChoices):
    EQUITY_HIGHEST = "equity_highest", "högsta eget kapital (kr)"
    EQUITY_LOWEST = "equity_lowest", "lägsta eget kapital (kr)"
    EQUITY_LIMITS_SUSPENDED = (
        "equity_limits_suspended",
        "gränserna för eget kapital gäller inte",
    )
    EQUITY_GOAL = "equity_goal", "mål för eget kapital (kr)"
    ADMINISTRATION_CEILING = "administration_ceiling", "högsta administrationsandel (%)"
    PROJECT_PERIOD = "project_period", "längsta tid för en insats (månader)"


class Policy(Counted):
    """A limit that the federation has set for itself, or an override of a recommendation."""

    federation = models.ForeignKey(
        Federation, models.CASCADE, related_name="policies", verbose_name="förbund"
    )
    kind = models.CharField("gräns", max_length=30, choices=PolicyKind)
    value = models.DecimalField("värde", max_digits=14, decimal_places=2, null=True, blank=True)
    first_year = models.PositiveSmallIntegerField("från och med år")
    last_year = models.PositiveSmallIntegerField("till och med år", null=True, blank=True)
    source = models.CharField("beslutad i", max_length=200)

    class Meta:
        ordering = ["kind", "first_year"]
        verbose_name = "egen gräns"
        verbose_name_plural = "egna gränser"
        constraints = [
            models.UniqueConstraint(fields=["federation", "kind", "first_year"], name="policy_unique"),
            choice_constraint("kind", PolicyKind.values, "policy_kind"),
            models.CheckConstraint(
                condition=Q(kind="equity_limits_suspended", value__isnull=True)
                | (~Q(kind="equity_limits_suspended") & Q(value__isnull=False, value__gte=0)),
                name="policy_value",
                violation_error_message="Ange ett värde, noll eller mer (inget när gränserna inte gäller).",
            ),
            models.CheckConstraint(
                condition=Q(first_year__gte=2004, first_year__lte=2100),
                name="policy_first_year",
                violation_error_message="Första året ska vara från 2004 till 2100.",
            ),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="policy_years",
                violation_error_message="Sista året är före det första.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"

    def clean(self) -> None:
        super().clean()
        if self.kind == PolicyKind.ADMINISTRATION_CEILING and self.value is not None and self.value > 100:
            raise ValidationError({"value": "Andelen är högst 100 procent."})


class Member(Counted):
    """A party of the federation (FinsamL 3 §). Försäkringskassan and Arbetsförmedlingen are two members
    and one payer: both are of kind state."""

    class Kind(models.TextChoices):
        STATE = "state", "staten"
        REGION = "region", "region"
        MUNICIPALITY = "municipality", "kommun"
        REGION_MUNICIPALITY = "region_municipality", "kommun utanför region"

    federation = models.ForeignKey(Federation, models.CASCADE, related_name="members", verbose_name="förbund")
    name = models.CharField("namn", max_length=150)
    kind = models.CharField("slag", max_length=20, choices=Kind)
    position = models.PositiveSmallIntegerField("ordning", default=0)
    joined = PartialDateField("medlem från")
    left = PartialDateField("medlem till")
    condition = models.CharField("under förutsättning av", max_length=300, blank=True)
    agreed_share = models.DecimalField(
        "andel inom sin kvart (%)",
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
        help_text="Vad kommunerna, eller regionerna, kommit överens om inom sin fjärdedel (5 § 2–3 st.).",
    )

    class Meta:
        ordering = ["position", "name"]
        verbose_name = "medlem"
        verbose_name_plural = "medlemmar"
        constraints = [
            models.UniqueConstraint(fields=["federation", "name"], name="member_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=["state", "region", "municipality", "region_municipality"]),
                name="member_kind",
            ),
            models.CheckConstraint(
                condition=Q(agreed_share__isnull=True) | Q(agreed_share__gte=0, agreed_share__lte=100),
                name="member_agreed_share",
                violation_error_message="Andelen ska vara mellan 0 och 100 procent.",
            ),
            period_constraint("joined", "left", "member_left_after_joined", "Utträdet är före inträdet."),
            partial_date_constraint("joined", "member_joined"),
            partial_date_constraint("left", "member_left"),
        ]

    def __str__(self) -> str:
        return self.name


class Body(models.TextChoices):
    BOARD = "board", "styrelse"
    PREPARATORY_GROUP = "preparatory_group", "beredningsgrupp"
    AUDIT = "audit", "revision"
    OFFICE = "office", "kansli"
    OTHER = "other", "annat organ"


class Post(models.TextChoices):
    CHAIR = "chair", "ordförande"
    VICE_CHAIR = "vice_chair", "vice ordförande"
    ORDINARY = "ordinary", "ledamot"
    DEPUTY = "deputy", "ersättare"
    AUDITOR = "auditor", "revisor"
    DEPUTY_AUDITOR = "deputy_auditor", "revisorsersättare"
    DIRECTOR = "director", "förbundschef"
    STAFF = "staff", "tjänsteperson"


class Appointment(models.Model):
    """A person's post in a body, for one or more members, in a period.

    Staff are given by post and employer only; elected and appointed people by name, since the
    office is public.
    """

    federation = models.ForeignKey(
        Federation, models.CASCADE, related_name="appointments", verbose_name="förbund"
    )
    body = models.CharField("organ", max_length=20, choices=Body)
    body_name = models.CharField("organets eget namn", max_length=150, blank=True)
    post = models.CharField("uppdrag", max_length=20, choices=Post)
    title = models.CharField("titel", max_length=150, blank=True)
    person = models.CharField("person", max_length=150, blank=True)
    employer = models.CharField("arbetsgivare", max_length=150, blank=True)
    party = models.CharField("partibeteckning", max_length=20, blank=True)
    members = models.ManyToManyField(Member, blank=True, related_name="appointments", verbose_name="utses av")
    deputy_order = models.PositiveSmallIntegerField("ersättarens ordning", null=True, blank=True)
    starts = PartialDateField("från")
    ends = PartialDateField("till")
    position = models.PositiveSmallIntegerField("ordning", default=0)
    note = models.CharField("anmärkning", max_length=300, blank=True)

    class Meta:
        ordering = ["body", "position", "pk"]
        verbose_name = "uppdrag"
        verbose_name_plural = "uppdrag"
        constraints = [
            choice_constraint("body", Body.values, "appointment_body"),
            choice_constraint("post", Post.values, "appointment_post"),
            models.CheckConstraint(
                condition=Q(deputy_order__isnull=True) | Q(post__in=["deputy", "deputy_auditor"]),
                name="appointment_deputy_order",
                violation_error_message="Bara en ersättare har en ordning.",
            ),
            period_constraint("starts", "ends", "appointment_period", "Uppdraget slutar innan det börjar."),
            partial_date_constraint("starts", "appointment_starts"),
            partial_date_constraint("ends", "appointment_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.title or self.get_post_display()}, {self.get_body_display()}"

    def period(self) -> str:
        """The period as Swedish text."""
        return period(self.starts, self.ends)


for counted in (Policy, Member):
    post_delete.connect(count_removal, sender=counted)
