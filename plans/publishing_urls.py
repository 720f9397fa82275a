"""The addresses of what is public, and of making it so. docs/published.md promises the public ones."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from plans.publishing.files import KINDS
from plans.views.publishing.accessibility import accessibility
from plans.views.publishing.place import publish_version, publishing, withdraw_version
from plans.views.publishing.public import (
    nothing_public,
    public_budget,
    public_federation,
    public_list,
    public_picture,
    public_version,
    public_version_file,
    public_year,
    public_year_budget,
    public_year_file,
)

PLAN = "<slug:slug>/plan/<int:plan_year>"
FEDERATION = "publicerat/<slug:federation>"
YEAR = f"{FEDERATION}/<int:plan_year>"
VERSION = f"{YEAR}/version/<int:number>"


class PublicFileConverter(StringConverter):
    """The names of the public files."""

    regex = "|".join(name.replace(".", r"\.") for name in KINDS)


register_converter(PublicFileConverter, "public_file")

urlpatterns = [
    path("tillganglighet/", accessibility, name="accessibility"),
    path("publicerat/", public_list, name="public_list"),
    path(f"{FEDERATION}/", public_federation, name="public_federation"),
    path(f"{YEAR}/", public_year, name="public_year"),
    path(f"{YEAR}/budget/", public_year_budget, name="public_year_budget"),
    path(f"{YEAR}/<public_file:name>", public_year_file, name="public_year_file"),
    path(f"{VERSION}/", public_version, name="public_version"),
    path(f"{VERSION}/budget/", public_budget, name="public_budget"),
    path(f"{VERSION}/<public_file:name>", public_version_file, name="public_version_file"),
    path(f"{VERSION}/bild/<slug:key>/", public_picture, name="public_picture"),
    path("publicerat/<path:rest>/", nothing_public, name="nothing_public"),
    path(f"{PLAN}/publicering/", publishing, name="publishing"),
    path(f"{PLAN}/version/<int:number>/publicera/", publish_version, name="publish_version"),
    path(f"{PLAN}/version/<int:number>/avpublicera/", withdraw_version, name="withdraw_version"),
]
