"""Invitations by e-mail to a role in a federation."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from finsam.fields import choice_constraint
from members.models.federation import Federation, Member
from members.models.users import RoleKind

DAYS_VALID = 14
OPEN = Q(accepted_at__isnull=True, revoked_at__isnull=True)


def two_weeks_from_now() -> datetime:
    return timezone.now() + timedelta(days=DAYS_VALID)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked; perhaps out of date."""
        return self.filter(OPEN)


class Invitation(models.Model):
    """A role that waits for a person to accept it. The link in the mail holds a secret; only its SHA-256
    is kept, so that who reads the table cannot accept anything."""

    federation = models.ForeignKey(
        Federation, models.CASCADE, related_name="invitations", verbose_name="förbund"
    )
    email = models.EmailField("e-postadress")
    name = models.CharField("namn", max_length=150)
    kind = models.CharField("behörighet", max_length=30, choices=RoleKind)
    member = models.ForeignKey(
        Member, models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name="för medlem"
    )
    token_hash = models.CharField("länkens kontrollsumma", max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="invitations_made",
        verbose_name="inbjuden av",
    )
    made_at = models.DateTimeField("inbjuden", default=timezone.now)
    sent_at = models.DateTimeField("brevet skickat", null=True, blank=True)
    expires_at = models.DateTimeField("gäller till", default=two_weeks_from_now)
    accepted_at = models.DateTimeField("antagen", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations_accepted",
        verbose_name="antagen av",
    )
    revoked_at = models.DateTimeField("återkallad", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "inbjudan"
        verbose_name_plural = "inbjudningar"
        constraints = [
            choice_constraint("kind", RoleKind.values, "invitation_kind"),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="invitation_email_lower",
                violation_error_message="Skriv e-postadressen med små bokstäver.",
            ),
            models.CheckConstraint(
                condition=Q(("token_hash__regex", "^[0-9a-f]{64}$")),
                name="invitation_token_hash",
                violation_error_message="Kontrollsumman har fel form.",
            ),
            models.CheckConstraint(
                condition=Q(kind="member_representative", member__isnull=False)
                | (~Q(kind="member_representative") & Q(member__isnull=True)),
                name="invitation_member",
                violation_error_message="En medlemsrepresentant, och bara den, företräder en medlem.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="invitation_expires",
                violation_error_message="Inbjudan går ut innan den görs.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_one_end",
                violation_error_message="En inbjudan är antagen eller återkallad, inte båda.",
            ),
            models.CheckConstraint(  # the person may be deleted afterwards, the time stays
                condition=Q(accepted_by__isnull=True) | Q(accepted_at__isnull=False),
                name="invitation_accepted",
                violation_error_message="Den som antar en inbjudan gör det vid en tid.",
            ),
            models.UniqueConstraint(
                fields=["federation", "email", "kind"],
                condition=OPEN & Q(member__isnull=True),
                name="invitation_unique",
                violation_error_message="Personen är redan inbjuden till den behörigheten.",
            ),
            models.UniqueConstraint(
                fields=["federation", "email", "kind", "member"],
                condition=OPEN & Q(member__isnull=False),
                name="invitation_for_member_unique",
                violation_error_message="Personen är redan inbjuden till den behörigheten.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_kind_display()}, {self.federation}"

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()
        if self.member and self.member.federation_id != self.federation_id:
            raise ValidationError({"member": "Medlemmen hör till ett annat förbund."})

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None

    @property
    def is_out_of_date(self) -> bool:
        return self.is_open and self.expires_at <= timezone.now()

    @property
    def is_valid(self) -> bool:
        return self.is_open and not self.is_out_of_date
