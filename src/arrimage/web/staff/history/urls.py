from django.urls import path

from arrimage.web.staff.history import views

urlpatterns = [
    path("historique/<slug:kind>/<uuid:uid>/", views.history, name="history"),
    path(
        "historique/<slug:kind>/<uuid:uid>/retablir/<int:change>/<slug:field>/", views.restore, name="history_restore"
    ),
]
