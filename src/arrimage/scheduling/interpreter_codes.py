"""The code of an interpreter’s link, sent to where they are written: a letter passed on opens nothing."""

from django.utils.translation import gettext as _

from arrimage.accounts.context import acting_as
from arrimage.accounts.link_codes import CODES_A_DAY, give_code, half_hidden, minutes_it_lives, take_code
from arrimage.accounts.mail import send_on_commit
from arrimage.accounts.rights import system_actor
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.scheduling.interpreter_letters import PURPOSE, awaits_answer
from arrimage.scheduling.models import Interpretation

MOST_CODES = CODES_A_DAY  # of one booking: it is soon over


def send_code(booking: Interpretation, *, address: str) -> str:
    """Send a fresh code to the interpreter, or else to their organisation; return that address, half hidden.

    Raises `Conflict` when no answer is awaited any more, `InvalidInput` when too many were asked for.
    """
    with acting_as(system_actor("lien"), address=address):
        locked = _locked(booking)
        contact = locked.interpreter.written_at
        if locked.codes_sent >= MOST_CODES or not contact:
            raise InvalidInput(
                _("Aucun autre code ne peut être envoyé : communiquez avec la direction régionale qui vous a écrit.")
            )
        locked.codes_sent += 1
        locked.save(update_fields=["codes_sent"])
        context = {"code": give_code(locked, PURPOSE), "minutes": minutes_it_lives()}
        send_on_commit("interpreter_code", contact, "fr", context)
    return half_hidden(contact)


def open_with_code(booking: Interpretation, code: str, *, address: str) -> bool:
    """Say whether `code` opens the link (`take_code`). Raises `Conflict` when no answer is awaited any more."""
    with acting_as(system_actor("lien"), address=address):
        return take_code(_locked(booking), code, PURPOSE)


def _locked(booking: Interpretation) -> Interpretation:
    locked = (
        Interpretation.objects.select_for_update(of=("self",))
        .select_related("interpreter__organisation", "appointment")
        .get(pk=booking.pk)
    )
    if not awaits_answer(locked):
        raise Conflict(_("Une réponse est déjà notée, ou l’interprète n’est plus demandé à cette heure."))
    return locked
