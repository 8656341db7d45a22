"""Lists of the advisors: what organisations propose, what is to be confirmed, how well services are described."""

from typing import Any

from django.db.models import Max
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.directory.models import ServiceQuality
from arrimage.directory.queries import services_visible_to
from arrimage.directory.upkeep.proposals import proposals_visible_to
from arrimage.directory.upkeep.reviews import reviews_visible_to
from arrimage.foundation.writing import write_number
from arrimage.web.access import allows
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.directory.tabs import tabs_of
from arrimage.web.staff.directory.upkeep.tables import (
    ProposalFilter,
    ProposalTable,
    QualityFilter,
    QualityTable,
    ReviewFilter,
    ReviewTable,
    with_share,
)


@allows(Right.MANAGE_DIRECTORY)
@require_safe
def proposals(request: ActingRequest) -> HttpResponseBase:
    """List what organisations propose to change, what waits for a decision unless the address says otherwise."""
    return render_list(
        request,
        ProposalTable,
        proposals_visible_to(request.actor),
        ProposalFilter,
        sentence=lambda count: ngettext("%(n)s proposition", "%(n)s propositions", count) % {"n": write_number(count)},
        empty=Empty(_("Rien n’attend votre décision. Ce que les organismes proposent arrive ici.")),
        export_name="propositions",
        **_around(request, "proposals"),
    )


@allows(Right.MANAGE_DIRECTORY)
@require_safe
def reviews(request: ActingRequest) -> HttpResponseBase:
    """List the organisations by the day they have to confirm what the directory says of them, the latest first."""
    found = reviews_visible_to(request.actor).select_related("organisation")
    return render_list(
        request,
        ReviewTable,
        found.annotate(reminded_on=Max("reminders__made_on")),
        ReviewFilter,
        sentence=lambda count: (
            ngettext("%(n)s organisme à confirmer", "%(n)s organismes à confirmer", count) % {"n": write_number(count)}
        ),
        empty=Empty(_("Aucun organisme n’a encore de page à confirmer.")),
        export_name="confirmations",
        **_around(request, "reviews"),
    )


@allows(Right.MANAGE_DIRECTORY)
@require_safe
def quality(request: ActingRequest) -> HttpResponseBase:
    """List the services by how well they are described, the least first."""
    services = services_visible_to(request.actor)
    if request.actor.region_id is not None:
        services = services.filter(organisation__region=request.actor.region_id)
    found = ServiceQuality.objects.filter(service__in=services).select_related("service__organisation")
    return render_list(
        request,
        QualityTable,
        with_share(found),
        QualityFilter,
        sentence=lambda count: (
            ngettext("%(n)s service offert", "%(n)s services offerts", count) % {"n": write_number(count)}
        ),
        empty=Empty(_("La qualité des fiches est calculée chaque nuit : elle paraîtra ici demain.")),
        export_name="qualite",
        **_around(request, "quality"),
    )


def _around(request: ActingRequest, here: str) -> dict[str, Any]:
    context = {"tabs": tabs_of(request.actor, here), "primary": None, "import_url": ""}
    return {"title": _("Répertoire"), "template": "staff/shared/list.html", "context": context}
