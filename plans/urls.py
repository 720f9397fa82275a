from django.urls import path

from plans import views

urlpatterns = [path("<slug:slug>/", views.overview, name="overview")]
