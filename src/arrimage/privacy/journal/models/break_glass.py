"""Access to a file that is not one's own: asked with a reason, for a limited time, reviewed afterwards."""

from datetime import date, datetime, timedelta
from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Role
from arrimage.accounts.models import User
from arrimage.foundation.models import Record
from arrimage.people.models import Person
from arrimage.privacy.journal.enums import Finding, Motive
from arrimage.territory.models import Region

SHORTEST_REASON = 20
REVIEW_DAYS = 7


class BreakGlassQuerySet(models.QuerySet[Any]):
    def live(self, now: datetime | None = None) -> Self:
        """Keep the accesses that still open their file."""
        return self.filter(ended_at__isnull=True, expires_at__gt=now or timezone.now())


class BreakGlass(Record):
    """One person opened one file that is not theirs, and said why.

    The file is named by its `uid` and number: it belongs to a room above this one. Who, what, why and until when are
    final (a trigger refuses to alter them); the end may come sooner, the review is added. Nothing is erased. Its hours
    are true ones, even when the clock is held at a day: the database compares them with its own.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("par"))
    user_name = models.CharField(_("par"), max_length=150)
    role = models.CharField(_("rôle"), max_length=40, choices=Role.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("personne"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région du dossier"))
    file_uid = models.UUIDField(_("dossier"))
    file_number = models.CharField(_("numéro du dossier"), max_length=24)
    motive = models.CharField(_("motif"), max_length=20, choices=Motive.choices)
    reason = models.TextField(_("explication"))
    opened_at = models.DateTimeField(_("ouvert le"), default=timezone.now)
    expires_at = models.DateTimeField(_("jusqu’à"))
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("examiné par")
    )
    reviewed_at = models.DateTimeField(_("examiné le"), null=True, blank=True)
    finding = models.CharField(_("conclusion"), max_length=16, choices=Finding.choices, blank=True)
    notes = models.TextField(_("notes de l’examen"), blank=True)

    objects = BreakGlassQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("accès exceptionnel")
        verbose_name_plural = _("accès exceptionnels")
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "file_uid", "expires_at"], name="break_glass_live"),
            models.Index(fields=["region", "-opened_at", "-id"], name="break_glass_by_region"),
            models.Index(fields=["person", "-opened_at"], name="break_glass_by_person"),
            models.Index(fields=["opened_at"], condition=Q(reviewed_at__isnull=True), name="break_glass_to_review"),
        ]
        constraints = [
            models.CheckConstraint(name="break_glass_motive_known", condition=Q(motive__in=Motive.values)),
            models.CheckConstraint(
                name="break_glass_says_why", condition=GreaterThanOrEqual(Length("reason"), SHORTEST_REASON)
            ),
            models.CheckConstraint(
                name="break_glass_ends",
                condition=Q(expires_at__gt=F("opened_at"))
                & (Q(ended_at__isnull=True) | Q(ended_at__gte=F("opened_at"))),
            ),
            models.CheckConstraint(
                name="break_glass_reviewed_whole",
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True, finding="", notes="")
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False, finding__in=Finding.values),
            ),
            models.CheckConstraint(
                name="break_glass_not_reviewed_by_oneself",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("user")),
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.ReadOnly(
                name="facts_are_final",
                fields=[
                    "uid", "user", "user_name", "role", "person", "region", "file_uid", "file_number", "motive",
                    "reason", "opened_at", "expires_at",
                ],
            ),
            pgtrigger.Protect(name="never_erased", operation=pgtrigger.Delete),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user_name} · {self.file_number}"

    @property
    def is_live(self) -> bool:
        return self.ended_at is None and self.expires_at > timezone.now()

    @property
    def closed_at(self) -> datetime:
        """When the file closed again, or will."""
        return min(self.ended_at, self.expires_at) if self.ended_at else self.expires_at

    @property
    def review_due(self) -> date:
        """The day by which it is to be reviewed."""
        return timezone.localtime(self.opened_at).date() + timedelta(days=REVIEW_DAYS)
