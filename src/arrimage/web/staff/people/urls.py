from django.urls import path

from arrimage.web.staff.people.views import details, households, identifiers, links, persons

urlpatterns = [
    path("personnes/<uuid:uid>/renseignements/", persons.record, name="person_record"),
    path("personnes/<uuid:uid>/identite/", persons.identity_form, name="person_identity"),
    path("personnes/<uuid:uid>/coordonnees/", persons.contact_form, name="person_contact"),
    path("personnes/<uuid:uid>/noms/<uuid:name>/utiliser/", persons.use, name="person_name_use"),
    # Names, languages, French, schooling, occupations, statuses
    path("personnes/<uuid:uid>/<slug:part>/ajouter/", details.add, name="person_detail_add"),
    path("personnes/<uuid:uid>/<slug:part>/<uuid:detail>/", details.edit, name="person_detail_edit"),
    path("personnes/<uuid:uid>/<slug:part>/<uuid:detail>/retirer/", details.remove, name="person_detail_remove"),
    # Numbers
    path("personnes/<uuid:uid>/numeros/inscrire/", identifiers.add, name="person_number_add"),
    path("personnes/<uuid:uid>/numeros/<uuid:number>/devoiler/", identifiers.reveal, name="person_number_reveal"),
    path("personnes/<uuid:uid>/numeros/<uuid:number>/detruire/", identifiers.remove, name="person_number_remove"),
    # Family and households
    path("personnes/<uuid:uid>/parente/lier/", links.add, name="family_link_add"),
    path("personnes/<uuid:uid>/parente/<uuid:link>/delier/", links.remove, name="family_link_remove"),
    path("personnes/<uuid:uid>/menage/inscrire/", households.start, name="household_start"),
    path("menages/<uuid:uid>/", households.household, name="household"),
    path("menages/<uuid:uid>/separer/", households.split, name="household_split"),
    path("menages/<uuid:uid>/reunir/", households.merge, name="household_merge"),
    path("menages/<uuid:uid>/accueillir/", households.join, name="household_join"),
    path("menages/<uuid:uid>/membres/<uuid:person>/", households.correct, name="household_member"),
]
