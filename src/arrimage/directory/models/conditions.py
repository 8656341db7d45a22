"""What a service asks of people: who they are, what they bring, what they pay, where they live."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.directory.enums import CountedFrom
from arrimage.directory.models.parts import Part
from arrimage.directory.models.services import Service
from arrimage.people.enums import Category
from arrimage.territory.models import Region


class CostOption(Part):
    """What a service costs, for some people or for a time. No amount means that the description says it."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="cost_options")
    valid_from = models.DateField(_("à partir du"), null=True, blank=True)
    valid_to = models.DateField(_("jusqu’au"), null=True, blank=True)
    option = models.CharField(_("pour qui"), max_length=200, blank=True, default="")
    currency = models.CharField(_("monnaie"), max_length=3, blank=True, default="CAD")
    amount = models.DecimalField(_("montant"), max_digits=10, decimal_places=2, null=True, blank=True)
    amount_description = models.CharField(_("précisions"), max_length=400, blank=True, default="")

    owners = ("service",)

    class Meta(Part.Meta):
        verbose_name = _("coût")
        verbose_name_plural = _("coûts")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="cost_dates_in_order",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("La fin d’un coût ne peut pas être avant son début."),
            ),
            models.CheckConstraint(name="cost_not_negative", condition=Q(amount=None) | Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return self.option or self.amount_description


class RequiredDocument(Part):
    """What a person must bring."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="required_documents")
    document = models.CharField(_("document"), max_length=200, blank=True, default="")
    uri = models.URLField(_("page qui l’explique"), max_length=500, blank=True, default="")

    owners = ("service",)

    class Meta(Part.Meta):
        verbose_name = _("document à apporter")
        verbose_name_plural = _("documents à apporter")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.document


class ServiceArea(Part):
    """The territory a service covers, in words, or as a shape of the kind that `extent_type` names."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="service_areas")
    name = models.CharField(_("territoire"), max_length=200, blank=True, default="")
    description = models.TextField(_("description"), blank=True, default="")
    extent = models.TextField(_("tracé"), blank=True, default="")
    extent_type = models.CharField(_("sorte de tracé"), max_length=40, blank=True, default="")
    uri = models.URLField(_("page web"), max_length=500, blank=True, default="")

    owners = ("service",)

    class Meta(Part.Meta):
        verbose_name = _("territoire desservi")
        verbose_name_plural = _("territoires desservis")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class EligibilityRule(Part):
    """One way of being admitted to a service: every condition that is filled must hold (`rules.eligibility`).

    A service without rules admits everybody; with several, one is enough. `reason` is what a person who does not meet
    the rule is told, instead of the sentence the conditions make. Months count from the arrival or from the start of
    the status, and so do the dates: from `from_on` to `to_on`, both included.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="eligibility_rules")
    categories = ArrayField(
        models.CharField(max_length=30, choices=Category.choices),
        default=list,
        blank=True,
        verbose_name=_("statuts d’immigration"),
    )
    counted_from = models.CharField(
        _("compté depuis"), max_length=10, choices=CountedFrom.choices, default=CountedFrom.ARRIVAL
    )
    months_at_least = models.PositiveSmallIntegerField(_("depuis au moins (mois)"), null=True, blank=True)
    months_less_than = models.PositiveSmallIntegerField(_("depuis moins de (mois)"), null=True, blank=True)
    from_on = models.DateField(_("à partir du"), null=True, blank=True)
    to_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    minimum_age = models.PositiveSmallIntegerField(_("âge minimal"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(_("âge maximal"), null=True, blank=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("région de résidence")
    )
    reason = models.CharField(_("raison donnée quand la règle refuse"), max_length=300, blank=True, default="")

    owners = ("service",)

    class Meta(Part.Meta):
        verbose_name = _("règle d’admissibilité")
        verbose_name_plural = _("règles d’admissibilité")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="eligibility_bounds_in_order",
                condition=(Q(minimum_age=None) | Q(maximum_age=None) | Q(maximum_age__gte=F("minimum_age")))
                & (Q(from_on=None) | Q(to_on=None) | Q(to_on__gte=F("from_on")))
                & (Q(months_at_least=None) | Q(months_less_than=None) | Q(months_less_than__gt=F("months_at_least"))),
                violation_error_message=_("Une borne finit avant de commencer : corrigez les dates, mois ou âges."),
            )
        ]

    def __str__(self) -> str:
        return self.reason or f"{self.service_id} · {self.pk}"
