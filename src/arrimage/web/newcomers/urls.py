"""A newcomer's own file."""

from django.urls import path

from arrimage.web.newcomers import (
    appointments,
    calendar,
    consents,
    documents,
    known,
    readings,
    requests,
    sessions,
    views,
)

app_name = "newcomers"
urlpatterns = [
    path("", views.home, name="home"),
    path("renseignements/", known.known, name="known"),
    path("plan/", views.plan, name="plan"),
    path("plan/plan.pdf", views.plan_pdf, name="plan_pdf"),
    path("services/", views.referrals, name="referrals"),
    path("services/dates/<uuid:uid>/choisir/", views.choose_date, name="date_choose"),
    path("rendez-vous/abonnement/", calendar.feed, name="calendar_feed"),
    path("rendez-vous/", appointments.appointments, name="appointments"),
    path("rendez-vous/choisir/", appointments.book, name="appointment_book"),
    path("rendez-vous/attendre/", appointments.wait, name="appointment_wait"),
    path("rendez-vous/<uuid:uid>/deplacer/", appointments.move, name="appointment_move"),
    path("rendez-vous/<uuid:uid>/annuler/", appointments.cancel, name="appointment_cancel"),
    path("rendez-vous/<uuid:uid>/repondre/", appointments.answer, name="appointment_answer"),
    path("seances/", sessions.sessions, name="sessions"),
    path("seances/<uuid:uid>/inscription/", sessions.join, name="session_join"),
    path("seances/inscriptions/<uuid:uid>/annuler/", sessions.leave, name="session_leave"),
    path("seances/attestations/<uuid:uid>/attestation.pdf", sessions.attestation, name="attestation"),
    path("consentements/", consents.consents, name="consents"),
    path("consentements/donner/<slug:purpose>/", consents.give, name="consent_give"),
    path("consentements/refuser/<uuid:uid>/", consents.refuse, name="consent_refuse"),
    path("consentements/<uuid:uid>/retirer/", consents.withdraw, name="consent_withdraw"),
    path("consultations/", readings.readings, name="readings"),
    path("mots/", views.notes, name="notes"),
    path("documents/", documents.documents, name="documents"),
    path("demandes/", requests.requests, name="requests"),
    path("demandes/nouvelle/", requests.new, name="request_new"),
    path("demandes/<uuid:uid>/", requests.request_page, name="request"),
    path("demandes/<uuid:uid>/copie/", requests.download, name="request_copy"),
    path("demandes/<uuid:uid>/retirer/", requests.withdraw, name="request_withdraw"),
]
