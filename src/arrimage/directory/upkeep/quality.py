"""How well a service is described: criteria, each counted only where it has a meaning. Pure rules and their words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from arrimage.directory.enums import Mode, Referrer, TranslationStatus
from arrimage.directory.models import Service, ServiceAtLocation
from arrimage.directory.models.translations import TRANSLATED

TRANSLATED_INTO = ("en", "es", "ar")  # the languages of the public pages, beside French


@dataclass(frozen=True)
class Subject:
    """A service whose parts are there already (`queries.with_parts`), the day it is judged, when its review is due."""

    service: Service
    today: date
    review_due_on: date | None

    @property
    def is_on_site(self) -> bool:
        return Mode.ON_SITE in self.service.modes or (not self.service.modes and bool(self.at_locations))

    @cached_property
    def at_locations(self) -> list[ServiceAtLocation]:
        return list(self.service.at_locations.all())

    @property
    def is_restricted(self) -> bool:
        ages = self.service.minimum_age is not None or self.service.maximum_age is not None
        return ages or bool(self.service.eligibility_rules.all())

    @property
    def takes_referrals(self) -> bool:
        sent_by = set(self.service.referrers)
        return not sent_by or bool(sent_by & {Referrer.DIRECTORATE, Referrer.PARTNER})

    @property
    def languages(self) -> list[str]:
        """Return the languages it serves that the public pages speak, French aside."""
        return [code for code in TRANSLATED_INTO if code in self.service.languages]

    @property
    def says_places(self) -> list[bool]:
        return [hasattr(here, "places") for here in self.at_locations]


@dataclass(frozen=True)
class Criterion:
    """What a good record says: when it counts (`relevant`), whether it is `met`, and what to do when it is not."""

    code: str
    label: str | Promise
    advice: str | Promise
    met: Callable[[Subject], bool]
    relevant: Callable[[Subject], bool] = lambda _subject: True


@dataclass(frozen=True)
class Score:
    """Which relevant criteria are met and which are not."""

    met: tuple[Criterion, ...]
    missing: tuple[Criterion, ...]

    @property
    def relevant(self) -> int:
        return len(self.met) + len(self.missing)

    @property
    def word(self) -> str:
        return word_of(len(self.met), self.relevant)


def assess(subject: Subject) -> Score:
    """Judge a service by the criteria that have a meaning for it."""
    relevant = [criterion for criterion in CRITERIA if criterion.relevant(subject)]
    met = tuple(criterion for criterion in relevant if criterion.met(subject))
    return Score(met, tuple(criterion for criterion in relevant if criterion not in met))


def word_of(met: int, relevant: int) -> str:
    """Return a score in a word."""
    if met == relevant:
        return str(pgettext_lazy("quality", "Complète"))
    if met * GOOD_OF >= relevant * GOOD:
        return str(pgettext_lazy("quality", "Presque complète"))
    return str(pgettext_lazy("quality", "À compléter"))


GOOD, GOOD_OF = 3, 4  # three quarters of what counts


def _has_hours(subject: Subject) -> bool:
    """Say whether the service has hours, or has some at each of its locations."""
    at_each = (here.schedules.all() or here.location.schedules.all() for here in subject.at_locations)
    return bool(subject.service.schedules.all()) or (bool(subject.at_locations) and all(at_each))


def _has_address(subject: Subject) -> bool:
    return any(here.location.address for here in subject.at_locations)


def _is_translated(subject: Subject) -> bool:
    """Say whether the texts that are filled are reviewed in each language it serves."""
    service = subject.service
    reviewed = {
        (translation.field, translation.language)
        for translation in service.translations.all()
        if translation.status == TranslationStatus.REVIEWED
    }
    wanted = [name for name in TRANSLATED["service"] if getattr(service, name)]
    return all((name, code) in reviewed for name in wanted for code in subject.languages)


def _is_verified(subject: Subject) -> bool:
    due_on, verified_on = subject.review_due_on, subject.service.assured_date
    return verified_on is not None and (due_on is None or subject.today <= due_on)


def _has_contact(subject: Subject) -> bool:
    contacts = (contact.email or contact.phones.all() for contact in subject.service.contacts.all())
    return bool(subject.service.contact_email) or any(contacts)


def _is_reachable(subject: Subject) -> bool:
    service = subject.service
    numbers: Iterable[object] = (here.phones.all() or here.location.phones.all() for here in subject.at_locations)
    return bool(service.email or service.phones.all() or service.organisation.phone) or any(numbers)


def _says_cost(subject: Subject) -> bool:
    return bool(subject.service.fees_description or subject.service.cost_options.all())


CRITERIA = (
    Criterion(
        "description", _("Ce qu’il offre"), _("Décrivez le service en quelques phrases."),
        lambda subject: bool(subject.service.description),
    ),
    Criterion(
        "address", _("Adresse"), _("Inscrivez l’adresse d’un lieu : le service est offert sur place."),
        _has_address, lambda subject: subject.is_on_site,
    ),
    Criterion(
        "hours", _("Heures d’ouverture"), _("Inscrivez les heures de chaque lieu."),
        _has_hours, lambda subject: subject.is_on_site,
    ),
    Criterion(
        "eligibility", _("À qui il s’adresse"),
        _("Dites en mots simples à qui il s’adresse : il n’est pas ouvert à tout le monde."),
        lambda subject: bool(subject.service.eligibility_description), lambda subject: subject.is_restricted,
    ),
    Criterion(
        "translations", _("Traductions relues"),
        _("Demandez à la direction régionale de relire les traductions dans les langues où vous servez."),
        _is_translated, lambda subject: bool(subject.languages),
    ),
    Criterion(
        "verified", _("Confirmé à jour"), _("Relisez la fiche, puis confirmez que tout est à jour."),
        _is_verified,
    ),
    Criterion(
        "referrals", _("Contact pour les orientations"),
        _("Inscrivez le courriel qui reçoit les orientations."), _has_contact,
        lambda subject: subject.takes_referrals,
    ),
    Criterion(
        "delay", _("Délai habituel"), _("Dites en combien de jours une personne est reçue, d’habitude."),
        lambda subject: subject.service.delay_days is not None,
    ),
    Criterion(
        "places", _("Places à chaque lieu"), _("Dites les places des autres lieux aussi."),
        lambda subject: all(subject.says_places), lambda subject: any(subject.says_places),
    ),
    Criterion("cost", _("Coût"), _("Dites ce qu’il coûte, ou qu’il est gratuit."), _says_cost),
    Criterion(
        "reachable", _("Téléphone ou courriel public"),
        _("Inscrivez un téléphone ou un courriel que tout le monde peut utiliser."), _is_reachable,
    ),
    Criterion(
        "joining", _("Comment s’inscrire"), _("Dites comment une personne s’inscrit elle-même."),
        lambda subject: bool(subject.service.application_process),
        lambda subject: Referrer.ONESELF in subject.service.referrers,
    ),
)  # fmt: skip
BY_CODE = {criterion.code: criterion for criterion in CRITERIA}
