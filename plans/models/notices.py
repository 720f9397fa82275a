"""What users are told by e-mail: that it is their turn, or what has happened since."""

from django.conf import settings
from django.db import models

from finsam.fields import choice_constraint
from members.models import Federation
from plans.models.version import Version


class Notice(models.Model):
    """Something one user is told. `key` says what it is about, so that nobody is told the same twice."""

    class Kind(models.TextChoices):
        TURN = "turn", "det är din tur"
        NEWS = "news", "det har hänt något"
        REMINDER = "reminder", "påminnelse"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="till"
    )
    federation = models.ForeignKey(Federation, models.CASCADE, related_name="+", verbose_name="förbund")
    version = models.ForeignKey(
        Version, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="version"
    )
    kind = models.CharField("slag", max_length=10, choices=Kind)
    key = models.CharField("vad det gäller", max_length=200)
    sentence = models.TextField("vad det säger")
    address = models.CharField("var", max_length=300, help_text="Sidans hela adress.")
    made_at = models.DateTimeField("när")
    mailed_at = models.DateTimeField("skickat", null=True, blank=True)

    class Meta:
        ordering = ["user", "made_at", "pk"]
        verbose_name = "meddelande"
        verbose_name_plural = "meddelanden"
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notice_unique"),
            choice_constraint("kind", ["turn", "news", "reminder"], "notice_kind"),
        ]

    def __str__(self) -> str:
        return self.sentence


class NoticeChoice(models.Model):
    """How a user wants to be told. Without one: at once when it is their turn, the rest once a day."""

    class How(models.TextChoices):
        AT_ONCE = "at_once", "genast"
        DAILY = "daily", "samlat, en gång om dagen"
        NEVER = "never", "aldrig"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_choice", verbose_name="användare"
    )
    turn = models.CharField("när det är min tur", max_length=10, choices=How, default=How.AT_ONCE)
    news = models.CharField("när något har hänt", max_length=10, choices=How, default=How.DAILY)

    class Meta:
        verbose_name = "val av meddelanden"
        verbose_name_plural = "val av meddelanden"
        constraints = [
            choice_constraint("turn", ["at_once", "daily", "never"], "notice_choice_turn"),
            choice_constraint("news", ["at_once", "daily", "never"], "notice_choice_news"),
        ]

    def __str__(self) -> str:
        return f"{self.user}"
