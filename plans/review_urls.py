"""The addresses of reading and commenting versions. Those of a version's files are among way_urls."""

from django.urls import path

from plans.views.review.commenting import add_comment
from plans.views.review.listing import comments
from plans.views.review.pages import (
    version,
    version_budget,
    version_changes,
    version_comments,
    version_findings,
    version_source,
)
from plans.views.review.thread import comment

PLAN = "<slug:slug>/plan/<int:plan_year>"
VERSION = f"{PLAN}/version/<int:number>"

review_urls = [
    path(f"{PLAN}/synpunkter/", comments, name="comments"),
    path(f"{VERSION}/", version, name="version"),
    path(f"{VERSION}/budget/", version_budget, name="version_budget"),
    path(f"{VERSION}/budget/belopp/", version_source, name="version_source"),
    path(f"{VERSION}/anmarkningar/", version_findings, name="version_findings"),
    path(f"{VERSION}/andringar/", version_changes, name="version_changes"),
    path(f"{VERSION}/synpunkter/", version_comments, name="version_comments"),
    path(f"{VERSION}/synpunkter/ny/", add_comment, name="add_comment"),
    path(f"{VERSION}/synpunkter/<int:pk>/", comment, name="comment"),
]
