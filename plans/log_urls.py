"""The addresses of the log and of the auditors' bundle."""

from django.urls import path

from plans.views.log.bundle import auditors_bundle
from plans.views.log.files import log_file
from plans.views.log.page import log

LOG = "<slug:slug>/logg"

log_urls = [
    path(f"{LOG}/", log, name="log"),
    path(f"{LOG}/logg.csv", log_file, {"form": "csv"}, name="log_csv"),
    path(f"{LOG}/logg.json", log_file, {"form": "json"}, name="log_json"),
    path("<slug:slug>/plan/<int:plan_year>/revisorspaket.zip", auditors_bundle, name="auditors_bundle"),
]
