"""The airport: flights of the day, parties, first appointments, manifests."""

from django.urls import path

from arrimage.web.reception.views import consents, flights, home, identities, manifests, outcomes, parties, unannounced

app_name = "reception"
urlpatterns = [
    path("", home.home, name="home"),
    path("a-terminer/", home.waiting, name="waiting"),
    path("vols/<uuid:uid>/", flights.flight, name="flight"),
    path("groupes/<uuid:uid>/", parties.party, name="party"),
    path("groupes/<uuid:uid>/constat/", outcomes.record, name="party_outcome"),
    path("groupes/<uuid:uid>/connues/", identities.identities, name="identities"),
    path("groupes/<uuid:uid>/dossiers/", outcomes.open_files, name="open_files"),
    path("groupes/<uuid:uid>/consentements/", consents.consents, name="consents"),
    path("groupes/<uuid:uid>/rendez-vous/", parties.first_appointment, name="first_appointment"),
    path("groupes/<uuid:uid>/rendez-vous/joindre/", outcomes.join, name="join_first_appointment"),
    path("groupes/<uuid:uid>/feuille/", parties.handout, name="handout"),
    path("groupes/<uuid:uid>/personne/", unannounced.add, name="add_to_party"),
    path("personne/", unannounced.add, name="add"),
    path("manifestes/", manifests.manifests, name="manifests"),
    path("manifestes/importer/", manifests.upload, name="manifest_import"),
]
