"""One box for everything: persons and files, organisations, employers, occupations, as far as the actor's rights go."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.search import Found as FoundFiles
from arrimage.casework.search import files_found, search_files
from arrimage.people.search import reasons
from arrimage.web.access import allows
from arrimage.web.journal import FROM_SEARCH
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.menu import EVERY_STAFF_RIGHT
from arrimage.web.staff.search.finding import MOST, Found, employers_found, occupations_found, organisations_found

LONGEST = 100


@allows(*EVERY_STAFF_RIGHT)
@require_safe
def search(request: ActingRequest) -> HttpResponse:
    """Show what `q` finds, kind by kind."""
    actor = request.actor
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    found = search_files(actor, text, MOST + 1) if text else FoundFiles()
    files = files_found(actor, found.keys) if found.keys else []
    others: list[Found] = [*organisations_found(actor, text), *employers_found(actor, text)] if text else []
    context = {
        "title": _("Recherche"),
        "q": text,
        "files": [(file, reasons(found.proofs[file.pk], file.person)) for file in files[:MOST]],
        "more_files": len(files) > MOST,
        "elsewhere": found.elsewhere[:MOST],
        "more_elsewhere": len(found.elsewhere) > MOST,
        "from_search": FROM_SEARCH,
        "others": others,
        "occupations": occupations_found(actor, text) if text else [],
        "may_settle": actor.may(Right.SETTLE_DUPLICATES),
        "may_find_files": actor.may(Right.ACCOMPANY),
    }
    return render(request, "staff/search/search.html", context)
