"""The time of a person's request in words, said alike to who answers and to who asked."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.foundation import clock
from arrimage.foundation.writing import write_long_date
from arrimage.privacy.registers.enums import LIVE_REQUESTS
from arrimage.privacy.registers.models import PersonRequest
from arrimage.privacy.registers.rules import RequestClock, request_clock
from arrimage.web.states import Tone


def clock_of(request: PersonRequest) -> RequestClock:
    """Return where a request stands in its time today."""
    return request_clock(request.received_on, clock.today(), extended=request.extended_on is not None)


def clock_words(request: PersonRequest) -> str:
    """Return « Jour 12 de 20 : il reste 8 jours. »; empty once the request has ended."""
    if request.status not in LIVE_REQUESTS:
        return ""
    time = clock_of(request)
    if time.is_late:
        late = ngettext("En retard de %(count)d jour.", "En retard de %(count)d jours.", -time.left)
        return late % {"count": -time.left}
    day = (
        _("Jour %(day)d de %(total)d") % {"day": time.day, "total": time.total} if time.day else _("Reçue aujourd’hui")
    )
    if time.left == 0:
        return _("%(day)s : dernier jour pour répondre.") % {"day": day}
    left = ngettext("il reste %(count)d jour.", "il reste %(count)d jours.", time.left) % {"count": time.left}
    return _("%(day)s : %(left)s") % {"day": day, "left": left}


def clock_tone(request: PersonRequest) -> Tone:
    """Return how much the deadline presses."""
    time = clock_of(request)
    if request.status not in LIVE_REQUESTS:
        return Tone.NEUTRAL
    return Tone.DANGER if time.is_late else Tone.WARN if time.is_soon else Tone.INFO


def due_words(request: PersonRequest) -> str:
    """Return « Réponse au plus tard le 3 décembre 2026 », and whether the time was extended."""
    words = _("Réponse au plus tard le %(date)s") % {"date": write_long_date(request.due_on)}
    return _("%(words)s (délai prolongé)") % {"words": words} if request.extended_on else words
