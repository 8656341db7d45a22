from django.urls import path

from arrimage.web.staff.privacy.journal import accesses, readings

urlpatterns = [
    path("consultations/", readings.readings, name="readings"),
    path("consultations/acces-exceptionnels/", accesses.accesses, name="accesses"),
    path("consultations/acces-exceptionnels/<uuid:uid>/", accesses.access, name="access"),
]
