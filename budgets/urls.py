from django.urls import path

from budgets import views

urlpatterns = [
    path("regler/", views.rules, name="rules"),
    path("<slug:slug>/budget/", views.latest_budget, name="latest_budget"),
    path("<slug:slug>/budget/<int:plan_year>/", views.budget, name="budget"),
]
