from django.urls import path

from arrimage.web.staff.scheduling import interpreter_keeping as keeping
from arrimage.web.staff.scheduling import interpreter_rates as rates
from arrimage.web.staff.scheduling import interpreter_views as views

urlpatterns = [
    path("interpretes/", views.interpreters, name="interpreters"),
    path("interpretes/a-confirmer/", views.waiting, name="interpreters_waiting"),
    path("interpretes/ajouter/", keeping.add, name="interpreter_add"),
    path("interpretes/couts/", keeping.costs, name="interpreter_costs"),
    path("interpretes/reservations/<uuid:uid>/", views.answered, name="interpretation_answered"),
    path("interpretes/reservations/<uuid:uid>/minutes/", keeping.finish, name="interpretation_finish"),
    path("interpretes/<uuid:uid>/", keeping.interpreter, name="interpreter"),
    path("interpretes/<uuid:uid>/modifier/", keeping.edit, name="interpreter_edit"),
    path("interpretes/<uuid:uid>/tarifs/ajouter/", rates.add, name="interpreter_rate_add"),
    path("interpretes/tarifs/<uuid:uid>/modifier/", rates.edit, name="interpreter_rate_edit"),
    path("rendez-vous/<uuid:uid>/interprete/", views.ask, name="interpreter_ask"),
]
