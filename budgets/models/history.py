"""What was done to a budget: who, when, and each row before and after. Only ever added to."""

from django.conf import settings
from django.db import models

from budgets.models.budget import Budget
from finsam.fields import choice_constraint


class Change(models.Model):
    """One thing a user did. Numbered from 1 within its budget, without gaps."""

    class Kind(models.TextChoices):
        EDIT = "edit", "ändring"
        UNDO = "undo", "ångrad"
        REDO = "redo", "gjord om"

    class Action(models.TextChoices):
        AMOUNT = "amount", "belopp"
        NOTE = "note", "anmärkning"
        PASTE = "paste", "inklistring"
        FILL = "fill", "ifyllnad åt höger"
        ADD_LINE = "add_line", "ny post"
        EDIT_LINE = "edit_line", "ändrad post"
        MOVE_LINE = "move_line", "flyttad post"
        REMOVE_LINE = "remove_line", "borttagen post"
        RENAME_GROUP = "rename_group", "ändrad grupp"
        ADD_YEAR = "add_year", "ny kolumn"
        EDIT_YEAR = "edit_year", "ändrad kolumn"
        REMOVE_YEAR = "remove_year", "borttagen kolumn"
        REMOVE_TOTALS = "remove_totals", "borttagna tryckta summor"
        IMPORT = "import", "inläsning"

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="changes", verbose_name="budget")
    number = models.PositiveIntegerField("nummer")
    kind = models.CharField("slag", max_length=4, choices=Kind, default=Kind.EDIT)
    action = models.CharField("vad", max_length=20, choices=Action)
    undoes = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="undone_by", verbose_name="gäller ändring"
    )
    made_at = models.DateTimeField("när", auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="vem"
    )
    made_by_name = models.CharField("namn", max_length=150)
    sitting = models.CharField("sittning", max_length=32, help_text="Från en inloggning till nästa.")

    class Meta:
        ordering = ["budget", "number"]
        verbose_name = "ändring"
        verbose_name_plural = "ändringar"
        constraints = [
            models.UniqueConstraint(fields=["budget", "number"], name="change_number_unique"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="change_number_from_one"),
            choice_constraint("kind", ["edit", "undo", "redo"], "change_kind"),
            models.CheckConstraint(
                condition=models.Q(kind="edit", undoes__isnull=True)
                | (~models.Q(kind="edit") & models.Q(undoes__isnull=False)),
                name="change_undoes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.budget}, ändring {self.number}: {self.get_action_display()}"


class ChangeStep(models.Model):
    """One row before and after (budgets/editing/steps.py), named by its primary key: it may be gone."""

    change = models.ForeignKey(Change, models.CASCADE, related_name="steps", verbose_name="ändring")
    position = models.PositiveIntegerField("ordning")
    table = models.CharField("tabell", max_length=20)
    row = models.BigIntegerField("rad")
    year = models.BigIntegerField("kolumn", null=True)
    before = models.JSONField("före", null=True)
    after = models.JSONField("efter", null=True)

    class Meta:
        ordering = ["change", "position"]
        verbose_name = "steg i en ändring"
        verbose_name_plural = "steg i ändringar"
        constraints = [
            models.UniqueConstraint(fields=["change", "position"], name="change_step_position_unique"),
        ]
        indexes = [models.Index(fields=["table", "row", "year"], name="change_step_row")]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
