from django.urls import path

from plans.views.document import begin_document, document, document_file, latest_document
from plans.views.new_plan import new_plan
from plans.views.overview import overview
from plans.views.plan import close_plan, reopen_plan

urlpatterns = [
    path("<slug:slug>/plan/", latest_document, name="latest_document"),
    path("<slug:slug>/plan/<int:plan_year>/", document, name="document"),
    path("<slug:slug>/plan/<int:plan_year>/borja/", begin_document, name="begin_document"),
    path("<slug:slug>/plan/<int:plan_year>/<slug:kind>.<slug:form>", document_file, name="document_file"),
    path("<slug:slug>/", overview, name="overview"),
    path("<slug:slug>/ny-plan/", new_plan, name="new_plan"),
    path("<slug:slug>/plan/<int:plan_year>/stang/", close_plan, name="close_plan"),
    path("<slug:slug>/plan/<int:plan_year>/oppna/", reopen_plan, name="reopen_plan"),
]
