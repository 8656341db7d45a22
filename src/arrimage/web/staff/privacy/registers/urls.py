from django.urls import path

from arrimage.web.staff.privacy.registers.views import answers, communications, incidents, letters, requests, work

_incident, _communication, _request = "incidents/<uuid:uid>/", "communications/<uuid:uid>/", "demandes/<uuid:uid>/"

urlpatterns = [
    path("signaler/", incidents.report, name="incident_report"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/nouveau/", incidents.add, name="incident_new"),
    path("incidents/imprimer/", incidents.print_register, name="incidents_print"),
    path(_incident, incidents.incident, name="incident"),
    path(_incident + "imprimer/", incidents.print_one, name="incident_print"),
    path(_incident + "modifier/", work.edit, name="incident_edit"),
    path(_incident + "evaluer/", work.assess, name="incident_assess"),
    path(_incident + "avis/", work.notify, name="incident_notice"),
    path(_incident + "fermer/", work.close, name="incident_close"),
    path(_incident + "personnes/", work.persons, name="incident_persons"),
    path(_incident + "personnes/<uuid:person>/ajouter/", work.add_person, name="incident_person_add"),
    path(_incident + "personnes/<uuid:person>/retirer/", work.remove_person, name="incident_person_remove"),
    path("communications/", communications.communications, name="communications"),
    path("communications/nouvelle/", communications.add, name="communication_new"),
    path("communications/imprimer/", communications.print_register, name="communications_print"),
    path(_communication, communications.communication, name="communication"),
    path(_communication + "modifier/", communications.edit, name="communication_edit"),
    path(_communication + "personnes/", communications.persons, name="communication_persons"),
    path(
        _communication + "personnes/<uuid:person>/ajouter/", communications.add_person, name="communication_person_add"
    ),
    path(
        _communication + "personnes/<uuid:person>/retirer/",
        communications.remove_person,
        name="communication_person_remove",
    ),
    path("demandes/", requests.requests, name="requests"),
    path("demandes/nouvelle/", requests.find, name="request_find"),
    path("demandes/nouvelle/sans-dossier/", requests.add_unknown, name="request_new_unknown"),
    path("demandes/nouvelle/<uuid:uid>/", requests.add, name="request_new"),
    path(_request, requests.request_page, name="request"),
    path(_request + "accuse/", letters.receipt, name="request_receipt"),
    path(_request + "accuse/envoye/", requests.acknowledge, name="request_acknowledge"),
    path(_request + "identite/", requests.verify, name="request_verify"),
    path(_request + "traitement/", requests.take_up, name="request_take_up"),
    path(_request + "prolonger/", requests.extend, name="request_extend"),
    path(_request + "prolongation/", letters.extension, name="request_extension"),
    path(_request + "retirer/", requests.withdraw, name="request_withdraw"),
    path(_request + "copie/", answers.download, name="request_copy"),
    path(_request + "copie/produire/", answers.produce, name="request_copy_produce"),
    path(_request + "repondre/", answers.answer, name="request_answer"),
    path(_request + "reponse/", letters.answer, name="request_answer_letter"),
    path(_request + "declaration/", answers.state, name="request_statement"),
]
