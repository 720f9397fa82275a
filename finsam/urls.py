from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from finsam.guide.views import guide
from finsam.health import alive, ready

admin.site.site_header = "Finsam, stöd"
admin.site.site_title = "Finsam, stöd"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# Fixed words come before <slug>, so that no federation can take their place (RESERVED_SLUGS).
urlpatterns = [
    path("admin/", admin.site.urls),
    path("halsa/", alive, name="alive"),
    path("halsa/redo/", ready, name="ready"),
    path("guide/", guide, name="guide"),
    path("guide/<slug:name>/", guide, name="guide_page"),
    path("", include("plans.publishing_urls")),
    path("", include("members.account_urls")),
    path("", include("members.urls")),
    path("", include("budgets.urls")),
    path("", include("plans.urls")),
]
