from django.urls import path

from arrimage.web.staff.duplicates import views

urlpatterns = [
    path("doublons/", views.duplicates, name="duplicates"),
    path("doublons/<uuid:person>/<uuid:other>/", views.tell_apart, name="duplicates_apart"),
]
