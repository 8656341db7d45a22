from django.urls import path

from arrimage.web.staff.privacy.retention.views import rules, runs

_run = "conservation/destructions/<uuid:uid>/"

urlpatterns = [
    path("conservation/", rules.retention_rules, name="retention_rules"),
    path("conservation/regles/<uuid:uid>/", rules.edit, name="retention_rule"),
    path("conservation/destructions/", runs.retention_runs, name="retention_runs"),
    path("conservation/destructions/nouvelle/", runs.prepare, name="retention_run_new"),
    path(_run, runs.retention_run, name="retention_run"),
    path(_run + "liste/", runs.due, name="retention_due"),
    path(_run + "approuver/", runs.approve, name="retention_run_approve"),
    path(_run + "abandonner/", runs.cancel, name="retention_run_cancel"),
    path(_run + "attestation/", runs.certificate, name="retention_certificate"),
]
