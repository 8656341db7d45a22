"""The lists of the registers. What a page shows is short; what is exported says all the register says."""

from typing import Any

import django_tables2 as tables
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.writing import write_number
from arrimage.privacy.registers.enums import LIVE_REQUESTS, IncidentStatus, NoticeTo
from arrimage.privacy.registers.models import Communication, Incident, PersonRequest
from arrimage.privacy.registers.rules import assessment_due, missing_notices
from arrimage.web.lists import DateColumn, ShellTable, StateColumn, YesColumn, name_link
from arrimage.web.staff.privacy.registers.reading import (
    count_in_words,
    kinds_in_words,
    occurred_in_words,
    risk_in_words,
)
from arrimage.web.templatetags.arrimage import badge, deadline_badge


class IncidentTable(ShellTable):
    number = tables.Column(verbose_name=_("Incident"))
    status = StateColumn(verbose_name=_("État"))
    aware_on = DateColumn(verbose_name=_("Connu le"))
    person_count = tables.Column(verbose_name=_("Personnes"), empty_values=())
    serious_risk = tables.Column(verbose_name=_("Préjudice sérieux"), empty_values=())
    next = tables.Column(verbose_name=_("À faire"), empty_values=(), orderable=False)

    class Meta(ShellTable.Meta):
        order_by = "-aware_on"

    def render_number(self, value: str, record: Incident) -> SafeString:
        return name_link(reverse("staff:incident", args=[record.uid]), value, record.get_kind_display())

    def render_person_count(self, record: Incident) -> str:
        return "—" if record.person_count is None else write_number(record.person_count)

    def render_serious_risk(self, record: Incident) -> SafeString | str:
        if record.serious_risk is None:
            return "—"
        return badge(gettext("Oui"), "danger") if record.serious_risk else badge(gettext("Non"), "neutral")

    def render_next(self, record: Incident) -> SafeString | str:
        if record.status == IncidentStatus.OPEN:
            return deadline_badge(assessment_due(record.aware_on, settings.INCIDENT_ASSESSMENT_WORKING_DAYS))
        missing = missing_notices(record.serious_risk, [notice.to for notice in record.notices.all()])
        if missing:
            return badge(gettext("Avis à donner"), "danger")
        return "" if record.status == IncidentStatus.CLOSED else gettext("À fermer")


class IncidentExport(tables.Table):
    """What the register must hold (r. 3.1, s. 7), a line an incident."""

    number = tables.Column(verbose_name=_("Numéro"))
    kind = tables.Column(verbose_name=_("Nature"), accessor="get_kind_display")
    status = tables.Column(verbose_name=_("État"), accessor="get_status_display")
    region = tables.Column(verbose_name=_("Région"), accessor="region__name")
    information = tables.Column(verbose_name=_("Renseignements visés"), empty_values=())
    description = tables.Column(verbose_name=_("Ce qui s’est passé"))
    circumstances = tables.Column(verbose_name=_("Circonstances"))
    occurred = tables.Column(verbose_name=_("Survenu"), empty_values=())
    aware_on = DateColumn(verbose_name=_("Connu le"))
    persons = tables.Column(verbose_name=_("Personnes concernées"), empty_values=())
    risk = tables.Column(verbose_name=_("Conclusion"), empty_values=())
    sensitivity = tables.Column(verbose_name=_("Sensibilité"))
    consequences = tables.Column(verbose_name=_("Conséquences appréhendées"))
    likelihood = tables.Column(verbose_name=_("Probabilité"))
    conclusion = tables.Column(verbose_name=_("Motifs"))
    commission = tables.Column(verbose_name=_("Avis à la Commission"), empty_values=())
    concerned = tables.Column(verbose_name=_("Avis aux personnes"), empty_values=())
    others = tables.Column(verbose_name=_("Autres avis"), empty_values=())
    measures = tables.Column(verbose_name=_("Mesures prises"))
    closed_on = DateColumn(verbose_name=_("Fermé le"))
    keep_until = DateColumn(verbose_name=_("Conservé jusqu’au"))

    class Meta:
        order_by = "-aware_on"

    def value_information(self, record: Incident) -> str:
        return " : ".join(filter(None, [kinds_in_words(record.information_kinds), record.information]))

    def value_occurred(self, record: Incident) -> str:
        return occurred_in_words(record)

    def value_persons(self, record: Incident) -> str:
        return count_in_words(record)

    def value_risk(self, record: Incident) -> str:
        return risk_in_words(record)

    def value_commission(self, record: Incident) -> str:
        return _notices(record, NoticeTo.COMMISSION)

    def value_concerned(self, record: Incident) -> str:
        return _notices(record, NoticeTo.PERSONS)

    def value_others(self, record: Incident) -> str:
        return _notices(record, NoticeTo.OTHER)


