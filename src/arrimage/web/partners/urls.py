"""A partner organisation's referrals."""

from django.urls import path

from arrimage.web.partners import consents, views
from arrimage.web.partners.steps import STEPS

app_name = "partners"
ADDRESSES = {
    "accept": "accepter",
    "decline": "refuser",
    "schedule": "fixer-une-date",
    "attend": "presence",
    "miss": "absence",
    "start": "commencer",
    "complete": "terminer",
    "stop": "interrompre",
}
urlpatterns = [
    path("", views.home, name="home"),
    path("orientations/", views.referrals, name="referrals"),
    path("orientations/<uuid:uid>/", views.referral, name="referral"),
    path("retraits/<uuid:uid>/confirmer/", consents.confirm, name="confirm_notice"),
    *(
        path(f"orientations/<uuid:uid>/{ADDRESSES[step.name]}/", views.step, {"name": step.name}, name=step.name)
        for step in STEPS
    ),
]
