"""For support staff: budgets with their columns, lines, cells and history, to look at.

A figure is changed on the budget's own page, by the one road that remembers who changed what. Only what a
source says of its limits is entered here, which no page has a place for.
"""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from budgets.models import (
    Amount,
    Budget,
    BudgetGroup,
    BudgetLine,
    BudgetYear,
    Change,
    ChangeStep,
    ContributionStatus,
    Import,
    PrintedTotal,
    PrintedTotalAmount,
    PrintedTotalPart,
)
from finsam.support import SupportAdmin


class LookedAt:
    """Neither added, changed nor removed here."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class BudgetYearInline(LookedAt, admin.TabularInline):
    model = BudgetYear


class BudgetGroupInline(LookedAt, admin.TabularInline):
    model = BudgetGroup


@admin.register(Budget)
class BudgetAdmin(SupportAdmin):
    """Made, opened and closed with its plan."""

    belongs_to = ("federation", "plan_year")
    readonly_fields = ["is_open", "last_change"]
    list_display = ["__str__", "federation", "plan_year", "is_open"]
    list_filter = ["federation"]
    inlines = [BudgetYearInline, BudgetGroupInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Budget, form: ModelForm, change: bool) -> None:
        """Without what editing and closing write meanwhile."""
        kept = {"id", *self.readonly_fields}
        obj.save(update_fields=[field.name for field in obj._meta.concrete_fields if field.name not in kept])


class AmountInline(LookedAt, admin.TabularInline):
    model = Amount


class ContributionStatusInline(LookedAt, admin.TabularInline):
    model = ContributionStatus


@admin.register(BudgetLine)
class BudgetLineAdmin(LookedAt, SupportAdmin):
    list_display = ["name", "budget", "section", "line_class"]
    list_filter = ["budget", "section"]
    search_fields = ["name"]
    inlines = [AmountInline, ContributionStatusInline]


class PrintedTotalPartInline(LookedAt, admin.TabularInline):
    model = PrintedTotalPart


class PrintedTotalAmountInline(LookedAt, admin.TabularInline):
    model = PrintedTotalAmount


@admin.register(PrintedTotal)
class PrintedTotalAdmin(LookedAt, SupportAdmin):
    list_display = ["name", "budget"]
    list_filter = ["budget"]
    inlines = [PrintedTotalPartInline, PrintedTotalAmountInline]


class ChangeStepInline(LookedAt, admin.TabularInline):
    model = ChangeStep


@admin.register(Change)
class ChangeAdmin(LookedAt, SupportAdmin):
    """The history, which nobody may alter."""

    list_display = ["__str__", "kind", "made_at", "made_by_name"]
    list_filter = ["budget", "action"]
    search_fields = ["made_by_name"]
    inlines = [ChangeStepInline]


@admin.register(Import)
class ImportAdmin(LookedAt, SupportAdmin):
    """Files on their way in; their cells are for whoever handed them in."""

    list_display = ["file_name", "budget", "user", "made_at"]
    list_filter = ["budget"]
    exclude = ["cells", "mapping"]
