"""The register of confidentiality incidents (A-2.1, ss. 63.8 to 63.11; r. 3.1, ss. 7 and 8)."""

from datetime import timedelta

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.events import StatusEvent
from arrimage.accounts.models import User
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.people.models import Person
from arrimage.privacy.registers.enums import (
    INCIDENT_TRANSITIONS,
    IncidentKind,
    IncidentStatus,
    InformationKind,
    NoticeTo,
    NoticeWay,
)
from arrimage.territory.models import Region

FIVE_YEARS_AT_LEAST = timedelta(days=5 * 365 + 1)  # any five years of this century hold a 29 February


class Incident(Record):
    """One incident, serious or not. `serious_risk` is the assessment's conclusion: unknown until it is made.

    `occurred_from` and `occurred_until` are the period; one day when the second is empty, unknown when both are.
    """

    number = models.CharField(_("numéro"), max_length=16, unique=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("région")
    )
    kind = models.CharField(_("nature"), max_length=16, choices=IncidentKind.choices)
    description = models.TextField(_("ce qui s’est passé"))
    circumstances = models.TextField(_("circonstances et cause"), blank=True)
    occurred_from = models.DateField(_("survenu le, ou à partir du"), null=True, blank=True)
    occurred_until = models.DateField(_("jusqu’au"), null=True, blank=True)
    occurred_is_approximate = models.BooleanField(_("date approximative"), default=False)
    aware_on = models.DateField(_("connu de l’organisme le"))
    information_kinds = ArrayField(
        models.CharField(max_length=20, choices=InformationKind.choices),
        verbose_name=_("sortes de renseignements"),
        default=list,
        blank=True,
    )
    information = models.TextField(_("renseignements visés, ou pourquoi on l’ignore"), blank=True)
    person_count = models.PositiveIntegerField(_("personnes concernées"), null=True, blank=True)
    quebec_count = models.PositiveIntegerField(_("dont au Québec"), null=True, blank=True)
    count_is_approximate = models.BooleanField(_("nombre approximatif"), default=False)
    measures = models.TextField(_("mesures prises"), blank=True)
    sensitivity = models.TextField(_("sensibilité des renseignements"), blank=True)
    consequences = models.TextField(_("conséquences appréhendées"), blank=True)
    likelihood = models.TextField(_("probabilité d’une utilisation préjudiciable"), blank=True)
    serious_risk = models.BooleanField(_("risque de préjudice sérieux"), null=True, blank=True)
    conclusion = models.TextField(_("motifs de la conclusion"), blank=True)
    assessed_on = models.DateField(_("évalué le"), null=True, blank=True)
    status = models.CharField(_("état"), max_length=10, choices=IncidentStatus.choices, default=IncidentStatus.OPEN)
    closed_on = models.DateField(_("fermé le"), null=True, blank=True)
    keep_until = models.DateField(_("conservé au moins jusqu’au"))
    reported_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signalé par")
    )
    reported_at = models.DateTimeField(_("signalé le"), default=clock.now)
    persons = models.ManyToManyField(Person, through="IncidentPerson", related_name="+", verbose_name=_("personnes"))

    class Meta(Record.Meta):
        verbose_name = _("incident de confidentialité")
        verbose_name_plural = _("incidents de confidentialité")
        ordering = ["-aware_on", "-pk"]
        indexes = [models.Index(fields=["status", "aware_on"], name="incident_by_status")]
        constraints = [
            models.CheckConstraint(name="incident_is_described", condition=~Q(description="")),
            models.CheckConstraint(
                name="incident_dates_in_order",
                condition=Q(occurred_until__isnull=True) | Q(occurred_until__gte=F("occurred_from")),
            ),
            models.CheckConstraint(
                name="incident_known_after_it_began",
                condition=Q(occurred_from__isnull=True) | Q(occurred_from__lte=F("aware_on")),
            ),
            models.CheckConstraint(
                name="incident_counts_agree",
                condition=Q(quebec_count__isnull=True)
                | Q(person_count__isnull=True)
                | Q(quebec_count__lte=F("person_count")),
            ),
            models.CheckConstraint(
                name="incident_assessed_iff_concluded",
                condition=Q(
                    status=IncidentStatus.OPEN.value, serious_risk__isnull=True, assessed_on__isnull=True, conclusion=""
                )
                | (
                    ~Q(status=IncidentStatus.OPEN.value)
                    & Q(serious_risk__isnull=False, assessed_on__isnull=False)
                    & ~Q(conclusion="")
                ),
            ),
            models.CheckConstraint(
                name="incident_closed_iff_dated",
                condition=Q(status=IncidentStatus.CLOSED.value, closed_on__isnull=False)
                | (~Q(status=IncidentStatus.CLOSED.value) & Q(closed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="incident_kept_five_years", condition=Q(keep_until__gte=F("aware_on") + FIVE_YEARS_AT_LEAST)
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            INCIDENT_TRANSITIONS.trigger(),
            pgtrigger.Trigger(
                name="kept_until_its_day",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func="RAISE EXCEPTION 'incident % is kept until %', OLD.number, OLD.keep_until;",
                condition=pgtrigger.Condition("OLD.keep_until > current_date"),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class IncidentPerson(Record):
    """A person concerned by an incident, when it is known who."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        verbose_name = _("personne concernée par un incident")
        verbose_name_plural = _("personnes concernées par un incident")
        constraints = [models.UniqueConstraint(fields=["incident", "person"], name="incident_person_once")]

    def __str__(self) -> str:
        return f"{self.incident_id} · {self.person_id}"


class IncidentNotice(Record):
    """A notice given: to whom, when, how; why, when it was made public."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="notices")
    to = models.CharField(_("à qui"), max_length=12, choices=NoticeTo.choices)
    recipient = models.CharField(_("destinataire"), max_length=200, blank=True)
    given_on = models.DateField(_("donné le"), default=clock.today)
    way = models.CharField(_("comment"), max_length=12, choices=NoticeWay.choices)
    note = models.TextField(_("précisions"), blank=True)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )

    class Meta(Record.Meta):
        verbose_name = _("avis")
        verbose_name_plural = _("avis")
        ordering = ["given_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="incident_notice_names_another",
                condition=~Q(to=NoticeTo.OTHER.value) | ~Q(recipient=""),
            ),
            models.CheckConstraint(
                name="incident_notice_public_with_a_reason",
                condition=~Q(way=NoticeWay.PUBLIC.value) | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_to_display()} · {self.given_on}"


class IncidentEvent(StatusEvent):
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="events")

    class Meta(StatusEvent.Meta):
        abstract = False
