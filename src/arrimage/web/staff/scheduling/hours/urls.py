from django.urls import path

from arrimage.web.staff.scheduling.hours.views import arranging, capacity, deadlines, week

urlpatterns = [
    path("horaires/", week.hours, name="hours"),
    path("horaires/capacite/", capacity.capacity, name="capacity"),
    path("horaires/delais/", deadlines.first_appointments, name="first_appointments"),
    path("horaires/ajouter/<uuid:uid>/<slug:kind>/", arranging.add, name="hours_add"),
    path("horaires/<slug:kind>/<uuid:uid>/", arranging.edit, name="hours_edit"),
    path("horaires/<slug:kind>/<uuid:uid>/retirer/", arranging.take_out, name="hours_withdraw"),
    path("horaires/<slug:kind>/<uuid:uid>/remettre/", arranging.put_back, name="hours_put_back"),
]
