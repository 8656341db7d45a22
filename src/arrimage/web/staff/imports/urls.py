from django.urls import path

from arrimage.web.staff.imports import views

urlpatterns = [
    path("importer/", views.kinds, name="imports"),
    path("importer/<slug:kind>/", views.upload, name="import"),
    path("importer/<slug:kind>/modele.csv", views.template, name="import_template"),
]
