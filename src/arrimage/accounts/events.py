"""The row every change of state leaves: who, when, from what to what, why. Nothing is erased."""

from typing import Any, Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock


class StatusEvent(models.Model):
    """A change of state. Subclasses add the record (`on_delete=PROTECT`) it happened to."""

    from_status = models.CharField(_("état d’avant"), max_length=30, blank=True)
    to_status = models.CharField(_("état d’après"), max_length=30)
    happened_at = models.DateTimeField(_("quand"), default=clock.now)
    actor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    actor_name = models.CharField(_("par"), max_length=150)
    note = models.TextField(_("pourquoi"), blank=True)

    class Meta:
        abstract = True
        ordering = ["happened_at", "pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    @classmethod
    def of(cls, actor: Actor, from_status: str, to_status: str, **fields: Any) -> Self:
        """Return (not saved) the event of one change by `actor`."""
        return cls(
            from_status=from_status, to_status=to_status, actor_id=actor.user_id, actor_name=actor.name, **fields
        )
