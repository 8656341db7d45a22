from django.urls import path

from arrimage.web.staff.practices import views

urlpatterns = [
    path("pratiques/", views.practices, name="practices"),
    path("pratiques/delais/", views.delays, name="practice_delays"),
    path("pratiques/raisons/ajouter/", views.add, name="reason_add"),
    path("pratiques/raisons/<uuid:uid>/", views.reword, name="reason_reword"),
    path("pratiques/raisons/<uuid:uid>/proposer/", views.offer, name="reason_offer"),
]
