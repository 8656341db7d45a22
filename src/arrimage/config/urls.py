"""Where each room is. French addresses; a language prefix only for the public and the newcomers."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from arrimage.web import attachments, views

urlpatterns = [
    path("chez-moi/", views.home, name="home"),
    path("compte/role/", views.choose_role, name="choose_role"),
    path("compte/langue/", views.switch_language, name="switch_language"),
    path("compte/", include("arrimage.web.account.urls")),
    path("compte/", include("allauth.account.urls")),
    path("compte/double-authentification/", include("allauth.mfa.urls")),
    path("compte/identite/", include("allauth.socialaccount.urls")),
    path("compte/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("sante/", views.health, name="health"),
    path("sante/prete/", views.readiness, name="readiness"),
    path("documents/<uuid:uid>/", attachments.download, name="document"),
    path("documents/<uuid:uid>/apercu/", attachments.preview, name="document_preview"),
    path("hsds/v3/", include("arrimage.api.hsds.urls")),
    path("o/", include("arrimage.web.answering.urls")),
    path("r/", include("arrimage.web.by_link.urls")),
    path("calendrier/", include("arrimage.api.calendars.urls")),
    path("i/", include("arrimage.web.answering.interpreter_urls")),
    path("espace/", include("arrimage.web.staff.urls")),
    path("accueil/", include("arrimage.web.reception.urls")),
    path("partenaires/", include("arrimage.web.partners.urls")),
    path("employeurs/", include("arrimage.web.employers.urls")),
    *i18n_patterns(
        path("moi/", include("arrimage.web.newcomers.urls")),
        path("", include("arrimage.web.public.urls")),
        prefix_default_language=False,
    ),
]
