"""For support staff: the insatser."""

from django.contrib import admin

from projects.models import PlannedParticipants, Project


class PlannedParticipantsInline(admin.TabularInline):
    model = PlannedParticipants
    extra = 0


@admin.register(Project)
class ProjectAdmin(admin.ModelAdmin):
    list_display = ["name", "federation", "kind", "level", "status"]
    list_filter = ["federation", "status", "level"]
    search_fields = ["name"]
    inlines = [PlannedParticipantsInline]
