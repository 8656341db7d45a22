"""Calendars read from elsewhere, by a secret address."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.foundation.models import Record
from arrimage.people.models import Person
from arrimage.scheduling.models.resources import Room
from arrimage.territory.models import Region, ServicePoint


class CalendarFeed(Record):
    """The address at which `holder` lets a calendar be read without signing in: their own, as a person who settles
    (`person`) or as an agent of a region; or that of a point of service or a room.

    The address itself is not kept: `digest` is that of its secret part. It is worth what its holder may see that day.
    """

    holder = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="calendar_feeds", verbose_name=_("titulaire")
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("région"))
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, related_name="calendar_feeds", verbose_name=_("personne")
    )
    service_point = models.ForeignKey(
        ServicePoint, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("point de services")
    )
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("salle"))
    digest = models.CharField(_("empreinte de l’adresse"), max_length=64, unique=True)
    revoked_at = models.DateTimeField(_("retirée le"), null=True)
    last_read_on = models.DateField(_("lue pour la dernière fois le"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("adresse d’un calendrier")
        verbose_name_plural = _("adresses de calendriers")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="calendar_feed_of_one_thing",
                condition=Q(person__isnull=False, region__isnull=True, service_point__isnull=True, room__isnull=True)
                | Q(person__isnull=True, region__isnull=False) & (Q(service_point__isnull=True) | Q(room__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["holder", "region", "person", "service_point", "room"],
                condition=Q(revoked_at__isnull=True),
                nulls_distinct=False,
                name="calendar_feed_one_live_address",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.room or self.service_point or self.holder)
