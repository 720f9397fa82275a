"""The addresses of a plan's samråd, and of its calendar."""

from django.urls import path

from plans.views.calendar import calendar_file
from plans.views.consultation.answer_file import consultation_file
from plans.views.consultation.answering import answer_consultation
from plans.views.consultation.of_version import consultation_of_version
from plans.views.consultation.page import consultation
from plans.views.consultation.reminding import remind_consultation

PLAN = "<slug:slug>/plan/<int:plan_year>"

consultation_urls = [
    path(f"{PLAN}/samrad/", consultation, name="consultation"),
    path(f"{PLAN}/samrad/svara/", answer_consultation, name="answer_consultation"),
    path(f"{PLAN}/samrad/paminn/", remind_consultation, name="remind_consultation"),
    path(f"{PLAN}/samrad/svar/<int:pk>/fil/", consultation_file, name="consultation_file"),
    path(f"{PLAN}/version/<int:number>/samrad/", consultation_of_version, name="consultation_of_version"),
    path(f"{PLAN}/kalender.ics", calendar_file, name="calendar_file"),
]
