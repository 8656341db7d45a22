"""A newcomer's own file."""

from django.urls import path

from arrimage.web.newcomers import views

app_name = "newcomers"
urlpatterns = [
    path("", views.home, name="home"),
    path("plan/", views.plan, name="plan"),
    path("services/", views.referrals, name="referrals"),
    path("rendez-vous/", views.appointments, name="appointments"),
]
