"""Who signs in, and what they may do in which federation."""

from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from finsam.fields import choice_constraint
from members.models.federation import Federation, Member


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractUser):
    """A person who signs in with an e-mail address; what they may do is said by Role, per federation."""

    username = None  # type: ignore[assignment]  # the e-mail address is the name
    first_name = None  # type: ignore[assignment]  # one name field: names are not ours to split
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(
        "e-postadress", unique=True, error_messages={"unique": "E-postadressen används redan."}
    )
    name = models.CharField("namn", max_length=150)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()  # type: ignore[assignment, misc]

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_email_lower",
                violation_error_message="Skriv e-postadressen med små bokstäver.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class RoleKind(models.TextChoices):
    DIRECTOR = "director", "förbundschef"
    ADMINISTRATOR = "administrator", "administratör"
    CHAIR = "chair", "ordförande"
    VICE_CHAIR = "vice_chair", "vice ordförande"
    BOARD_MEMBER = "board_member", "ledamot"
    DEPUTY = "deputy", "ersättare"
    MEMBER_REPRESENTATIVE = "member_representative", "medlemsrepresentant"
    PREPARATORY_GROUP = "preparatory_group", "beredningsgrupp"
    AUDITOR = "auditor", "revisor"
    OBSERVER = "observer", "observatör"


class Role(models.Model):
    """What a user may do in a federation; one table in members/access.py says what each role allows."""

    user = models.ForeignKey(User, models.CASCADE, related_name="roles", verbose_name="användare")
    federation = models.ForeignKey(Federation, models.CASCADE, related_name="roles", verbose_name="förbund")
    kind = models.CharField("behörighet", max_length=30, choices=RoleKind)
    member = models.ForeignKey(
        Member,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name="för medlem",
    )

    class Meta:
        ordering = ["federation", "kind"]
        verbose_name = "behörighet"
        verbose_name_plural = "behörigheter"
        constraints = [
            choice_constraint("kind", RoleKind.values, "role_kind"),
            models.UniqueConstraint(
                fields=["user", "federation", "kind"],
                condition=Q(member__isnull=True),
                name="role_unique",
                violation_error_message="Användaren har redan den behörigheten.",
            ),
            models.UniqueConstraint(
                fields=["user", "federation", "kind", "member"],
                name="role_for_member_unique",
                violation_error_message="Användaren har redan den behörigheten.",
            ),
            models.CheckConstraint(
                condition=Q(kind="member_representative", member__isnull=False)
                | (~Q(kind="member_representative") & Q(member__isnull=True)),
                name="role_member",
                violation_error_message="En medlemsrepresentant, och bara den, företräder en medlem.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}, {self.federation}"

    def clean(self) -> None:
        super().clean()
        if self.member and self.member.federation_id != self.federation_id:
            raise ValidationError({"member": "Medlemmen hör till ett annat förbund."})
