from django.urls import path

from arrimage.web.staff.bilan import texts, views

urlpatterns = [
    path("bilan/", views.bilan, name="bilan"),
    path("bilan/fichier/<slug:format>/", views.export, name="bilan_export"),
    path("bilan/texte/", texts.write, name="bilan_text"),
    path("bilan/reponses-redemandees/", views.asked_again_table, name="asked_again"),
    path("bilan/<slug:code>/", views.evidence, name="evidence"),
]
