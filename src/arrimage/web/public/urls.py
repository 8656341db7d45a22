"""What anybody may see."""

from django.urls import path

from arrimage.web.public import places, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("services/", views.services, name="services"),
    path("services/carte/", places.places, name="places"),
    path("services/<uuid:uid>/", views.service, name="service"),
]
