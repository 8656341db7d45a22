"""The lists of the directory, for the whole staff: services found as the public finds them, and organisations."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.casework.situation import situation_of
from arrimage.directory.exports import organisation_table, service_table
from arrimage.directory.finding.criteria import Criteria
from arrimage.directory.finding.eligible import without_refusals
from arrimage.directory.finding.order import best_first
from arrimage.directory.finding.searching import matching
from arrimage.directory.finding.why import said_of_words
from arrimage.directory.finding.words import understand
from arrimage.directory.queries import organisations_visible_to, services_visible_to, with_service_counts
from arrimage.foundation import clock
from arrimage.foundation.writing import write_number
from arrimage.privacy.journal.enums import What
from arrimage.web.access import allows
from arrimage.web.chips import without
from arrimage.web.journal import read
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.directory.admission import PARAMETER, asked_file, is_named_by_key
from arrimage.web.staff.directory.filters import OrganisationFilter, ServiceFilter
from arrimage.web.staff.directory.tables import AdmissionTable, OrganisationTable, ServiceTable
from arrimage.web.staff.directory.tabs import tabs_of


@allows(Right.SEE_DIRECTORY)
@require_safe
def services(request: ActingRequest) -> HttpResponseBase:
    """List the services offered, in one's region unless the address says otherwise; with `file`, whom they admit.

    Words are understood as the public's are, and order the list unless the address asks for a column.
    """
    file = asked_file(request)
    if file is not None and not is_named_by_key(request):
        return redirect(f"{request.path}?{urlencode({**request.GET.dict(), PARAMETER: str(file.uid)})}")
    criteria = Criteria(text=request.GET.get("q", ""))
    understood = understand(criteria.text)
    found = matching(services_visible_to(request.actor), criteria, understood=understood)
    found = found.with_locations().select_related("organisation").prefetch_related("themes")
    situation = None
    if file is not None:
        read(request, file)
        situation = situation_of(file)
        found = found.prefetch_related("eligibility_rules")
        if not request.GET.get("refusing"):
            found = without_refusals(found, situation, clock.today())
    return render_list(
        request,
        AdmissionTable if situation else ServiceTable,
        best_first(found, understood),
        ServiceFilter,
        title=_("Répertoire"),
        sentence=lambda count: (
            ngettext("%(count)s service", "%(count)s services", count) % {"count": write_number(count)}
        ),
        empty=Empty(_("Aucun service n’est encore inscrit. Un service s’ajoute depuis la page de son organisme.")),
        export_name="services",
        sheet=None if situation else service_table,
        exported=lambda rows: read(request, file, What.EXPORTED) if file else None,
        template="staff/directory/services.html",
        context={
            **_around(request.actor, "services"),
            "file": file,
            "may_choose_file": request.actor.may(Right.ACCOMPANY),
            "said_of_words": said_of_words(understood),
            "by_relevance": without(request.GET, ["sort"]) if understood.terms and "sort" in request.GET else "",
        },
        table_kwargs={"understood": understood} | ({"situation": situation} if situation else {}),
    )


@allows(Right.SEE_DIRECTORY)
@require_safe
def organisations(request: ActingRequest) -> HttpResponseBase:
    """List the organisations, in one's region unless the address says otherwise."""
    return render_list(
        request,
        OrganisationTable,
        with_service_counts(organisations_visible_to(request.actor)).select_related("place", "region"),
        OrganisationFilter,
        title=_("Répertoire"),
        sentence=lambda count: (
            ngettext("%(count)s organisme", "%(count)s organismes", count) % {"count": write_number(count)}
        ),
        empty=Empty(_("Aucun organisme n’est encore inscrit.")),
        export_name="organismes",
        sheet=organisation_table,
        template="staff/shared/list.html",
        context=_around(request.actor, "organisations"),
    )


def _around(actor: Actor, here: str) -> dict[str, Any]:
    """Return what stands around both lists: the way to the other, and what the advisors may do."""
    manages = actor.may(Right.MANAGE_DIRECTORY)
    return {
        "tabs": tabs_of(actor, here),
        "primary": (_("Ajouter un organisme"), reverse("staff:organisation_add")) if manages else None,
        "import_url": reverse("staff:import", args=[here]) if manages else "",
    }
