"""The totals that a source document prints, kept beside ours."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from budgets.models.budget import Budget, BudgetGroup, BudgetLine, BudgetYear
from budgets.models.choices import Section
from finsam.fields import in_kronor, kronor


class PrintedTotal(models.Model):
    """A total as a source document prints it, kept beside ours."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="printed_totals", verbose_name="budget")
    name = models.CharField("namn", max_length=200)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "tryckt summa"
        verbose_name_plural = "tryckta summor"

    def __str__(self) -> str:
        return self.name


class PrintedTotalPart(models.Model):
    """What a printed total sums: a line, a group or a section; sections may be subtracted."""

    total = models.ForeignKey(PrintedTotal, models.CASCADE, related_name="parts", verbose_name="tryckt summa")
    line = models.ForeignKey(BudgetLine, models.CASCADE, null=True, blank=True, verbose_name="budgetpost")
    group = models.ForeignKey(BudgetGroup, models.CASCADE, null=True, blank=True, verbose_name="grupp")
    section = models.CharField("avdelning", max_length=20, choices=Section, blank=True)
    subtracted = models.BooleanField("dras ifrån", default=False)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "del av tryckt summa"
        verbose_name_plural = "delar av tryckta summor"
        constraints = [
            models.CheckConstraint(
                condition=Q(line__isnull=False, group__isnull=True, section="")
                | Q(line__isnull=True, group__isnull=False, section="")
                | (Q(line__isnull=True, group__isnull=True) & ~Q(section="")),
                name="printed_total_part_one_thing",
                violation_error_message="Ange en post, en grupp eller en avdelning.",
            ),
            models.CheckConstraint(
                condition=Q(subtracted=False) | ~Q(section=""),
                name="printed_total_part_subtracted",
                violation_error_message="Bara en avdelning kan dras ifrån.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line or self.group or self.get_section_display()}"

    def clean(self) -> None:
        super().clean()
        if not self.total_id:
            return
        if self.line and self.line.budget_id != self.total.budget_id:
            raise ValidationError({"line": "Posten hör till en annan budget än summan."})
        if self.group and self.group.budget_id != self.total.budget_id:
            raise ValidationError({"group": "Gruppen hör till en annan budget än summan."})


class PrintedTotalAmount(models.Model):
    """The printed figure of one column."""

    total = models.ForeignKey(
        PrintedTotal, models.CASCADE, related_name="amounts", verbose_name="tryckt summa"
    )
    year = models.ForeignKey(BudgetYear, models.CASCADE, related_name="printed_totals", verbose_name="kolumn")
    amount = kronor("tryckt belopp")

    class Meta:
        verbose_name = "tryckt belopp"
        verbose_name_plural = "tryckta belopp"
        constraints = [
            models.UniqueConstraint(fields=["total", "year"], name="printed_total_amount_unique"),
            in_kronor("amount", "printed_total_in_kronor"),
        ]

    def __str__(self) -> str:
        return f"{self.total}, {self.year}: {self.amount}"

    def clean(self) -> None:
        super().clean()
        if self.total_id and self.year_id and self.year.budget_id != self.total.budget_id:
            raise ValidationError({"year": "Kolumnen hör till en annan budget än summan."})
