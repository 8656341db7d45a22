from django.urls import path

from arrimage.web.account import views

urlpatterns = [
    path("invitation/<str:token>/", views.accept_invitation, name="invitation"),
    path("seances/", views.sessions, name="sessions"),
    path("seances/autres/fermer/", views.end_others, name="sessions_end_others"),
    path("seances/<int:key>/fermer/", views.end_one, name="session_end"),
]
