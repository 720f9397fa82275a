"""For support staff: plans and what state they are in."""

from django.contrib import admin

from finsam.support import SupportAdmin
from plans.models import Plan


@admin.register(Plan)
class PlanAdmin(SupportAdmin):
    belongs_to = ("federation", "plan_year", "budget")
    list_display = ["__str__", "federation", "plan_year", "state", "made_at", "made_by"]
    list_filter = ["federation", "state"]
    readonly_fields = ["made_at"]
