"""Whether services admit the person of a file: which file the address says, and the verdict in words."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from arrimage.casework.models import File
from arrimage.casework.story import files_to_read
from arrimage.directory.rules import Eligibility
from arrimage.web.requests import ActingRequest

PARAMETER = "file"


def asked_file(request: ActingRequest) -> File | None:
    """Return the file the address names, by its key or by the number that was typed; None when it names none.

    Hidden and absent are the same: 404.
    """
    asked = request.GET.get(PARAMETER, "").strip()
    if not asked:
        return None
    files = files_to_read(request.actor)
    if (uid := _uid(asked)) is not None:
        return get_object_or_404(files, uid=uid)
    found = files.filter(number__iexact=asked).first()
    if found is None:
        raise Http404
    return found


def is_named_by_key(request: ActingRequest) -> bool:
    """Say whether the address names the file by its key, which alone stays in it."""
    return _uid(request.GET.get(PARAMETER, "").strip()) is not None


def in_words(verdict: Eligibility) -> str:
    """Return « Admissible », « À vérifier : … », « Non admissible : … »."""
    if verdict.admitted:
        return _("Admissible")
    said = _("À vérifier") if verdict.admitted is None else _("Non admissible")
    return _("%(said)s : %(reasons)s") % {"said": said, "reasons": " ".join(verdict.reasons)}


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
