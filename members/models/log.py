"""What was done to who may do what in a federation. Only ever added to: see finsam/frozen_tables.py."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from finsam.fields import choice_constraint
from finsam.frozen_tables import freeze
from members.models.federation import Federation
from members.models.users import RoleKind


class AccessChange(models.Model):
    """A change of access. `role` is what was given or taken, in the member's name for who represents one;
    `person` whom it is about, when it is a person with an account, and `person_name` what they were called.
    """

    class Kind(models.TextChoices):
        ROLE_GIVEN = "role_given", "behörighet given"
        ROLE_WITHDRAWN = "role_withdrawn", "behörighet borttagen"
        INVITED = "invited", "inbjudan skickad"
        INVITED_AGAIN = "invited_again", "inbjudan skickad igen"
        INVITATION_REVOKED = "invitation_revoked", "inbjudan återkallad"
        INVITATION_ACCEPTED = "invitation_accepted", "inbjudan antagen"
        ACCOUNT_CLOSED = "account_closed", "konto avstängt"
        ACCOUNT_OPENED = "account_opened", "konto öppnat"
        FACTOR_DEMANDED = "factor_demanded", "andra faktor krävs"
        FACTOR_WAIVED = "factor_waived", "andra faktor krävs inte"

    federation = models.ForeignKey(
        Federation, models.PROTECT, related_name="access_changes", verbose_name="förbund"
    )
    kind = models.CharField("vad", max_length=20, choices=Kind)
    role = models.CharField("behörighet", max_length=30, choices=RoleKind, blank=True)
    member_name = models.CharField("för medlem", max_length=150, blank=True)
    # An account that is removed leaves its changes as they are.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        verbose_name="för vem",
    )
    person_name = models.CharField("namn på den det gäller", max_length=420, blank=True)
    at = models.DateTimeField("när")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vem")
    by_name = models.CharField("namn", max_length=150)

    class Meta:
        ordering = ["federation", "at", "pk"]
        verbose_name = "ändring av behörigheter"
        verbose_name_plural = "ändringar av behörigheter"
        indexes = [models.Index(fields=["federation", "at"], name="access_change_at")]
        constraints = [
            choice_constraint(
                "kind",
                [
                    "role_given",
                    "role_withdrawn",
                    "invited",
                    "invited_again",
                    "invitation_revoked",
                    "invitation_accepted",
                    "account_closed",
                    "account_opened",
                    "factor_demanded",
                    "factor_waived",
                ],
                "access_change_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["factor_demanded", "factor_waived"], person_name="")
                | (~Q(kind__in=["factor_demanded", "factor_waived"]) & ~Q(person_name="")),
                name="access_change_person",
                violation_error_message="Säg vem ändringen gäller, utom när den gäller hela förbundet.",
            ),
            models.CheckConstraint(condition=~Q(by_name=""), name="access_change_by"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person_name or self.federation}"


freeze("members.AccessChange")
