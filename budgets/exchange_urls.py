"""The addresses of files in and out, under those of one budget."""

from django.urls import path

from budgets.views import exchange, importing

exchange_urls = [
    path("excel/", exchange.budget_workbook, name="budget_workbook"),
    path("csv/", exchange.budget_csv, name="budget_csv"),
    path("las-in/", importing.budget_import, name="budget_import"),
    path("las-in/<int:kept>/", importing.budget_import_mapping, name="budget_import_mapping"),
    path("las-in/<int:kept>/granska/", importing.budget_import_preview, name="budget_import_preview"),
]
