from django.urls import path

from plans.consultation_urls import consultation_urls
from plans.decision_urls import decision_urls
from plans.goal_urls import goal_urls
from plans.log_urls import log_urls
from plans.project_urls import project_urls
from plans.review_urls import review_urls
from plans.verifying_urls import verifying_urls
from plans.views.document import begin_document, document, document_file, latest_document
from plans.views.new_plan import new_plan
from plans.views.notices import notice_choice
from plans.views.overview import overview
from plans.views.plan import close_plan, reopen_plan
from plans.views.revising import drop_revision, revise_plan
from plans.views.rules import rules
from plans.views.section import find_figures, paste, save_text, section
from plans.views.section_history import section_history
from plans.way_urls import way_urls
from plans.writing_urls import writing_urls

urlpatterns = [
    path("regler/", rules, name="rules"),
    path("konto/meddelanden/", notice_choice, name="notice_choice"),
    *verifying_urls,
    *writing_urls,
    *goal_urls,
    *way_urls,
    *decision_urls,
    *consultation_urls,
    *review_urls,
    *log_urls,
    path("<slug:slug>/plan/", latest_document, name="latest_document"),
    path("<slug:slug>/plan/<int:plan_year>/", document, name="document"),
    path("<slug:slug>/plan/<int:plan_year>/belopp/", find_figures, name="find_figures"),
    path("<slug:slug>/plan/<int:plan_year>/klistra/", paste, name="paste_text"),
    path("<slug:slug>/plan/<int:plan_year>/skriv/<slug:key>/", section, name="section"),
    path("<slug:slug>/plan/<int:plan_year>/skriv/<slug:key>/spara/", save_text, name="save_section"),
    path(
        "<slug:slug>/plan/<int:plan_year>/skriv/<slug:key>/historik/", section_history, name="section_history"
    ),
    path("<slug:slug>/plan/<int:plan_year>/borja/", begin_document, name="begin_document"),
    path("<slug:slug>/plan/<int:plan_year>/<slug:kind>.<slug:form>", document_file, name="document_file"),
    path("<slug:slug>/", overview, name="overview"),
    path("<slug:slug>/ny-plan/", new_plan, name="new_plan"),
    path("<slug:slug>/plan/<int:plan_year>/stang/", close_plan, name="close_plan"),
    path("<slug:slug>/plan/<int:plan_year>/oppna/", reopen_plan, name="reopen_plan"),
    path("<slug:slug>/plan/<int:plan_year>/revidera/", revise_plan, name="revise_plan"),
    path("<slug:slug>/plan/<int:plan_year>/revidera/avbryt/", drop_revision, name="drop_revision"),
    *project_urls,
]
