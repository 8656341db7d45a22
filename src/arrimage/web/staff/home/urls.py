from django.urls import path

from arrimage.web.staff.home import urgent, views

urlpatterns = [
    path("", views.home, name="home"),
    path("a-faire/", urgent.urgency, name="urgent"),
]
