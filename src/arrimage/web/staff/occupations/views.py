"""The page of the classification."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation.writing import write_number
from arrimage.occupations.models import Occupation
from arrimage.web.access import allows
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.employers.reading import tabs
from arrimage.web.staff.occupations.filters import OccupationFilter
from arrimage.web.staff.occupations.tables import OccupationTable


@allows(Right.SEE_EMPLOYERS, Right.ACCOMPANY, Right.IMPORT_REFERENCE)
@require_safe
def occupations(request: ActingRequest) -> HttpResponseBase:
    """List the occupations, for who accompanies persons or employers, and for who brings the classification in."""
    manages = request.actor.may(Right.IMPORT_REFERENCE)
    import_url = reverse("staff:import", args=["occupations"])
    bring_in = (_("Importer la classification"), import_url) if manages else ("", "")
    return render_list(
        request,
        OccupationTable,
        Occupation.objects.all(),
        OccupationFilter,
        title=_("Professions"),
        sentence=lambda count: (
            ngettext(
                "%(count)s profession de la Classification nationale des professions 2021",
                "%(count)s professions de la Classification nationale des professions 2021",
                count,
            )
            % {"count": write_number(count)}
        ),
        empty=Empty(
            _("La classification n’est pas encore importée. Elle vient d’un fichier public :"),
            *bring_in,
            command="arrimage import occupations FICHIER.csv --wet-run",
        ),
        export_name="professions",
        template="staff/shared/list.html",
        context={
            "tabs": tabs("occupations") if request.actor.may(Right.SEE_EMPLOYERS) else [],
            "primary": None,
            "import_url": import_url if manages else "",
        },
    )
