"""The choices of the directory. Each has the word people read; HSDS's own words are its values."""

from typing import Self

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(TextChoices):
    COMMUNITY = "community", _("Organisme communautaire")
    MUNICIPALITY = "municipality", _("Municipalité")
    SCHOOL = "school", _("Établissement d’enseignement")
    PUBLIC = "public", _("Organisme public")
    OTHER = "other", _("Autre organisation")


class Mode(TextChoices):
    """How a service is given."""

    ON_SITE = "on_site", _("Sur place")
    REMOTE = "remote", _("À distance")
    AT_HOME = "at_home", _("À domicile")


class Referrer(TextChoices):
    """Who may send somebody to a service."""

    ONESELF = "oneself", _("La personne elle-même")
    DIRECTORATE = "directorate", _("La direction régionale")
    PARTNER = "partner", _("Un organisme partenaire")
    PROFESSIONAL = "professional", _("Un professionnel de la santé ou des services sociaux")


class Closure(TextChoices):
    """Why a service is not offered, where it is known."""

    TEMPORARY = "temporary", _("Fermé temporairement")
    DEFINITIVE = "definitive", _("Fermé définitivement")


class ServiceStatus(TextChoices):
    """The state of a service, as HSDS names it: what `is_offered` and `closure` say together."""

    ACTIVE = "active", pgettext_lazy("service", "Offert")
    INACTIVE = "inactive", pgettext_lazy("service", "N’est pas offert en ce moment")
    DEFUNCT = "defunct", pgettext_lazy("service", "N’existe plus")
    TEMPORARILY_CLOSED = "temporarily closed", pgettext_lazy("service", "Fermé temporairement")

    @classmethod
    def of(cls, *, is_offered: bool, closure: str) -> Self:
        if is_offered:
            return cls("active")
        statuses: dict[str, str] = {Closure.TEMPORARY: "temporarily closed", Closure.DEFINITIVE: "defunct"}
        return cls(statuses.get(closure, "inactive"))

    @property
    def closure(self) -> str:
        return {"defunct": Closure.DEFINITIVE, "temporarily closed": Closure.TEMPORARY}.get(self.value, "")


class LocationType(TextChoices):
    """Of a location, or of an address."""

    PHYSICAL = "physical", _("Sur place")
    POSTAL = "postal", _("Adresse postale")
    VIRTUAL = "virtual", _("En ligne ou par téléphone")


class Weekday(TextChoices):
    """As RFC 5545 writes them."""

    MONDAY = "MO", _("lundi")
    TUESDAY = "TU", _("mardi")
    WEDNESDAY = "WE", _("mercredi")
    THURSDAY = "TH", _("jeudi")
    FRIDAY = "FR", _("vendredi")
    SATURDAY = "SA", _("samedi")
    SUNDAY = "SU", _("dimanche")


class Frequency(TextChoices):
    """How a schedule repeats (RFC 5545)."""

    WEEKLY = "WEEKLY", _("Chaque semaine")
    MONTHLY = "MONTHLY", _("Chaque mois")


class CountedFrom(TextChoices):
    """The day from which a rule of eligibility counts."""

    ARRIVAL = "arrival", _("l’arrivée au Québec")
    STATUS = "status", _("le début du statut")


class TranslationStatus(TextChoices):
    """How far a translation may be trusted. One that was good turns stale when the French text changes."""

    DRAFT = "draft", _("Ébauche")
    MACHINE = "machine", _("Traduction automatique")
    REVIEWED = "reviewed", _("Relue")
    STALE = "stale", _("À revoir")


class ClosureStage(TextChoices):
    """Where a temporary closure is in its time."""

    PLANNED = "planned", _("Prévue")
    UNDER_WAY = "under_way", _("En cours")
    OVER = "over", _("Terminée")


class Rhythm(IntegerChoices):
    """How often an organisation confirms what it says, in months."""

    QUARTER = 3, _("Tous les 3 mois")
    HALF_YEAR = 6, _("Tous les 6 mois")
    YEAR = 12, _("Une fois par année")


class Stage(TextChoices):
    """When a reminder of a review leaves."""

    BEFORE = "before", _("Avant l’échéance")
    DUE = "due", _("Le jour de l’échéance")
    AFTER = "after", _("Après l’échéance")


class Operation(TextChoices):
    """What a proposal does to a record."""

    CHANGE = "change", _("Modifier")
    ADD = "add", _("Ajouter")
    REMOVE = "remove", _("Retirer")


class ProposalStatus(TextChoices):
    """What became of a proposal."""

    WAITING = "waiting", pgettext_lazy("proposal", "À décider")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Acceptée")
    REFUSED = "refused", pgettext_lazy("proposal", "Refusée")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Retirée par l’organisme")


class HoldStatus(TextChoices):
    """What became of a place somebody was sent for."""

    WAITING = "waiting", _("En attente")
    HELD = "held", _("Retenue")
    TAKEN = "taken", _("Prise")
    GIVEN_BACK = "given_back", _("Rendue")
