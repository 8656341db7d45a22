"""Manifests: those imported, and importing one."""

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation.writing import write_number
from arrimage.reception.queries import manifests_visible_to
from arrimage.web.access import allows
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.reception.tables import ManifestTable
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.imports import views as imports

KIND = "arrivals"


@allows(Right.IMPORT_ARRIVALS)
@require_safe
def manifests(request: ActingRequest) -> HttpResponseBase:
    """List the manifests that changed something."""
    return render_list(
        request,
        ManifestTable,
        manifests_visible_to(request.actor).select_related("imported_by"),
        title=_("Manifestes"),
        sentence=lambda n: ngettext("%(n)s manifeste importé", "%(n)s manifestes importés", n) % {"n": write_number(n)},
        empty=Empty(
            _("Aucun manifeste n’est encore importé."), _("Importer un manifeste"), reverse("reception:manifest_import")
        ),
        export_name="manifestes",
        template="reception/manifests.html",
        context={"trail": [(_("Arrivées"), reverse("reception:home"))]},
    )


@allows(Right.IMPORT_ARRIVALS)
def upload(request: ActingRequest) -> HttpResponse:
    """Check a manifest, then bring it in: the page of every import, for this kind."""
    return imports.upload(request, KIND)
