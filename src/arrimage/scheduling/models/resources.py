"""What appointments and sessions use, besides people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.territory.models import ServicePoint


class Room(Record):
    """A room of a point of service. One no longer used stays on what took place in it."""

    service_point = models.ForeignKey(
        ServicePoint, on_delete=models.PROTECT, related_name="rooms", verbose_name=_("point de services")
    )
    name = models.CharField(_("nom"), max_length=80)
    places = models.PositiveSmallIntegerField(_("nombre de places"), default=4)
    is_step_free = models.BooleanField(_("accès sans marche"), default=True)
    is_used = models.BooleanField(_("en usage"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("salle")
        verbose_name_plural = _("salles")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["service_point", "name"], name="room_once_a_point")]

    def __str__(self) -> str:
        return self.name
