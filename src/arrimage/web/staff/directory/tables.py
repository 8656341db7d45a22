"""Lists of organisations and services."""

from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from arrimage.directory.finding.eligible import verdicts
from arrimage.directory.finding.why import reasons
from arrimage.directory.finding.words import Understood
from arrimage.directory.models import Organisation, Service
from arrimage.directory.rules import Situation
from arrimage.foundation import clock
from arrimage.foundation.writing import write_language, write_number
from arrimage.web.lists import NumberColumn, ShellTable, name_link
from arrimage.web.staff.directory.admission import in_words

NOTHING = Understood()


class OrganisationTable(ShellTable):
    name = tables.Column(verbose_name=_("Organisme"))
    kind = tables.Column(verbose_name=_("Genre"), visible=False)
    place = tables.Column(verbose_name=_("Lieu"), accessor="place__name", default="—")
    region = tables.Column(verbose_name=_("Région"), accessor="region__name")
    offered_services = NumberColumn(verbose_name=_("Services offerts"))
    phone = tables.Column(verbose_name=_("Téléphone"), orderable=False, default="—")
    email = tables.Column(verbose_name=_("Courriel"), orderable=False, default="—")

    class Meta(ShellTable.Meta):
        order_by = "name"

    def render_name(self, record: Organisation) -> SafeString:
        url = reverse("staff:organisation", args=[record.uid])
        return name_link(url, record.name, str(record.get_kind_display()))

    def value_name(self, record: Organisation) -> str:
        return record.name


class DistanceColumn(NumberColumn):
    def render(self, value: float) -> str:
        return write_number(round(value, 1))

    def value(self, **kwargs: Any) -> float:
        return round(kwargs["value"], 1)


class ServiceTable(ShellTable):
    """Services in the order in which they come, and by which words each was found."""

    name = tables.Column(verbose_name=_("Service"))
    organisation = tables.Column(verbose_name=_("Organisme"), accessor="organisation__name", visible=False)
    themes = tables.Column(verbose_name=_("Besoins"), orderable=False, empty_values=())
    languages = tables.Column(verbose_name=_("Langues"), orderable=False)
    place = tables.Column(verbose_name=_("Lieu"), orderable=False, default="—")
    km = DistanceColumn(verbose_name=_("Distance (km, environ)"), default="—")
    delay_days = NumberColumn(verbose_name=_("Délai (jours)"), default="—")
    contact_email = tables.Column(verbose_name=_("Courriel pour les orientations"), visible=False)

    class Meta(ShellTable.Meta):
        """No order of its own: words or a distance give it."""

    def __init__(self, data: QuerySet[Service], *args: Any, understood: Understood = NOTHING, **kwargs: Any) -> None:
        if "km" not in data.query.annotations:
            kwargs["exclude"] = ("km",)
        super().__init__(data, *args, **kwargs)
        self.understood = understood

    @cached_property
    def borne(self) -> dict[int, list[str]]:
        """The words asked that each service of the page bears. One query, none where no word was asked."""
        return reasons(self.understood, [row.record for row in self.page.object_list])

    def render_name(self, record: Service) -> SafeString:
        url = reverse("staff:service", args=[record.uid])
        named = name_link(url, record.name, record.organisation.name)
        if not self.borne[record.pk]:
            return named
        why = _("Trouvé parce que : %(words)s") % {"words": " ; ".join(self.borne[record.pk])}
        return format_html('{}<span class="detail">{}</span>', named, why)

    def value_name(self, record: Service) -> str:
        return record.name

    def render_themes(self, record: Service) -> str:
        return ", ".join(theme.label for theme in record.themes.all()) or "—"

    def render_languages(self, value: list[str]) -> str:
        return ", ".join(write_language(code) for code in value)


class AdmissionTable(ServiceTable):
    """Services, and whether each admits the person in a situation."""

    admission = tables.Column(verbose_name=_("Admissibilité"), orderable=False, empty_values=())

    class Meta(ShellTable.Meta):
        sequence = ("name", "admission", "...")

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.situation = situation

    def render_admission(self, record: Service) -> str:
        return in_words(verdicts([record], self.situation, clock.today())[record.pk])


class OwnServiceTable(ServiceTable):
    """The services of one organisation, on its own page."""

    class Meta(ShellTable.Meta):
        order_by = "name"
        exclude = ("organisation", "place", "delay_days", "contact_email")

    def render_name(self, record: Service) -> SafeString:
        return name_link(reverse("staff:service", args=[record.uid]), record.name)
