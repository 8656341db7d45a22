from django.urls import path

from arrimage.web.staff.consents import views

urlpatterns = [
    path("dossiers/<uuid:uid>/consentements/", views.consents, name="consents"),
    path("dossiers/<uuid:uid>/consentements/recueillir/", views.give, name="consent_give"),
    path("dossiers/<uuid:uid>/consentements/papier/", views.paper, name="consent_paper"),
    path("dossiers/<uuid:uid>/consentements/refuser/", views.refuse, name="consent_refuse"),
    path("consentements/<uuid:uid>/", views.consent, name="consent"),
    path("consentements/<uuid:uid>/retirer/", views.withdraw, name="consent_withdraw"),
]
