from django.urls import path

from arrimage.web.staff.documents import views

urlpatterns = [
    path("dossiers/<uuid:uid>/documents/", views.documents, name="documents"),
    path("documents/<uuid:uid>/partager/", views.share, name="document_share"),
    path("documents/<uuid:uid>/retirer/", views.remove, name="document_remove"),
]
