from django.urls import path

from arrimage.web.staff.scheduling.sessions import attending, enrolling, views

urlpatterns = [
    path("seances/", views.sessions, name="sessions"),
    path("seances/prevoir/", views.plan, name="session_plan"),
    path("seances/<uuid:uid>/", views.session, name="session"),
    path("seances/<uuid:uid>/places/", views.places, name="session_places"),
    path("seances/<uuid:uid>/annuler/", views.cancel, name="session_cancel"),
    path("seances/<uuid:uid>/terminer/", views.close, name="session_close"),
    path("seances/<uuid:uid>/attestations/", attending.attest, name="session_attest"),
    path("seances/rencontres/<uuid:uid>/", attending.sheet, name="session_sheet"),
    path("seances/inscriptions/<uuid:uid>/annuler/", enrolling.give_back, name="enrolment_cancel"),
    path("seances/attestations/<uuid:uid>/attestation.pdf", attending.attestation, name="attestation"),
    path("dossiers/<uuid:uid>/seances/", enrolling.enrol_from_file, name="session_enrol"),
]
