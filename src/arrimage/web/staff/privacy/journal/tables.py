from urllib.parse import urlencode

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Role
from arrimage.foundation.writing import write_date, write_time
from arrimage.people.models import Person
from arrimage.privacy.journal.enums import Finding
from arrimage.privacy.journal.models import BreakGlass, Reading
from arrimage.web.lists import DateColumn, NumberColumn, ShellTable, TimeColumn, name_link
from arrimage.web.states import Tone
from arrimage.web.templatetags.arrimage import badge, deadline_badge

TONES = {Finding.JUSTIFIED: Tone.OK, Finding.NOT_JUSTIFIED: Tone.DANGER}


def place_of(reading: Reading) -> str:
    """Return where somebody read from: their organisation, their point of service, else the region of the record."""
    place = reading.organisation or reading.service_point or reading.region
    return place.name if place else ""


class ReadingTable(ShellTable):
    happened_at = TimeColumn(verbose_name=_("Quand"))
    name = tables.Column(verbose_name=_("Par"), empty_values=())
    role = tables.Column(verbose_name=_("Rôle"), visible=False)
    person = tables.Column(verbose_name=_("Dossier de"), default="—", order_by=("person__search_key", "pk"))
    what = tables.Column(verbose_name=_("Ce qui a été fait"))
    kind = tables.Column(verbose_name=_("Quoi"), visible=False)
    basis = tables.Column(verbose_name=_("À quel titre"))
    address = tables.Column(verbose_name=_("Adresse"), visible=False)

    class Meta(ShellTable.Meta):
        order_by = "-happened_at"

    def render_name(self, record: Reading, value: str) -> SafeString:
        role = str(Role(record.role).label) if record.role else ""
        if not value:  # a person of their own record: its lines name nobody
            return format_html("{}", role)
        detail = " · ".join(part for part in (role, place_of(record)) if part)
        return name_link(f"{reverse('staff:readings')}?{urlencode({'name': value})}", value, detail)

    def value_name(self, value: str) -> str:
        return value

    def render_person(self, value: Person) -> SafeString:
        return name_link(f"{reverse('staff:readings')}?person={value.uid}", str(value))

    def value_person(self, record: Reading) -> str:
        return str(record.person)

    def render_what(self, record: Reading, value: str) -> SafeString:
        kind = record.get_kind_display()
        if record.break_glass is None:
            return format_html('<div>{}<span class="detail">{}</span></div>', value, kind)
        return name_link(reverse("staff:access", args=[record.break_glass.uid]), value, kind)

    def value_what(self, value: str) -> str:
        return value


class AccessTable(ShellTable):
    opened_at = tables.Column(verbose_name=_("Ouvert le"))
    user_name = tables.Column(verbose_name=_("Par"))
    role = tables.Column(verbose_name=_("Rôle"), visible=False)
    file_number = tables.Column(verbose_name=_("Dossier"))
    motive = tables.Column(verbose_name=_("Motif"))
    reason = tables.Column(verbose_name=_("Explication"), visible=False)
    reading_count = NumberColumn(verbose_name=_("Pages lues"), order_by=("reading_count", "pk"))
    finding = tables.Column(verbose_name=_("Examen"), empty_values=())
    reviewed_at = DateColumn(verbose_name=_("Examiné le"), visible=False)

    class Meta(ShellTable.Meta):
        order_by = "-opened_at"

    def render_opened_at(self, record: BreakGlass) -> SafeString:
        when = f"{write_date(record.opened_at)}, {write_time(record.opened_at)}"
        return name_link(reverse("staff:access", args=[record.uid]), when)

    def value_opened_at(self, record: BreakGlass) -> object:
        return record.opened_at

    def render_finding(self, record: BreakGlass) -> SafeString:
        if not record.finding:
            return deadline_badge(record.review_due)
        return badge(record.get_finding_display(), TONES[Finding(record.finding)])

    def value_finding(self, record: BreakGlass) -> str:
        return record.get_finding_display()
