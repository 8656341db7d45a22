from django.urls import path

from arrimage.web.staff.employers import accompaniments, views

urlpatterns = [
    path("employeurs/", views.employers, name="employers"),
    path("employeurs/ajouter/", views.add, name="employer_add"),
    path("employeurs/accompagnements/", accompaniments.accompaniments, name="accompaniments"),
    path("employeurs/<uuid:uid>/", views.employer, name="employer"),
    path("employeurs/<uuid:uid>/modifier/", views.edit, name="employer_edit"),
    path("employeurs/<uuid:uid>/demandes/ajouter/", accompaniments.ask, name="accompaniment_add"),
    path("employeurs/accompagnements/<uuid:uid>/prendre-en-charge/", accompaniments.take, name="accompaniment_take"),
    path("employeurs/accompagnements/<uuid:uid>/terminer/", accompaniments.end, name="accompaniment_end"),
]