def _notices(incident: Incident, to: NoticeTo) -> str:
    return "; ".join(
        " ".join(filter(None, [f"{one.given_on:%Y-%m-%d}", one.get_way_display(), one.recipient, one.note]))
        for one in incident.notices.all()
        if one.to == to
    )


class CommunicationTable(ShellTable):
    number = tables.Column(verbose_name=_("Communication"))
    made_on = DateColumn(verbose_name=_("Date"))
    recipient = tables.Column(verbose_name=_("Destinataire"))
    ground = tables.Column(verbose_name=_("Disposition"), accessor="get_ground_display", order_by="ground")
    decided_by = tables.Column(verbose_name=_("Décision de"))

    class Meta(ShellTable.Meta):
        order_by = "-made_on"

    def render_number(self, value: str, record: Communication) -> SafeString:
        return name_link(reverse("staff:communication", args=[record.uid]), value, record.concerned)


class CommunicationExport(tables.Table):
    """What the register must hold (A-2.1, s. 67.3), a line a communication."""

    number = tables.Column(verbose_name=_("Numéro"))
    made_on = DateColumn(verbose_name=_("Date"))
    kinds = tables.Column(verbose_name=_("Sortes de renseignements"), empty_values=())
    information = tables.Column(verbose_name=_("Renseignements communiqués"))
    concerned = tables.Column(verbose_name=_("Personnes concernées"))
    recipient = tables.Column(verbose_name=_("Destinataire"))
    purpose = tables.Column(verbose_name=_("Fin"))
    ground = tables.Column(verbose_name=_("Disposition"), accessor="get_ground_display")
    reason = tables.Column(verbose_name=_("Raison"))
    outside_quebec = YesColumn(verbose_name=_("Hors du Québec"))
    agreement = tables.Column(verbose_name=_("Écrit"))
    decided_by = tables.Column(verbose_name=_("Décision de"))
    region = tables.Column(verbose_name=_("Région"), accessor="region__name")

    class Meta:
        order_by = "-made_on"

    def value_kinds(self, record: Communication) -> str:
        return kinds_in_words(record.information_kinds)


class RequestTable(ShellTable):
    requester = tables.Column(verbose_name=_("Personne"))
    kind = tables.Column(verbose_name=_("Demande"), accessor="get_kind_display", order_by="kind")
    status = StateColumn(verbose_name=_("État"))
    received_on = DateColumn(verbose_name=_("Reçue le"))
    due_on = tables.Column(verbose_name=_("Échéance"))
    answered_on = DateColumn(verbose_name=_("Réponse"))
    number = tables.Column(verbose_name=_("Numéro"), visible=False)
    received_by = tables.Column(verbose_name=_("Reçue par"), accessor="get_received_by_display", visible=False)
    extended_on = DateColumn(verbose_name=_("Prolongée le"), visible=False)
    refusal_ground = tables.Column(
        verbose_name=_("Motif du refus"), accessor="get_refusal_ground_display", visible=False
    )

    class Meta(ShellTable.Meta):
        pass

    def render_requester(self, value: str, record: PersonRequest) -> SafeString:
        return name_link(reverse("staff:request", args=[record.uid]), value, record.number)

    def value_requester(self, value: str) -> str:
        return value

    def render_due_on(self, value: Any, record: PersonRequest) -> SafeString | str:
        return deadline_badge(value) if record.status in LIVE_REQUESTS else "—"

    def value_due_on(self, value: Any) -> Any:
        return value
