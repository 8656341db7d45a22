from django.urls import path

from arrimage.web.staff.duplicates import merges, views

urlpatterns = [
    path("doublons/", views.duplicates, name="duplicates"),
    path("doublons/<uuid:person>/<uuid:other>/", views.tell_apart, name="duplicates_apart"),
    path("doublons/<uuid:person>/<uuid:other>/fusionner/", merges.compare, name="duplicates_merge"),
    path("fusions/<uuid:uid>/", merges.merge, name="merge"),
    path("fusions/<uuid:uid>/annuler/", merges.undo, name="merge_undo"),
]
