"""What anybody may see."""

from django.urls import path

from arrimage.web.public import map_data, places, portrait, search, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("services/", search.services, name="services"),
    path("services/carte/points.json", map_data.points, name="points"),
    path("services/carte/traces.json", map_data.outlines, name="outlines"),
    path("services/lieux/<uuid:uid>/", search.location, name="location"),
    path("services/carte/", places.places, name="places"),
    path("portrait/", portrait.portrait, name="portrait"),
    path("portrait/graphique/<slug:code>.svg", portrait.chart, name="portrait_chart"),
    path("services/<uuid:uid>/", views.service, name="service"),
]
