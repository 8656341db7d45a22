"""What the pages of the directory say of an organisation and of a service, line by line."""

from typing import Any

from django.db.models import TextChoices
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.casework.waits import AT_LEAST, Wait, waits_of
from arrimage.directory import words
from arrimage.directory.enums import Mode, Referrer
from arrimage.directory.models import Organisation, Service
from arrimage.foundation.writing import write_language, write_number, write_phone

Facts = list[tuple[str, str]]  # titles, and what each says: empty where nothing is known


def organisation_facts(found: Organisation) -> Facts:
    return [
        (_("Adresse"), _where(found)),
        (_("Téléphone"), _phone(found.phone)),
        (_("Courriel"), _mail(found.email)),
        (_("Site web"), found.website and format_html('<a href="{0}" rel="noopener">{0}</a>', found.website)),
        (_("Région"), found.region.name),
        (_("NEQ"), found.neq),
    ]


def service_facts(found: Service) -> Facts:
    return [
        (_("Courriel pour les orientations"), _mail(found.contact_email)),
        (
            _("Délai habituel"),
            ngettext("%(days)d jour", "%(days)d jours", found.delay_days) % {"days": found.delay_days}
            if found.delay_days is not None
            else "",
        ),
        (_("Offert"), _choices(Mode, found.modes)),
        (_("Âge"), words.ages(found.minimum_age, found.maximum_age) or _("Tous les âges")),
        (_("Qui peut y diriger"), _choices(Referrer, found.referrers) or _("Tout le monde")),
        (_("Page web"), found.url and format_html('<a href="{0}" rel="noopener">{0}</a>', found.url)),
        (_("Courriel public"), _mail(found.email)),
        (_("Organisme"), found.organisation.name),
        (_("Téléphone de l’organisme"), _phone(found.organisation.phone)),
        (_("Région"), found.organisation.region.name),
    ]


def write_wait(wait: Wait) -> str:
    """Return « 12 jours, 23 cas »: from sent to accepted, over 12 months; a dash for too few persons."""
    if wait.mean is None:
        return "—"
    days = ngettext("%(count)s jour", "%(count)s jours", wait.mean) % {"count": write_number(wait.mean)}
    return _("%(days)s, %(cases)s cas") % {"days": days, "cases": write_number(wait.cases)}


def wait_facts(found: Service) -> Facts:
    """Return how long people have waited for a service."""
    wait = waits_of([found.pk]).get(found.pk, Wait())
    few = _("Moins de %(few)s personnes acceptées en 12 mois") % {"few": AT_LEAST}
    return [
        (_("Attente moyenne, de l’envoi à l’acceptation, sur 12 mois"), few if wait.mean is None else write_wait(wait))
    ]


def described(service: Service) -> dict[str, Any]:
    """Return what `staff/directory/described.html` shows of a service: its themes, its languages and its texts."""
    return {
        "themes": ", ".join(theme.label for theme in service.themes.all()),
        "languages": ", ".join(write_language(code) for code in service.languages),
        "texts": _texts(service),
    }


def _texts(service: Service) -> Facts:
    """Return the longer texts of a service that are not empty, each with its title."""
    texts = (
        (_("Avis"), service.alert),
        (_("À qui il s’adresse"), service.eligibility_description),
        (_("Comment s’inscrire"), service.application_process),
        (_("Frais"), service.fees_description),
    )
    return [(title, text) for title, text in texts if text]


def _where(record: Organisation) -> str:
    return ", ".join(filter(None, (record.address, record.place.name if record.place else "")))


def _choices(choices: type[TextChoices], values: list[str]) -> str:
    return ", ".join(str(choices(value).label) for value in values)


def _mail(address: str) -> str:
    return format_html('<a href="mailto:{0}">{0}</a>', address) if address else ""


def _phone(number: str) -> str:
    return format_html('<a href="tel:{}">{}</a>', number, write_phone(number)) if number else ""
