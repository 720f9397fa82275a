from django.contrib import admin
from django.urls import include, path

admin.site.site_header = "Finsam, stöd"
admin.site.site_title = "Finsam, stöd"

# Fixed words come before <slug>, so that no federation can take their place (RESERVED_SLUGS).
urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("members.urls")),
    path("", include("budgets.urls")),
    path("", include("plans.urls")),
]
