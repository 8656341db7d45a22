from django.urls import include, path

from arrimage.web.staff.directory import closing, lists, part_views, priority, shortage, views

parts = [
    path("ajouter/", part_views.add, name="service_part_add"),
    path("<uuid:part>/modifier/", part_views.edit, name="service_part_edit"),
    path("<uuid:part>/retirer/", part_views.remove, name="service_part_remove"),
]
urlpatterns = [
    path("repertoire/", lists.services, name="services"),
    path("repertoire/services/<uuid:uid>/", views.service, name="service"),
    path("repertoire/services/<uuid:uid>/modifier/", views.service_edit, name="service_edit"),
    path("repertoire/services/<uuid:uid>/fermer/", closing.close, name="service_close"),
    path("repertoire/services/<uuid:uid>/rouvrir/", closing.reopen, name="service_reopen"),
    path("repertoire/services/<uuid:uid>/<slug:kind>/", include(parts)),
    path("repertoire/", include("arrimage.web.staff.directory.upkeep.urls")),
    path("repertoire/places/", shortage.shortage, name="places"),
    path("repertoire/attente/<uuid:uid>/priorite/", priority.give, name="place_priority"),
    path("repertoire/attente/<uuid:uid>/priorite/retirer/", priority.take_back, name="place_priority_back"),
    path("repertoire/organismes/", lists.organisations, name="organisations"),
    path("repertoire/organismes/ajouter/", views.organisation_add, name="organisation_add"),
    path("repertoire/organismes/<uuid:uid>/", views.organisation, name="organisation"),
    path("repertoire/organismes/<uuid:uid>/modifier/", views.organisation_edit, name="organisation_edit"),
    path("repertoire/organismes/<uuid:uid>/services/ajouter/", views.service_add, name="service_add"),
]
