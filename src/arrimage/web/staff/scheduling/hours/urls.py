from django.urls import path

from arrimage.web.staff.scheduling.hours.views import arranging, capacity, deadlines, week

urlpatterns = [
    path("rendez-vous/horaires/", week.hours, name="hours"),
    path("rendez-vous/horaires/capacite/", capacity.capacity, name="capacity"),
    path("rendez-vous/horaires/delais/", deadlines.first_appointments, name="first_appointments"),
    path("rendez-vous/horaires/ajouter/<uuid:uid>/<slug:kind>/", arranging.add, name="hours_add"),
    path("rendez-vous/horaires/<slug:kind>/<uuid:uid>/", arranging.edit, name="hours_edit"),
    path("rendez-vous/horaires/<slug:kind>/<uuid:uid>/retirer/", arranging.take_out, name="hours_withdraw"),
    path("rendez-vous/horaires/<slug:kind>/<uuid:uid>/remettre/", arranging.put_back, name="hours_put_back"),
]
