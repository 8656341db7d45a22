"""What anybody may see."""

from django.urls import path

from arrimage.web.public import places, portrait, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("services/", views.services, name="services"),
    path("services/carte/", places.places, name="places"),
    path("portrait/", portrait.portrait, name="portrait"),
    path("portrait/graphique/<slug:code>.svg", portrait.chart, name="portrait_chart"),
    path("services/<uuid:uid>/", views.service, name="service"),
]
