"""What the pages say of each kind of record that can stand behind a figure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor


@dataclass(frozen=True)
class Kind:
    """The names of its two columns; and its page, if it has one, with the right that opens it."""

    name: Promise
    date: Promise
    url_name: str = ""
    right: Right | None = None

    def link(self, actor: Actor) -> Callable[[Any], str | None] | None:
        """Return what gives a record's address, or None when this actor may not open such pages."""
        if not self.url_name or self.right is None or not actor.may(self.right):
            return None
        return self._address

    def _address(self, record: Any) -> str | None:
        try:
            return reverse(self.url_name, args=[record.shown_uid])
        except NoReverseMatch:
            return None


KINDS: dict[str, Kind] = {
    "service_point": Kind(_("Point de services"), _("Ouvert le")),
    "staff": Kind(_("Personne"), _("En poste depuis le")),
    "organisation": Kind(_("Organisme"), _("Première action le"), "staff:organisation", Right.SEE_DIRECTORY),
    "local_action": Kind(_("Action locale"), _("Date"), "staff:local_action", Right.SEE_AGREEMENTS),
    "agreement": Kind(_("Entente"), _("Signée le"), "staff:agreement", Right.SEE_AGREEMENTS),
    "employer": Kind(_("Employeur"), _("Pris en charge le"), "staff:employer", Right.SEE_EMPLOYERS),
    "arrival": Kind(_("Arrivée"), _("Accueillie le")),
    "file": Kind(_("Dossier"), _("Date"), "staff:file", Right.ACCOMPANY),
    "person": Kind(_("Dossier de la personne"), _("Date")),
    "plan": Kind(_("Dossier"), _("Convenu le")),
    "step": Kind(_("Dossier"), _("Faite le")),
    "referral": Kind(_("Dossier"), _("Date")),
    "need": Kind(_("Dossier"), _("Comblé le")),
    "answer": Kind(_("Dossier"), _("Avis donné le")),
}
DATES: dict[str, Promise] = {  # where the date is not the usual one of the kind
    "agreements_in_progress": _("En vigueur depuis le"),
    "files_opened": _("Ouvert le"),
    "first_appointments_in_time": _("Échéance"),
    "persons_assessed": _("Évaluation terminée le"),
    "persons_with_result": _("Premier résultat le"),
    "referrals_sent": _("Envoyée le"),
    "referrals_completed": _("Terminée le"),
}
