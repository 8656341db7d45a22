"""The read journal: who opened whose record, when, on what ground."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Role
from arrimage.accounts.models import User
from arrimage.directory.models import Organisation
from arrimage.foundation import clock
from arrimage.people.models import Person
from arrimage.privacy.journal.enums import Basis, ObjectKind, What
from arrimage.privacy.journal.models.break_glass import BreakGlass
from arrimage.territory.models import Region, ServicePoint


class Reading(models.Model):
    """Somebody saw one person's record once. Added, never altered: triggers refuse it to everybody.

    The table is cut by year (`foundation.partitions`). `user`, `name`, `role`, `service_point`, `organisation` say who
    read, from where; `region` is the record's. `person` is a bare number for the database: when a person's record is
    destroyed the line stays, sealed, and names nobody any more. Written by `journal.writing`, in one statement a page.
    """

    happened_at = models.DateTimeField(_("quand"), default=clock.now)
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+",
        verbose_name=_("compte"),
    )  # fmt: skip
    name = models.CharField(_("par"), max_length=150)
    role = models.CharField(_("rôle"), max_length=40, choices=Role.choices, blank=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+",
        verbose_name=_("région"),
    )  # fmt: skip
    service_point = models.ForeignKey(
        ServicePoint, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+",
        verbose_name=_("point de services"),
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+",
        verbose_name=_("organisme"),
    )  # fmt: skip
    person = models.ForeignKey(
        Person, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, db_index=False,
        related_name="+", verbose_name=_("personne"),
    )  # fmt: skip
    what = models.CharField(_("ce qui a été fait"), max_length=12, choices=What.choices)
    kind = models.CharField(_("quoi"), max_length=20, choices=ObjectKind.choices)
    object_uid = models.UUIDField(null=True, blank=True)
    basis = models.CharField(_("à quel titre"), max_length=16, choices=Basis.choices)
    address = models.CharField(_("adresse"), max_length=45, blank=True)
    break_glass = models.ForeignKey(
        BreakGlass, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="readings",
        verbose_name=_("accès exceptionnel"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-happened_at", "-pk"]
        indexes = [
            models.Index(fields=["-happened_at", "-id"], name="reading_by_time"),
            models.Index(fields=["person", "-happened_at"], name="reading_by_person"),
            models.Index(fields=["user", "-happened_at"], name="reading_by_user"),
            models.Index(
                fields=["break_glass"], condition=models.Q(break_glass__isnull=False), name="reading_by_break_glass"
            ),
        ]
        constraints = [
            models.CheckConstraint(name="reading_what_known", condition=models.Q(what__in=What.values)),
            models.CheckConstraint(name="reading_kind_known", condition=models.Q(kind__in=ObjectKind.values)),
            models.CheckConstraint(name="reading_basis_known", condition=models.Q(basis__in=Basis.values)),
        ]

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d %H:%M} · {self.name}"
