"""For support staff: the insatser."""

from django.contrib import admin

from finsam.support import SameFederationForm, SupportAdmin
from projects.models import BoardDecision, Financer, PlannedParticipants, Project


class PlannedParticipantsInline(admin.TabularInline):
    model = PlannedParticipants
    extra = 0


class FinancerInline(admin.TabularInline):
    model = Financer
    extra = 0


class BoardDecisionInline(admin.TabularInline):
    model = BoardDecision
    extra = 0


class PartnersForm(SameFederationForm):
    members_field = "partners"


@admin.register(Project)
class ProjectAdmin(SupportAdmin):
    form = PartnersForm
    belongs_to = ("federation",)
    list_display = ["name", "federation", "kind", "level", "status"]
    list_filter = ["federation", "status", "level"]
    search_fields = ["name"]
    inlines = [PlannedParticipantsInline, FinancerInline, BoardDecisionInline]
