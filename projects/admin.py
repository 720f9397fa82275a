"""For support staff: the insatser."""

from django.contrib import admin

from finsam.support import SameFederationForm, SupportAdmin
from projects.models import PlannedParticipants, Project


class PlannedParticipantsInline(admin.TabularInline):
    model = PlannedParticipants
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
    inlines = [PlannedParticipantsInline]
