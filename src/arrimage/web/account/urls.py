from django.urls import path

from arrimage.web.account import saved_searches, views

urlpatterns = [
    path("invitation/<str:token>/", views.accept_invitation, name="invitation"),
    path("recherches/", saved_searches.saved_searches, name="saved_searches"),
    path("recherches/enregistrer/", saved_searches.add, name="saved_search_add"),
    path("recherches/<uuid:uid>/", saved_searches.edit, name="saved_search_edit"),
    path("recherches/<uuid:uid>/supprimer/", saved_searches.delete, name="saved_search_delete"),
    path("seances/", views.sessions, name="sessions"),
    path("seances/autres/fermer/", views.end_others, name="sessions_end_others"),
    path("seances/<int:key>/fermer/", views.end_one, name="session_end"),
]
