"""Opening a file that is not one's own: which file may be asked for, and asking."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from arrimage.accounts.context import acting_as, action, elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.models import File
from arrimage.casework.queries import files_visible_to
from arrimage.casework.rules import is_file_number
from arrimage.foundation.errors import Conflict, NotAllowed
from arrimage.privacy.journal.actions import AskedFile, open_break_glass
from arrimage.privacy.journal.models import BreakGlass


def file_to_ask_for(actor: Actor, *, uid: UUID | None = None, number: str = "") -> AskedFile | None:
    """Return the file `actor` may ask to open: one of their region by its address, any by its whole number.

    None when there is none, or when it is theirs already. Elevated: it is not theirs to see. Of what is returned, a
    page shows the number only.
    """
    if not actor.may(Right.ACCOMPANY) or actor.region_id is None:
        return None
    wanted = _named(File.objects.all(), uid, number)
    if uid is not None:
        wanted = wanted.filter(region_id=actor.region_id)
    with acting_as(actor), elevated():
        found = wanted.values_list("person_id", "region_id", "uid", "number").first()
    if found is None or files_visible_to(actor).filter(uid=found[2]).exists():
        return None
    return AskedFile(*found)


def _named(files: QuerySet[File], uid: UUID | None, number: str) -> QuerySet[File]:
    """Keep the file of that address or, without one, of that whole number."""
    if uid is not None:
        return files.filter(uid=uid)
    number = number.strip().upper()
    return files.filter(number=number) if is_file_number(number) else files.none()


@action
def break_glass(
    actor: Actor, *, uid: UUID | None = None, number: str = "", motive: str, reason: str, address: str = ""
) -> BreakGlass:
    """Open a file outside the actor's assignment for a limited time, for the reason given.

    Raises `NotAllowed` when there is no such file to ask for, `Conflict` when it is theirs to open already.
    """
    require(actor, Right.ACCOMPANY)
    asked = file_to_ask_for(actor, uid=uid, number=number)
    if asked is None:
        if _named(files_visible_to(actor), uid, number).exists():
            raise Conflict(_("Ce dossier est déjà parmi ceux que vous pouvez ouvrir."))
        raise NotAllowed(_("Aucun dossier à demander ne porte ce numéro."))
    return open_break_glass(actor, asked, motive=motive, reason=reason, address=address)
