from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

admin.site.site_header = "Finsam, stöd"
admin.site.site_title = "Finsam, stöd"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# Fixed words come before <slug>, so that no federation can take their place (RESERVED_SLUGS).
urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("members.account_urls")),
    path("", include("members.urls")),
    path("", include("budgets.urls")),
    path("", include("plans.urls")),
]
