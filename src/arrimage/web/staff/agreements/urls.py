from django.urls import path

from arrimage.web.staff.agreements.views import agreements, local_actions, parts

urlpatterns = [
    path("ententes/", agreements.agreements, name="agreements"),
    path("ententes/ajouter/", agreements.add, name="agreement_add"),
    path("ententes/<uuid:uid>/", agreements.agreement, name="agreement"),
    path("ententes/<uuid:uid>/modifier/", agreements.edit, name="agreement_edit"),
    path("ententes/<uuid:uid>/signer/", agreements.sign, name="agreement_sign"),
    path("ententes/<uuid:uid>/fermer/", agreements.close, name="agreement_close"),
    path("ententes/<uuid:uid>/annuler/", agreements.annul, name="agreement_annul"),
    path("ententes/<uuid:uid>/versements/ajouter/", parts.instalment_add, name="instalment_add"),
    path("ententes/versements/<uuid:uid>/verser/", parts.instalment_release, name="instalment_release"),
    path("ententes/versements/<uuid:uid>/retenir/", parts.instalment_withhold, name="instalment_withhold"),
    path("ententes/versements/<uuid:uid>/reprendre/", parts.instalment_resume, name="instalment_resume"),
    path("ententes/<uuid:uid>/livrables/ajouter/", parts.deliverable_add, name="deliverable_add"),
    path("ententes/livrables/<uuid:uid>/", parts.deliverable, name="deliverable"),
    path("actions-locales/", local_actions.local_actions, name="local_actions"),
    path("actions-locales/ajouter/", local_actions.add, name="local_action_add"),
    path("actions-locales/<uuid:uid>/", local_actions.local_action, name="local_action"),
    path("actions-locales/<uuid:uid>/modifier/", local_actions.edit, name="local_action_edit"),
    path("actions-locales/<uuid:uid>/realiser/", local_actions.carry_out, name="local_action_carry_out"),
    path("actions-locales/<uuid:uid>/annuler/", local_actions.cancel, name="local_action_cancel"),
    path("actions-locales/<uuid:uid>/reporter/", local_actions.plan_again, name="local_action_plan_again"),
]
