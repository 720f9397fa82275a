"""The addresses of a plan's way to its decision: its state and versions, sending it on, its explanations."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from plans.models import VersionFile
from plans.views.way.explanations import explanations
from plans.views.way.page import plan_way
from plans.views.way.sending import send_board, send_consultation
from plans.views.way.sending_back import send_back
from plans.views.way.version_file import version_file

PLAN = "<slug:slug>/plan/<int:plan_year>"


class FileKindConverter(StringConverter):
    """The kinds of files that a version has, and no other word: what else a version has stands beside."""

    regex = "|".join(VersionFile.Kind.values)


register_converter(FileKindConverter, "file_kind")

way_urls = [
    path(f"{PLAN}/vagen/", plan_way, name="plan_way"),
    path(f"{PLAN}/skicka/samrad/", send_consultation, name="send_consultation"),
    path(f"{PLAN}/skicka/styrelsen/", send_board, name="send_board"),
    path(f"{PLAN}/aterfor/", send_back, name="send_back"),
    path(f"{PLAN}/motiveringar/", explanations, name="explanations"),
    path(f"{PLAN}/version/<int:number>/<file_kind:kind>/", version_file, name="version_file"),
]
