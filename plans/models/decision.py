"""The meeting that decides a plan, as it is recorded, and the decision, which is frozen."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from finsam.fields import choice_constraint
from members.models import Appointment
from plans.models.plan import Plan
from plans.models.version import HASH, Version, hash_field


class Meeting(models.Model):
    """A meeting with the plan on its agenda: the board's, or in a new federation the members' own (FinsamL
    23 §). It is recorded until the plan is decided."""

    class DecidedBy(models.TextChoices):
        BOARD = "board", "styrelsen"
        MEMBERS = "members", "medlemmarna (nytt förbund, 23 §)"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="meetings", verbose_name="verksamhetsplan")
    decided_by = models.CharField("beslutas av", max_length=10, choices=DecidedBy, default=DecidedBy.BOARD)
    on = models.DateField("datum")
    place = models.CharField("plats", max_length=200)
    paragraph = models.CharField("paragraf", max_length=20, help_text="Till exempel 45.")
    is_public = models.BooleanField("offentligt", default=False)
    announced_on = models.DateField("kungjort", null=True, blank=True)
    secretary = models.CharField("sekreterare", max_length=150, blank=True)
    approver = models.CharField("justerare", max_length=150, blank=True)
    is_voted = models.BooleanField("votering begärd", default=False)
    revision = models.PositiveIntegerField("ändrat så många gånger", default=0, editable=False)

    class Meta:
        ordering = ["plan", "on", "pk"]
        verbose_name = "sammanträde"
        verbose_name_plural = "sammanträden"
        constraints = [
            choice_constraint("decided_by", ["board", "members"], "meeting_decided_by"),
            models.CheckConstraint(
                condition=Q(announced_on__isnull=True) | Q(announced_on__lte=F("on")),
                name="meeting_announced_before",
                violation_error_message="Sammanträdet kungörs senast samma dag som det hålls.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} § {self.paragraph}"


class Participant(models.Model):
    """Somebody at a meeting, or who should have been there. `serves_for` is the ledamot whose place a deputy
    takes. Who is jävig neither takes part nor is present (KL 6:28–32)."""

    class Post(models.TextChoices):
        CHAIR = "chair", "ordförande"
        VICE_CHAIR = "vice_chair", "vice ordförande"
        ORDINARY = "ordinary", "ledamot"
        DEPUTY = "deputy", "ersättare"

    class Vote(models.TextChoices):
        YES = "yes", "ja"
        NO = "no", "nej"
        ABSTAINS = "abstains", "avstår"

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="participants", verbose_name="sammanträde"
    )
    appointment = models.ForeignKey(
        Appointment, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="uppdrag"
    )
    position = models.PositiveSmallIntegerField("ordning", default=0)
    name = models.CharField("namn", max_length=150)
    post = models.CharField("uppdrag", max_length=20, choices=Post)
    member_names = models.CharField("för", max_length=300, blank=True)
    deputy_order = models.PositiveSmallIntegerField("ersättare nummer", null=True, blank=True)
    is_present = models.BooleanField("närvarande", default=False)
    at_distance = models.BooleanField("på distans", default=False)
    presides = models.BooleanField("leder sammanträdet", default=False)
    serves_for = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="tjänstgör för",
    )
    conflict_of_interest = models.CharField("jäv", max_length=300, blank=True)
    vote = models.CharField("röst", max_length=10, choices=Vote, blank=True)
    reservation = models.TextField("reservation", blank=True)

    class Meta:
        ordering = ["meeting", "position", "pk"]
        verbose_name = "deltagare"
        verbose_name_plural = "deltagare"
        constraints = [
            choice_constraint("post", ["chair", "vice_chair", "ordinary", "deputy"], "participant_post"),
            choice_constraint("vote", ["", "yes", "no", "abstains"], "participant_vote"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(presides=True),
                name="participant_one_presides",
                violation_error_message="En person leder sammanträdet.",
            ),
            models.CheckConstraint(
                condition=Q(is_present=True)
                | Q(at_distance=False, presides=False, serves_for__isnull=True, vote="", reservation=""),
                name="participant_absent_does_nothing",
                violation_error_message="Den som inte är närvarande kan varken tjänstgöra eller rösta.",
            ),
            models.CheckConstraint(
                condition=Q(conflict_of_interest="")
                | Q(presides=False, serves_for__isnull=True, vote="", reservation=""),
                name="participant_with_conflict_takes_no_part",
                violation_error_message="Den som är jävig deltar inte i ärendet.",
            ),
            models.CheckConstraint(
                condition=Q(serves_for__isnull=True) | Q(post="deputy"),
                name="participant_deputy_serves",
                violation_error_message="Bara en ersättare tjänstgör för någon annan.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DecisionSentence(models.Model):
    """One att-sats of the decision, in order."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="sentences", verbose_name="sammanträde")
    position = models.PositiveSmallIntegerField("ordning", default=0)
    text = models.TextField("att-sats")

    class Meta:
        ordering = ["meeting", "position", "pk"]
        verbose_name = "att-sats"
        verbose_name_plural = "att-satser"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="decision_sentence_text")]

    def __str__(self) -> str:
        return self.text[:80]


class Decision(models.Model):
    """The adoption of a version: what was recorded of the meeting, frozen as canonical JSON."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="decision", verbose_name="version")
    plan = models.OneToOneField(Plan, models.PROTECT, related_name="decision", verbose_name="verksamhetsplan")
    decided_on = models.DateField("beslutad")
    paragraph = models.CharField("paragraf", max_length=20)
    content = models.TextField("innehåll")
    content_hash = hash_field("innehållets kontrollsumma")
    hash = hash_field("kontrollsumma", unique=True)
    at = models.DateTimeField("fastställd i Finsam")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vem")
    by_name = models.CharField("namn", max_length=150)

    class Meta:
        ordering = ["plan"]
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        constraints = [
            models.CheckConstraint(
                condition=Q(hash__regex=HASH) & Q(content_hash__regex=HASH), name="decision_hashed"
            ),
            models.CheckConstraint(condition=~Q(by_name=""), name="decision_by"),
        ]

    def __str__(self) -> str:
        return f"{self.decided_on} § {self.paragraph}"


class DecisionFile(models.Model):
    """A file made at the adoption: the adopted plan, and the extract of the protocol."""

    class Kind(models.TextChoices):
        PLAN_PDF = "plan_pdf", "den fastställda planen som PDF"
        PLAN_DOCX = "plan_docx", "den fastställda planen som Word-fil"
        BUDGET_PDF = "budget_pdf", "den fastställda budgeten som PDF"
        PROTOCOL_PDF = "protocol_pdf", "protokollsutdrag"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="files", verbose_name="beslut")
    kind = models.CharField("slag", max_length=20, choices=Kind)
    content = models.BinaryField("innehåll")
    size = models.PositiveIntegerField("storlek i byte")
    hash = hash_field("kontrollsumma")

    class Meta:
        ordering = ["decision", "kind"]
        verbose_name = "fil till ett beslut"
        verbose_name_plural = "filer till beslut"
        indexes = [models.Index(fields=["hash"], name="decision_file_hash")]
        constraints = [
            models.UniqueConstraint(fields=["decision", "kind"], name="decision_file_unique"),
            choice_constraint(
                "kind", ["plan_pdf", "plan_docx", "budget_pdf", "protocol_pdf"], "decision_file_kind"
            ),
            models.CheckConstraint(condition=Q(hash__regex=HASH), name="decision_file_hashed"),
        ]

    def __str__(self) -> str:
        return f"{self.decision}, {self.get_kind_display()}"
