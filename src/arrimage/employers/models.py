"""Employers and their accompaniments."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import EMPLOYER_ROLES
from arrimage.accounts.events import StatusEvent
from arrimage.accounts.models import DatedGrant, User
from arrimage.employers.enums import ACCOMPANIMENT_TRANSITIONS, ENDED, AccompanimentStatus, AccompanimentSubject
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.territory.models import Place, Region


class Employer(Record):
    """A company, known by its number in the register of enterprises (NEQ, ten digits)."""

    neq = models.CharField(_("NEQ"), max_length=10, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="employers", verbose_name=_("région"))
    email = models.EmailField(_("courriel"))
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    contact_name = models.CharField(_("personne à joindre"), max_length=150, blank=True)
    sector = models.CharField(_("secteur d’activité"), max_length=120, blank=True)
    employee_count = models.PositiveIntegerField(_("nombre d’employés"), null=True, blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="employers", verbose_name=_("lieu")
    )

    class Meta(Record.Meta):
        verbose_name = _("employeur")
        verbose_name_plural = _("employeurs")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="employer_neq_ten_digits", condition=Q(neq__regex=r"^\d{10}$")),
            models.CheckConstraint(name="employer_has_an_email", condition=~Q(email="")),
        ]

    def __str__(self) -> str:
        return self.name


class Accompaniment(Record):
    """The help asked by an employer, from the request to its end."""

    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, related_name="accompaniments", verbose_name=_("employeur")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="accompaniments", verbose_name=_("région")
    )
    advisor = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accompaniments",
        verbose_name=_("conseillère ou conseiller"),
    )
    subject = models.CharField(_("sujet"), max_length=20, choices=AccompanimentSubject.choices)
    request = models.TextField(_("demande"), blank=True)
    status = models.CharField(
        _("état"), max_length=20, choices=AccompanimentStatus.choices, default=AccompanimentStatus.REQUESTED
    )
    requested_on = models.DateField(_("demandé le"), default=clock.today)
    in_charge_on = models.DateField(_("pris en charge le"), null=True, blank=True)
    ended_on = models.DateField(_("terminé le"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("accompagnement")
        verbose_name_plural = _("accompagnements")
        ordering = ["-requested_on", "pk"]
        indexes = [
            models.Index(fields=["region", "in_charge_on", "ended_on"], name="accompaniment_by_dates"),
            models.Index(fields=["region", "status", "requested_on"], name="accompaniment_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                name="accompaniment_ended_iff_final",
                condition=Q(status__in=sorted(s.value for s in ENDED), ended_on__isnull=False)
                | (~Q(status__in=sorted(s.value for s in ENDED)) & Q(ended_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="accompaniment_in_charge_since",
                condition=~Q(status__in=[AccompanimentStatus.IN_CHARGE.value, AccompanimentStatus.DONE.value])
                | Q(in_charge_on__isnull=False, advisor__isnull=False),
            ),
            models.CheckConstraint(
                name="accompaniment_requested_never_in_charge",
                condition=~Q(status=AccompanimentStatus.REQUESTED.value) | Q(in_charge_on__isnull=True),
            ),
            models.CheckConstraint(
                name="accompaniment_dates_in_order",
                condition=(Q(in_charge_on__isnull=True) | Q(in_charge_on__gte=F("requested_on")))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("requested_on")))
                & (Q(ended_on__isnull=True) | Q(in_charge_on__isnull=True) | Q(ended_on__gte=F("in_charge_on"))),
            ),
            models.UniqueConstraint(
                fields=["employer", "region", "subject", "requested_on"], name="accompaniment_asked_once_a_day"
            ),
        ]
        triggers = [*Record.Meta.triggers, ACCOMPANIMENT_TRANSITIONS.trigger()]

    def __str__(self) -> str:
        return f"{self.employer} · {self.get_subject_display()}"


class AccompanimentEvent(StatusEvent):
    accompaniment = models.ForeignKey(Accompaniment, on_delete=models.PROTECT, related_name="events")

    class Meta(StatusEvent.Meta):
        abstract = False


class EmployerMember(Record, DatedGrant):
    """The account of somebody who acts for an employer."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="people", verbose_name=_("employeur"))

    roles = EMPLOYER_ROLES
    related = ("employer__region",)

    class Meta(Record.Meta):
        verbose_name = _("personne d’une entreprise")
        verbose_name_plural = _("personnes d’une entreprise")
        constraints = [
            models.CheckConstraint(
                name="employer_member_is_an_employer_s",
                condition=Q(role__in=sorted(role.value for role in EMPLOYER_ROLES)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.employer}"

    def acting_region(self) -> Region | None:
        return self.employer.region

    def acting_scope_id(self) -> int | None:
        return self.employer_id

    def acting_label(self) -> str:
        return self.employer.name
