from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.events import StatusEvent
from arrimage.accounts.models import User
from arrimage.casework.enums import ClosingReason
from arrimage.casework.models.files import File
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.territory.models import Region


class FileEvent(StatusEvent):
    """A file closed, transferred or reopened: who, when, why."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="events")

    class Meta(StatusEvent.Meta):
        abstract = False


class Closing(Record):
    """The end of an accompaniment: why, and its summary. What each need became is on the need itself.

    A file that is reopened keeps it (`reopened_on`), and may be closed again by another.
    """

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="closings", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    reason = models.CharField(_("motif de la fermeture"), max_length=20, choices=ClosingReason.choices)
    summary = models.TextField(_("bilan de l’accompagnement"))
    closed_on = models.DateField(_("fermé le"), default=clock.today)
    reopened_on = models.DateField(_("rouvert le"), null=True, blank=True)
    reopened_why = models.TextField(_("motif de la réouverture"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("fermeture du dossier")
        verbose_name_plural = _("fermetures du dossier")
        ordering = ["-closed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=Q(reopened_on__isnull=True), name="closing_one_standing_a_file"
            ),
            models.CheckConstraint(name="closing_reason_known", condition=Q(reason__in=ClosingReason.values)),
            models.CheckConstraint(name="closing_says_something", condition=~Q(summary="")),
            models.CheckConstraint(
                name="closing_undone_after_and_why",
                condition=Q(reopened_on__isnull=True, reopened_why="")
                | (Q(reopened_on__gte=F("closed_on")) & ~Q(reopened_why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} · {self.closed_on}"
