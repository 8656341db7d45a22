"""A partner organisation's referrals."""

from django.urls import include, path

from arrimage.web.partners import consents, exchanges, organisation, views
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
    path("orientations/<uuid:uid>/reponses/", exchanges.answers, name="answers"),
    path("orientations/<uuid:uid>/message/", exchanges.message, name="message"),
    path("orientations/<uuid:uid>/messages-lus/", exchanges.messages_read, name="messages_read"),
    path("orientations/<uuid:uid>/proposer-des-dates/", exchanges.propose, name="propose"),
    path("orientations/<uuid:uid>/prendre/", exchanges.take, name="take"),
    path("orientations/<uuid:uid>/confier/", exchanges.hand, name="hand"),
    path("charge/", organisation.load, name="workload"),
    path("organisme/", include("arrimage.web.partners.directory.urls")),
    path("equipe/", organisation.people, name="people"),
    path("equipe/inviter/", organisation.invite, name="invite"),
    path("equipe/<uuid:uid>/fin/", organisation.end, name="end"),
    path("retraits/<uuid:uid>/confirmer/", consents.confirm, name="confirm_notice"),
    *(
        path(f"orientations/<uuid:uid>/{ADDRESSES[step.name]}/", views.step, {"name": step.name}, name=step.name)
        for step in STEPS
    ),
]
