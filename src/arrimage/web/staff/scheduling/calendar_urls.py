from django.urls import path

from arrimage.web.staff.scheduling import calendar_views

urlpatterns = [
    path("calendrier/", calendar_views.calendar, name="calendar"),
    path("calendrier/abonnement/", calendar_views.feed, name="calendar_feed"),
]
