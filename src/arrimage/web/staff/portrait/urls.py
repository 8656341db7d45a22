from django.urls import path

from arrimage.web.staff.portrait import views

urlpatterns = [
    path("portrait/", views.portrait, name="portrait"),
    path("portrait/fichier/<slug:format>/", views.export, name="portrait_export"),
]
