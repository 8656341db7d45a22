from django.urls import path

from arrimage.web.staff.scheduling import interpreter_views as views

urlpatterns = [
    path("interpretes/", views.interpreters, name="interpreters"),
    path("interpretes/a-confirmer/", views.waiting, name="interpreters_waiting"),
    path("interpretes/reservations/<uuid:uid>/", views.answered, name="interpretation_answered"),
    path("rendez-vous/<uuid:uid>/interprete/", views.ask, name="interpreter_ask"),
]
