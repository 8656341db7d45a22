"""Giving times, moving them, and who waits for one."""

from django.urls import path

from arrimage.web.staff.scheduling import booking, booking_whom, waiting_list

urlpatterns = [
    path("dossiers/<uuid:uid>/rendez-vous/fixer/", booking.book, name="appointment_book"),
    path("dossiers/<uuid:uid>/rendez-vous/attendre/", waiting_list.wait, name="appointment_wait"),
    path("rendez-vous/fixer/", booking_whom.whom, name="appointment_whom"),
    path("rendez-vous/attente/", waiting_list.waiting_list, name="waiting_list"),
    path("rendez-vous/attente/<uuid:uid>/retirer/", waiting_list.take_off, name="waiting_take_off"),
    path("rendez-vous/<uuid:uid>/", booking.appointment, name="appointment"),
    path("rendez-vous/<uuid:uid>/deplacer/", booking.move, name="appointment_move"),
    path("rendez-vous/<uuid:uid>/annuler/", booking.cancel, name="appointment_cancel"),
    path("rendez-vous/<uuid:uid>/repondre/", booking.answer, name="appointment_answer"),
]
