"""Lists of employers and of accompaniments."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from arrimage.employers.enums import AccompanimentStatus
from arrimage.employers.models import Accompaniment, Employer
from arrimage.web.lists import DateColumn, NumberColumn, ShellTable, StateColumn, name_link
from arrimage.web.templatetags.arrimage import badge


class EmployerTable(ShellTable):
    name = tables.Column(verbose_name=_("Employeur"))
    neq = tables.Column(verbose_name=_("NEQ"), visible=False)
    sector = tables.Column(verbose_name=_("Secteur"), default="—")
    place = tables.Column(verbose_name=_("Lieu"), accessor="place__name", default="—")
    employee_count = NumberColumn(verbose_name=_("Employés"), default="—")
    accompaniment = tables.Column(
        verbose_name=_("Accompagnement"), empty_values=(), order_by=("-waiting", "-in_charge", "name")
    )
    contact_name = tables.Column(verbose_name=_("Personne à joindre"), visible=False)
    email = tables.Column(verbose_name=_("Courriel"), visible=False)
    phone = tables.Column(verbose_name=_("Téléphone"), visible=False)

    class Meta(ShellTable.Meta):
        order_by = "name"

    def render_name(self, record: Employer) -> SafeString:
        return name_link(reverse("staff:employer", args=[record.uid]), record.name, f"NEQ {record.neq}")

    def value_name(self, record: Employer) -> str:
        return record.name

    def render_accompaniment(self, record: Any) -> SafeString | str:
        if record.waiting:
            status = AccompanimentStatus.REQUESTED
        elif record.in_charge:
            status = AccompanimentStatus.IN_CHARGE
        else:
            return "—"
        return badge(status.label, status)

    def value_accompaniment(self, record: Any) -> str:
        return str(
            AccompanimentStatus.REQUESTED.label
            if record.waiting
            else AccompanimentStatus.IN_CHARGE.label
            if record.in_charge
            else ""
        )


class AccompanimentTable(ShellTable):
    employer = tables.Column(verbose_name=_("Employeur"), accessor="employer__name")
    subject = tables.Column(verbose_name=_("Sujet"), orderable=False)
    status = StateColumn(verbose_name=_("État"))
    requested_on = DateColumn(verbose_name=_("Demandé le"))
    in_charge_on = DateColumn(verbose_name=_("Pris en charge le"), default="—")
    ended_on = DateColumn(verbose_name=_("Terminé le"), default="—")
    advisor = tables.Column(verbose_name=_("Conseillère ou conseiller"), accessor="advisor__name", default="—")

    class Meta(ShellTable.Meta):
        order_by = "-requested_on"

    def render_employer(self, record: Accompaniment) -> SafeString:
        return name_link(reverse("staff:employer", args=[record.employer.uid]), record.employer.name)

    def value_employer(self, record: Accompaniment) -> str:
        return record.employer.name
