from django.urls import path

from arrimage.web.employers import views

app_name = "employers"
urlpatterns = [
    path("", views.home, name="home"),
    path("demander/", views.ask, name="ask"),
]
