"""`/r/TOKEN`: confirming or giving back one appointment, from the message that told of it."""

from django.urls import path

from arrimage.web.by_link import views

urlpatterns = [
    path("<str:token>", views.appointment, name="appointment_link"),
    path("<str:token>/confirmer", views.confirm, name="appointment_link_confirm"),
    path("<str:token>/annuler", views.give_back, name="appointment_link_give_back"),
]
