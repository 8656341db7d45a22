"""Who looked at my file: the day, who, from which office, why, said to the person it is about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import PARTNER_ROLES, PROVINCE_WIDE_ROLES, Right, Role
from arrimage.foundation import clock
from arrimage.privacy.journal.enums import Basis, ObjectKind, What
from arrimage.privacy.journal.models import Reading
from arrimage.privacy.journal.queries import consultations_of_own_record
from arrimage.web.access import allows
from arrimage.web.requests import ActingRequest

SHOWN_MONTHS = 12
MOST = 2000  # lines of the journal read for one page


@dataclass
class Consultation:
    """Everything one person did with the record on one day, on one ground.

    `who` is the name for the directorate's people; for a partner's it stays empty, and the organisation is told.
    """

    day: date
    who: str
    role: str
    place: str
    why: str
    acts: list[str] = field(default_factory=list)
    motive: str = ""
    reason: str = ""

    @property
    def is_exceptional(self) -> bool:
        return bool(self.reason)


@allows(Right.SEE_OWN_FILE)
@require_safe
def readings(request: ActingRequest) -> HttpResponse:
    """Show who looked at the person's file in the last year, day by day."""
    since = clock.today() - timedelta(days=SHOWN_MONTHS * 30)
    rows = consultations_of_own_record(request.actor).filter(happened_at__gte=clock.at(since, 0))
    lines = list(rows[: MOST + 1])
    context = {
        "title": _("Qui a consulté mon dossier"),
        "consultations": by_day(lines[:MOST]),
        "is_cut": len(lines) > MOST,
        "since": since,
    }
    return render(request, "newcomers/readings.html", context)


def by_day(lines: Iterable[Reading]) -> list[Consultation]:
    """Group the lines of the journal by day, reader and ground, in the order given."""
    found: dict[tuple[object, ...], Consultation] = {}
    for line in lines:
        day = timezone.localtime(line.happened_at).date()
        key = (day, line.user_id, line.name, line.role, line.basis, line.break_glass_id)
        consultation = found.get(key)
        if consultation is None:
            consultation = found[key] = _consultation(line, day)
        act = act_in_words(line)
        if act not in consultation.acts:
            consultation.acts.append(act)
    return list(found.values())


def _consultation(line: Reading, day: date) -> Consultation:
    of_partner = line.role in PARTNER_ROLES
    place = line.organisation or line.service_point or (None if line.role in PROVINCE_WIDE_ROLES else line.region)
    access = line.break_glass
    return Consultation(
        day=day,
        who="" if of_partner else line.name,
        role=str(Role(line.role).label) if line.role else _("Le système"),
        place=place.name if place else "",
        why=ground_in_words(Basis(line.basis)),
        motive=access.get_motive_display() if access else "",
        reason=access.reason if access else "",
    )


def ground_in_words(basis: Basis) -> str:
    """Return why somebody could open the record, in plain words."""
    return {
        Basis.MY_FILE: _("Cette personne s’occupe de votre dossier."),
        Basis.MY_POINT: _("Cette personne travaille au point de services qui vous accueille."),
        Basis.MY_APPOINTMENT: _("Cette personne avait un rendez-vous avec vous."),
        Basis.MY_REGION: _("Cette personne accompagne les gens de votre région."),
        Basis.TEAM_LEAD: _("Cette personne dirige l’équipe qui vous accompagne."),
        Basis.RECEPTION: _("Cette personne accueille les gens qui arrivent."),
        Basis.PARTNER: _("Un service de cet organisme vous a été proposé."),
        Basis.OWN_RECORD: _("C’est vous."),
        Basis.BREAK_GLASS: _("Votre dossier n’était pas à cette personne : elle a dû dire pourquoi elle l’ouvrait."),
        Basis.REQUEST: _("Pour répondre à une demande que vous avez faite."),
        Basis.PROTECTION: _("Cette personne veille à la protection de vos renseignements."),
    }[basis]


def act_in_words(line: Reading) -> str:
    """Return what was done, in plain words."""
    if line.kind == ObjectKind.READINGS:
        return _("A consulté la liste de celles et ceux qui ont ouvert votre dossier")
    if line.role in PARTNER_ROLES and line.what != What.EXPORTED:
        return _("A lu ce qui lui a été transmis sur vous")
    return {
        What.OPENED: _("A ouvert votre dossier"),
        What.FOUND: _("A trouvé votre dossier dans une recherche et l’a ouvert"),
        What.ACTED: _("A travaillé dans votre dossier"),
        What.PRINTED: _("A affiché une feuille à imprimer"),
        What.EXPORTED: _("A mis votre nom dans une liste"),
        What.ATTACHMENT: _("A ouvert un de vos documents"),
        What.REVEALED: _("A lu en entier un de vos numéros d’identification"),
        What.BREAK_GLASS: _("A ouvert votre dossier par un accès exceptionnel"),
    }[What(line.what)]
