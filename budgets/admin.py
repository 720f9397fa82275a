"""For support staff: budgets, their columns, lines and cells."""

from django.contrib import admin

from budgets.models import (
    Amount,
    Budget,
    BudgetGroup,
    BudgetLine,
    BudgetYear,
    ContributionStatus,
    PrintedTotal,
    PrintedTotalAmount,
    PrintedTotalPart,
)
from finsam.support import SupportAdmin


class BudgetYearInline(admin.TabularInline):
    model = BudgetYear
    extra = 0


class BudgetGroupInline(admin.TabularInline):
    model = BudgetGroup
    extra = 0


@admin.register(Budget)
class BudgetAdmin(SupportAdmin):
    belongs_to = ("federation",)
    list_display = ["__str__", "federation", "plan_year", "is_open"]
    list_filter = ["federation"]
    inlines = [BudgetYearInline, BudgetGroupInline]


class AmountInline(admin.TabularInline):
    model = Amount
    extra = 0


class ContributionStatusInline(admin.TabularInline):
    model = ContributionStatus
    extra = 0


@admin.register(BudgetLine)
class BudgetLineAdmin(SupportAdmin):
    belongs_to = ("budget",)
    list_display = ["name", "budget", "section", "line_class"]
    list_filter = ["budget", "section"]
    search_fields = ["name"]
    inlines = [AmountInline, ContributionStatusInline]


class PrintedTotalPartInline(admin.TabularInline):
    model = PrintedTotalPart
    extra = 0


class PrintedTotalAmountInline(admin.TabularInline):
    model = PrintedTotalAmount
    extra = 0


@admin.register(PrintedTotal)
class PrintedTotalAdmin(SupportAdmin):
    belongs_to = ("budget",)
    list_display = ["name", "budget"]
    list_filter = ["budget"]
    inlines = [PrintedTotalPartInline, PrintedTotalAmountInline]
