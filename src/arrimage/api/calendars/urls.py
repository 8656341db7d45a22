from django.urls import path

from arrimage.api.calendars import views

urlpatterns = [path("<str:token>.ics", views.feed, name="calendar_feed")]
