"""Lists of files and referrals."""

from datetime import date

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from arrimage.casework.enums import AWAITING_ANSWER
from arrimage.casework.models import File, Referral
from arrimage.casework.stages import Stage
from arrimage.web.lists import DateColumn, ShellTable, StateColumn, TimeColumn, name_link
from arrimage.web.states import Tone
from arrimage.web.templatetags.arrimage import badge, deadline_badge

STAGE_TONES = {
    Stage.TO_MEET: Tone.WARN,
    Stage.TO_ASSESS: Tone.INFO,
    Stage.TO_PLAN: Tone.INFO,
    Stage.TO_AGREE: Tone.INFO,
    Stage.UNDER_WAY: Tone.OK,
    Stage.CLOSED: Tone.NEUTRAL,
}


class FileTable(ShellTable):
    person = tables.Column(verbose_name=_("Personne"), order_by=("person__search_key", "pk"))
    number = tables.Column(verbose_name=_("Numéro"), visible=False)
    stage = tables.Column(verbose_name=_("Étape"), orderable=False)
    next_appointment = TimeColumn(verbose_name=_("Prochain rendez-vous"), orderable=False, default="—")
    agent = tables.Column(
        verbose_name=_("Agente ou agent"), accessor="agent__name", default="—", order_by=("agent__name", "pk")
    )
    service_point = tables.Column(verbose_name=_("Point de services"), accessor="service_point__name", visible=False)
    arrived_on = DateColumn(verbose_name=_("Arrivée"), default="—")
    opened_on = DateColumn(verbose_name=_("Ouvert le"), order_by=("opened_on", "pk"), visible=False)

    class Meta(ShellTable.Meta):
        order_by = "-opened_on"
        sequence = (
            "person",
            "number",
            "stage",
            "next_appointment",
            "agent",
            "service_point",
            "arrived_on",
            "opened_on",
        )

    def render_person(self, record: File) -> SafeString:
        return name_link(reverse("staff:file", args=[record.uid]), str(record.person), record.number)

    def value_person(self, record: File) -> str:
        return str(record.person)

    def render_agent(self, record: File, value: str) -> SafeString:
        return format_html('<div>{}<span class="detail">{}</span></div>', value, record.service_point.name)

    def value_agent(self, value: str) -> str:
        return value

    def render_stage(self, value: str) -> SafeString:
        stage = Stage(value)
        return badge(stage.label, STAGE_TONES[stage])

    def value_stage(self, value: str) -> str:
        return str(Stage(value).label)


class ReferralTable(ShellTable):
    person = tables.Column(
        verbose_name=_("Personne"), accessor="file__person", order_by=("file__person__search_key", "pk")
    )
    need = tables.Column(verbose_name=_("Besoin"), accessor="need__label", orderable=False)
    service = tables.Column(verbose_name=_("Service"), accessor="service__name", visible=False)
    organisation = tables.Column(verbose_name=_("Organisme"), accessor="organisation__name", visible=False)
    status = StateColumn(verbose_name=_("État"))
    sent_on = DateColumn(verbose_name=_("Envoyée le"), default="—")
    answer_due = tables.Column(verbose_name=_("Réponse attendue"), default="—")
    agent = tables.Column(verbose_name=_("Agente ou agent"), accessor="file__agent__name", visible=False)

    class Meta(ShellTable.Meta):
        order_by = "-sent_on"

    def render_person(self, record: Referral) -> SafeString:
        return name_link(reverse("staff:referral", args=[record.uid]), str(record.file.person), record.file.number)

    def value_person(self, record: Referral) -> str:
        return str(record.file.person)

    def render_need(self, record: Referral, value: str) -> SafeString:
        return format_html(
            '<div>{}<span class="detail">{} · {}</span></div>', value, record.service.name, record.organisation.name
        )

    def value_need(self, value: str) -> str:
        return value

    def render_answer_due(self, record: Referral, value: date) -> str:
        return deadline_badge(value) if record.status in AWAITING_ANSWER else "—"

    def value_answer_due(self, value: date) -> date:
        return value
