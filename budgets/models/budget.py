"""The budget of one plan: its columns, groups, lines and amounts."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from budgets.models.choices import LineClass, MemberKind, Section
from finsam.fields import (
    PartialDateField,
    choice_constraint,
    in_kronor,
    kronor,
    partial_date_constraint,
)
from members.models import Federation, Member
from projects.models import Project


class CurrentBudgets(models.Manager["Budget"]):
    """The budgets that are worked in: of each plan year the latest revision."""

    def get_queryset(self) -> models.QuerySet["Budget"]:
        return super().get_queryset().filter(is_current=True)


class Budget(models.Model):
    """The columns and lines of one plan. `is_open` is the gate and the lock that editing and adoption
    compete for. A plan that is revised after its adoption gets a new budget; the earlier is not current."""

    federation = models.ForeignKey(Federation, models.CASCADE, related_name="budgets", verbose_name="förbund")
    plan_year = models.PositiveSmallIntegerField(
        "planår",
        null=True,
        blank=True,
        help_text="Första året som planeras; tomt om allt är utfall.",
    )
    unit = models.CharField("källans enhet", max_length=4, choices=Federation.Unit)
    source = models.CharField("källa", max_length=200, blank=True)
    is_open = models.BooleanField("öppen för ändring", default=True)
    is_current = models.BooleanField("den som arbetas i", default=True, editable=False)
    last_change = models.PositiveIntegerField("senaste ändringens nummer", default=0, editable=False)
    stated_base = kronor("källans underlag för gränserna", null=True, blank=True)
    stated_highest = kronor("källans högsta eget kapital", null=True, blank=True)
    stated_lowest = kronor("källans lägsta eget kapital", null=True, blank=True)
    stated_by = models.CharField("gränserna angivna av", max_length=200, blank=True)

    objects = CurrentBudgets()
    every = models.Manager["Budget"]()

    class Meta:
        ordering = ["-plan_year"]
        verbose_name = "budget"
        verbose_name_plural = "budgetar"
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "plan_year"], condition=Q(is_current=True), name="budget_unique"
            ),
            models.CheckConstraint(
                condition=Q(is_current=True) | Q(is_open=False),
                name="budget_earlier_closed",
                violation_error_message="Budgeten är ersatt av en reviderad och kan inte öppnas.",
            ),
            models.CheckConstraint(
                condition=Q(plan_year__isnull=True) | Q(plan_year__gte=2004, plan_year__lte=2100),
                name="budget_plan_year",
                violation_error_message="Planåret ska vara 2004 eller senare (lag 2003:1210).",
            ),
            models.CheckConstraint(condition=Q(unit__in=["SEK", "kSEK"]), name="budget_unit"),
            models.CheckConstraint(
                condition=Q(stated_base__isnull=True, stated_highest__isnull=True, stated_lowest__isnull=True)
                | Q(stated_base__isnull=False, stated_highest__isnull=False, stated_lowest__isnull=False),
                name="budget_stated_limits",
                violation_error_message="Ange källans underlag, högsta och lägsta nivå, eller ingen av dem.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.federation.short_name}, budget {self.plan_year or ''}".rstrip()


class BudgetYear(models.Model):
    """A column. A year may stand in several: budget, forecast, outcome …"""

    class Kind(models.TextChoices):
        OUTCOME = "outcome", "utfall"
        FORECAST = "forecast", "prognos"
        REVISED = "revised", "reviderad budget"
        BUDGET = "budget", "budget"
        PLAN = "plan", "plan"

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="years", verbose_name="budget")
    year = models.PositiveSmallIntegerField("år")
    kind = models.CharField("slag", max_length=10, choices=Kind)
    label = models.CharField("beteckning", max_length=60, blank=True)
    starts = models.DateField("från", null=True, blank=True)
    ends = models.DateField("till", null=True, blank=True)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "budgetår"
        verbose_name_plural = "budgetår"
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "year", "kind", "label"],
                name="budget_year_unique",
                violation_error_message="Det finns redan en kolumn med samma år, slag och beteckning.",
            ),
            models.CheckConstraint(condition=Q(year__gte=2004, year__lte=2100), name="budget_year_year"),
            models.CheckConstraint(
                condition=Q(kind__in=["outcome", "forecast", "revised", "budget", "plan"]),
                name="budget_year_kind",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True)
                | Q(
                    starts__isnull=False,
                    ends__isnull=False,
                    starts__year=F("year"),
                    ends__year=F("year"),
                    ends__gte=F("starts"),
                ),
                name="budget_year_part",
                violation_error_message="En del av ett år ligger inom året och har både början och slut.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}"


class BudgetGroup(models.Model):
    """A heading over lines, perhaps under another heading."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="groups", verbose_name="budget")
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="subgroups",
        verbose_name="under",
    )
    name = models.CharField("namn", max_length=200)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "grupp"
        verbose_name_plural = "grupper"
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "name"],
                condition=Q(parent__isnull=True),
                name="budget_group_unique",
            ),
            models.UniqueConstraint(fields=["budget", "parent", "name"], name="budget_subgroup_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Two levels, within one budget."""
        super().clean()
        if not self.budget_id:
            return
        if self.parent:
            if self.parent.budget_id != self.budget_id:
                raise ValidationError({"parent": "Gruppen hör till en annan budget."})
            if self.parent_id == self.pk or self.parent.parent_id or self.subgroups_exist():
                raise ValidationError({"parent": "Grupper har två nivåer: en grupp och dess undergrupper."})

    def subgroups_exist(self) -> bool:
        return self.pk is not None and BudgetGroup.objects.filter(parent=self.pk).exists()


class BudgetLine(models.Model):
    """A row of the budget."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="lines", verbose_name="budget")
    section = models.CharField("avdelning", max_length=20, choices=Section)
    line_class = models.CharField("slag", max_length=20, choices=LineClass, blank=True)
    member_kind = models.CharField("betalare", max_length=30, choices=MemberKind, blank=True)
    member = models.ForeignKey(
        Member,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="budget_lines",
        verbose_name="medlem",
    )
    project = models.ForeignKey(
        Project,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="budget_lines",
        verbose_name="insats",
    )
    group = models.ForeignKey(
        BudgetGroup,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name="grupp",
    )
    part_of = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name="varav, del av",
        help_text="Beloppet ingår redan i den posten och räknas inte en gång till.",
    )
    name = models.CharField("namn", max_length=200)
    note = models.CharField("anmärkning", max_length=500, blank=True)
    position = models.PositiveIntegerField("ordning")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "budgetpost"
        verbose_name_plural = "budgetposter"
        constraints = [
            models.CheckConstraint(
                condition=Q(section="income", line_class__in=["contribution", "esf", "other"])
                | Q(section="cost", line_class__in=["board", "administration", "audit", "insats"])
                | Q(
                    section__in=[
                        "opening_equity",
                        "financial_income",
                        "financial_cost",
                        "balancing",
                    ],
                    line_class="",
                ),
                name="budget_line_class",
                violation_error_message="Slaget hör inte till avdelningen.",
            ),
            choice_constraint("member_kind", ["", *MemberKind.values], "budget_line_member_kind"),
            models.CheckConstraint(
                condition=(Q(line_class="contribution") & ~Q(member_kind=""))
                | (~Q(line_class="contribution") & Q(member_kind="")),
                name="budget_line_payer",
                violation_error_message="Ett medlemsbidrag, och bara det, har en betalare.",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=True) | Q(line_class="contribution"),
                name="budget_line_member",
                violation_error_message="Bara ett medlemsbidrag hör till en medlem.",
            ),
            models.CheckConstraint(
                condition=Q(project__isnull=True) | Q(section__in=["cost", "income"]),
                name="budget_line_project",
                violation_error_message="Bara en kostnad eller intäkt hör till en insats.",
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True)
                | (~Q(part_of=F("id")) & ~Q(section__in=["balancing", "opening_equity"])),
                name="budget_line_part_of",
                violation_error_message="En varav-post är del av en annan intäkt eller kostnad.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Everything a line names belongs to the same federation and budget."""
        super().clean()
        if not self.budget_id:
            return
        faults = {}
        if self.member and self.member.federation_id != self.budget.federation_id:
            faults["member"] = "Medlemmen hör till ett annat förbund."
        if self.project and self.project.federation_id != self.budget.federation_id:
            faults["project"] = "Insatsen hör till ett annat förbund."
        if self.group and self.group.budget_id != self.budget_id:
            faults["group"] = "Gruppen hör till en annan budget."
        if self.part_of:
            if self.part_of.budget_id != self.budget_id or self.part_of.section != self.section:
                faults["part_of"] = "En varav-post är del av en post i samma avdelning."
            elif self.part_of.part_of_id or (self.pk and self.parts.exists()):
                faults["part_of"] = "En varav-post kan inte ha egna varav-poster."
        if faults:
            raise ValidationError(faults)


def same_budget(cell: "Amount | ContributionStatus") -> None:
    """Raises ValidationError when a cell joins a line and a column of two budgets."""
    if not (cell.line_id and cell.year_id):
        return
    if cell.line.budget_id != cell.year.budget_id:
        raise ValidationError({"year": "Kolumnen hör till en annan budget än posten."})


class Amount(models.Model):
    """One cell. No row, or an empty amount, is not zero."""

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="amounts", verbose_name="budgetpost")
    year = models.ForeignKey(BudgetYear, models.CASCADE, related_name="amounts", verbose_name="kolumn")
    amount = kronor("belopp", null=True, blank=True)
    formula = models.CharField(
        "formel", max_length=220, blank=True, help_text="Som den skrevs; beloppet är vad den blir."
    )
    printed_text = models.CharField(
        "som tryckt",
        max_length=100,
        blank=True,
        help_text="Källans egna ord, till exempel ca 3 mkr.",
    )
    target = kronor(
        "utgående eget kapital ska bli",
        null=True,
        blank=True,
        help_text="Bara på en post med medel att fördela: posten räknas då fram i den här kolumnen.",
    )
    note = models.CharField(
        "anmärkning",
        max_length=500,
        blank=True,
        help_text="För ingående eget kapital: varför beloppet är angivet.",
    )

    class Meta:
        verbose_name = "belopp"
        verbose_name_plural = "belopp"
        constraints = [
            models.UniqueConstraint(fields=["line", "year"], name="amount_unique"),
            in_kronor("amount", "amount_in_kronor"),
            in_kronor("target", "amount_target_in_kronor"),
        ]

    def __str__(self) -> str:
        return f"{self.line}, {self.year}: {self.amount}"

    def clean(self) -> None:
        super().clean()
        same_budget(self)
        if self.target is not None and self.line_id and self.line.section != Section.BALANCING:
            raise ValidationError({"target": "Bara en post med medel att fördela har ett mål."})


