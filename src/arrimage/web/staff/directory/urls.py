from django.urls import path

from arrimage.web.staff.directory import views

urlpatterns = [
    path("repertoire/", views.services, name="services"),
    path("repertoire/services/<uuid:uid>/", views.service, name="service"),
    path("repertoire/services/<uuid:uid>/modifier/", views.service_edit, name="service_edit"),
    path("repertoire/organismes/", views.organisations, name="organisations"),
    path("repertoire/organismes/ajouter/", views.organisation_add, name="organisation_add"),
    path("repertoire/organismes/<uuid:uid>/", views.organisation, name="organisation"),
    path("repertoire/organismes/<uuid:uid>/modifier/", views.organisation_edit, name="organisation_edit"),
    path("repertoire/organismes/<uuid:uid>/services/ajouter/", views.service_add, name="service_add"),
]
