"""Who holds a place of a service somewhere, or waits for one; what changed the number of places."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.directory.enums import HoldStatus
from arrimage.directory.models.locations import ServicePlaces
from arrimage.foundation.models import Record

LIVE_HOLDS = [HoldStatus.WAITING.value, HoldStatus.HELD.value, HoldStatus.TAKEN.value]


class PlaceHold(Record):
    """A place asked for by `holder`, the uid of what the person was sent with; the directory knows nothing else of it.

    Written by the functions of `directory.places.functions` alone. The order of the keys is the order of asking: they
    are given under the lock of the row of places. Who is given priority, for a reason, comes before: the first given
    first.
    """

    places = models.ForeignKey(ServicePlaces, on_delete=models.CASCADE, related_name="holds", verbose_name=_("places"))
    holder = models.UUIDField(_("pour"), editable=False)
    status = models.CharField(_("état"), max_length=10, choices=HoldStatus.choices, default=HoldStatus.WAITING)
    asked_at = models.DateTimeField(_("demandée le"))
    held_at = models.DateTimeField(_("retenue le"), null=True, blank=True)
    ended_at = models.DateTimeField(_("rendue le"), null=True, blank=True)
    priority_at = models.DateTimeField(_("priorité donnée le"), null=True, blank=True)
    priority_by = models.CharField(_("priorité donnée par"), max_length=150, blank=True, default="", db_default="")
    priority_reason = models.CharField(
        _("raison de la priorité"), max_length=300, blank=True, default="", db_default=""
    )

    class Meta(Record.Meta):
        verbose_name = _("place demandée")
        verbose_name_plural = _("places demandées")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["places", "id"], condition=Q(status="waiting"), name="place_hold_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["holder"], condition=Q(status__in=LIVE_HOLDS), name="place_hold_one_live_a_holder"
            ),
            models.CheckConstraint(
                name="place_hold_ended_when_given_back",
                condition=Q(status="given_back", ended_at__isnull=False)
                | Q(ended_at__isnull=True) & ~Q(status="given_back"),
            ),
            models.CheckConstraint(
                name="place_hold_priority_with_a_reason",
                condition=Q(priority_at__isnull=True, priority_reason="", priority_by="")
                | Q(priority_at__isnull=False) & ~Q(priority_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_status_display())


class PlacesAdjustment(Record):
    """The number of places changed by somebody, for a reason: what was said before, what is said since."""

    places = models.ForeignKey(
        ServicePlaces, on_delete=models.CASCADE, related_name="adjustments", verbose_name=_("places")
    )
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    reason = models.CharField(_("raison"), max_length=300)
    capacity_before = models.PositiveIntegerField(_("places, avant"))
    capacity_after = models.PositiveIntegerField(_("places, après"))
    taken_before = models.PositiveIntegerField(_("places prises par ailleurs, avant"))
    taken_after = models.PositiveIntegerField(_("places prises par ailleurs, après"))
    next_before = models.DateField(_("prochaine date, avant"), null=True, blank=True)
    next_after = models.DateField(_("prochaine date, après"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("ajustement des places")
        verbose_name_plural = _("ajustements des places")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(name="places_adjusted_with_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return self.reason
