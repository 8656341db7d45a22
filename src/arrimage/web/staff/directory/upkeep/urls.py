from django.urls import path

from arrimage.web.staff.directory.upkeep import duplicates, joining, lists, proposals

urlpatterns = [
    path("propositions/", lists.proposals, name="proposals"),
    path("propositions/<uuid:uid>/", proposals.proposal, name="proposal"),
    path("propositions/<uuid:uid>/accepter/", proposals.accept_it, name="proposal_accept"),
    path("propositions/<uuid:uid>/refuser/", proposals.refuse_it, name="proposal_refuse"),
    path("confirmations/", lists.reviews, name="reviews"),
    path("qualite/", lists.quality, name="quality"),
    path("doublons/", duplicates.duplicates, name="service_duplicates"),
    path("doublons/<uuid:uid>/<uuid:other>/distincts/", duplicates.distinct, name="service_distinct"),
    path("doublons/<uuid:uid>/<uuid:other>/joindre/", joining.join, name="service_join"),
    path("jonctions/<uuid:uid>/", joining.joined, name="service_joined"),
]
