"""The read journal, for the privacy officer: by person, by whoever read, by period."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation import clock
from arrimage.foundation.writing import write_number
from arrimage.people.models import Person
from arrimage.people.queries import persons_visible_to, records_of
from arrimage.privacy.journal.enums import Basis, ObjectKind, What
from arrimage.privacy.journal.models import Reading
from arrimage.privacy.journal.queries import readings_visible_to
from arrimage.web.access import allows
from arrimage.web.journal import read, read_rows
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.privacy.journal.filters import ReadingFilter
from arrimage.web.staff.privacy.journal.tables import ReadingTable

USUAL_DAYS = 30  # shown when nothing narrows the journal: it has every page of everybody


@allows(Right.MANAGE_PRIVACY)
@require_safe
def readings(request: ActingRequest) -> HttpResponseBase:
    """Show the journal; of one person, when the address names them (`?person=`). Reading it is written in it."""
    person = _person(request)
    rows = readings_visible_to(request.actor).select_related(
        "person", "service_point", "organisation", "region", "break_glass"
    )
    lead = ""
    if person is not None:
        read(request, person, kind=ObjectKind.READINGS, basis=Basis.PROTECTION)
        rows = rows.filter(person__in=records_of(person.pk))
        lead = _("Consultations du dossier de %(name)s") % {"name": person}
    elif not any(request.GET.get(name) for name in ("q", "name", "between_min", "between_max")):
        rows = rows.filter(happened_at__gte=clock.at(clock.today() - timedelta(days=USUAL_DAYS), 0))
        lead = _("Les %(days)d derniers jours. Une personne, un nom ou une période en montre davantage.") % {
            "days": USUAL_DAYS
        }
    return render_list(
        request,
        ReadingTable,
        rows,
        ReadingFilter,
        title=_("Journal des consultations"),
        sentence=lambda count: (
            ngettext("%(count)s consultation", "%(count)s consultations", count) % {"count": write_number(count)}
        ),
        empty=Empty(_("Aucune consultation ne correspond.")),
        export_name="consultations",
        exported=lambda exported: _exported(request, exported),
        template="staff/privacy/journal/readings.html",
        context={"lead": lead, "accesses_url": reverse("staff:accesses")},
    )


def _person(request: ActingRequest) -> Person | None:
    wanted = request.GET.get("person", "")
    if not wanted:
        return None
    try:
        uid = UUID(wanted)
    except ValueError:
        return get_object_or_404(Person.objects.none())
    return get_object_or_404(persons_visible_to(request.actor), uid=uid)


def _exported(request: ActingRequest, rows: QuerySet[Any]) -> None:
    """Write who left in the file: one line a person whose consultations it holds."""
    persons = Person.objects.filter(pk__in=Reading.objects.filter(pk__in=rows.order_by().values("pk")).values("person"))
    read_rows(request, persons, What.EXPORTED, kind=ObjectKind.READINGS)