class ContributionStatus(models.Model):
    """How far a contribution of a year has come: what was applied for, offered, decided or declined."""

    class Status(models.TextChoices):
        APPLIED = "applied", "sökt"
        PRELIMINARY = "preliminary", "förhandsbesked"
        GRANTED = "granted", "beslutad"
        DECLINED = "declined", "avstådd"

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="statuses", verbose_name="budgetpost")
    year = models.ForeignKey(BudgetYear, models.CASCADE, related_name="statuses", verbose_name="kolumn")
    status = models.CharField("läge", max_length=20, choices=Status)
    amount = kronor("belopp")
    date = PartialDateField("datum")
    note = models.CharField("anmärkning", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "bidragets läge"
        verbose_name_plural = "bidragens lägen"
        constraints = [
            models.UniqueConstraint(fields=["line", "year", "position"], name="contribution_status_unique"),
            models.CheckConstraint(
                condition=Q(status__in=["applied", "preliminary", "granted", "declined"]),
                name="contribution_status_status",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="contribution_status_amount",
                violation_error_message="Ett bidrag är noll eller mer.",
            ),
            in_kronor("amount", "contribution_status_in_kronor"),
            partial_date_constraint("date", "contribution_status_date"),
        ]

    def __str__(self) -> str:
        return f"{self.line}, {self.year}: {self.get_status_display()} {self.amount}"

    def clean(self) -> None:
        super().clean()
        same_budget(self)
        if self.line_id and self.line.line_class != LineClass.CONTRIBUTION:
            raise ValidationError("Bara ett medlemsbidrag har ett läge.")
