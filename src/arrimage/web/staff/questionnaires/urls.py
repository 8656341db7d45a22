from django.urls import path

from arrimage.web.staff.questionnaires.views import conditions, editing, needs, translations, trying, versions

urlpatterns = [
    path("questionnaires/", versions.questionnaires, name="questionnaires"),
    path("questionnaires/<slug:code>/modifier/", versions.draft, name="questionnaire_draft"),
    path("questionnaires/versions/<uuid:uid>/", versions.version, name="questionnaire_version"),
    path("questionnaires/versions/<uuid:uid>/comparer/<uuid:other>/", versions.compare, name="questionnaire_compare"),
    path("questionnaires/versions/<uuid:uid>/publier/", versions.publish, name="questionnaire_publish"),
    path("questionnaires/versions/<uuid:uid>/abandonner/", versions.discard, name="questionnaire_discard"),
    path("questionnaires/versions/<uuid:uid>/essayer/", trying.try_out, name="questionnaire_try"),
    path(
        "questionnaires/versions/<uuid:uid>/traductions/<slug:language>/",
        translations.translations,
        name="questionnaire_translations",
    ),
    # A draft, piece by piece
    path("questionnaires/versions/<uuid:uid>/questions/ajouter/", editing.add, name="question_add"),
    path("questionnaires/versions/<uuid:uid>/questions/<slug:key>/", editing.edit, name="question_edit"),
    path("questionnaires/versions/<uuid:uid>/questions/<slug:key>/deplacer/", editing.move, name="question_move"),
    path("questionnaires/versions/<uuid:uid>/questions/<slug:key>/retirer/", editing.remove, name="question_remove"),
    path("questionnaires/versions/<uuid:uid>/questions/<slug:key>/besoins/ajouter/", needs.add, name="need_rule_add"),
    path(
        "questionnaires/versions/<uuid:uid>/questions/<slug:key>/besoins/<int:index>/",
        needs.edit,
        name="need_rule_edit",
    ),
    path("questionnaires/versions/<uuid:uid>/sections/ajouter/", editing.add_section, name="section_add"),
    path("questionnaires/versions/<uuid:uid>/sections/<slug:key>/", editing.edit_section, name="section_edit"),
    path("questionnaires/versions/<uuid:uid>/sections/<slug:key>/deplacer/", editing.move_section, name="section_move"),
    path(
        "questionnaires/versions/<uuid:uid>/sections/<slug:key>/retirer/", editing.remove_section, name="section_remove"
    ),
    path(
        "questionnaires/versions/<uuid:uid>/conditions/<slug:kind>/<slug:key>/<int:index>/",
        conditions.condition,
        name="questionnaire_condition",
    ),
]
