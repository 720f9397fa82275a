from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from members import views

urlpatterns = [
    path("", views.my_federations, name="my_federations"),
    path("logga-in/", views.SignIn.as_view(), name="sign_in"),
    # Harmless when already signed out, as from a second tab.
    path("logga-ut/", login_not_required(LogoutView.as_view()), name="sign_out"),
    path("<slug:slug>/logotyp/", views.logotype, name="logotype"),
]
