from django.urls import URLPattern, URLResolver, include, path

from arrimage.web.partners.directory import organisation, parts, proposals, services

part_urls = [
    path("ajouter/", parts.add, name="service_part_add"),
    path("<uuid:part>/modifier/", parts.edit, name="service_part_edit"),
    path("<uuid:part>/retirer/", parts.remove, name="service_part_remove"),
]
service_urls: list[URLPattern | URLResolver] = [
    path("", services.service, name="service"),
    path("modifier/", services.edit, name="service_edit"),
    path("fermer/", parts.close, name="service_close"),
    path("rouvrir/", parts.reopen, name="service_reopen"),
    path("historique/", services.history, name="service_history"),
    path("<slug:kind>/", include(part_urls)),
]
urlpatterns = [
    path("", organisation.page, name="organisation"),
    path("modifier/", organisation.edit, name="organisation_edit"),
    path("rythme/", organisation.rhythm, name="rhythm"),
    path("confirmer/", organisation.confirm_all, name="confirm"),
    path("propositions/", proposals.proposals, name="proposals"),
    path("propositions/<uuid:uid>/retirer/", proposals.take_back, name="proposal_withdraw"),
    path("services/proposer/", proposals.new_service, name="service_propose"),
    path("services/<uuid:uid>/", include(service_urls)),
]
