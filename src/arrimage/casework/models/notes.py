from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.casework.enums import NoteVisibility
from arrimage.casework.models.files import File
from arrimage.casework.models.referrals import Referral
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.territory.models import Region


class Note(Record):
    """What somebody wrote in a file, and who may read it (`queries.notes_visible_to`, `guarded.READS_NOTE`).

    `referral` names the organisation a note is shared with. The author corrects it on the day it was written; later,
    they add to it. A note withdrawn from view keeps its text, for its author and for those who moderate.
    """

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="notes", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    text = models.TextField(_("note"))
    visibility = models.CharField(
        _("qui peut la lire"), max_length=10, choices=NoteVisibility.choices, default=NoteVisibility.TEAM
    )
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="notes", verbose_name=_("orientation")
    )
    written_at = models.DateTimeField(_("écrite le"), default=clock.now)
    withdrawn_on = models.DateField(_("retirée le"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("retirée par")
    )
    withdrawn_why = models.TextField(_("motif du retrait"), blank=True)
    withdrawal_seen_on = models.DateField(_("retrait lu par l’auteur le"), null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(
                fields=["author", "withdrawn_on"],
                condition=Q(withdrawn_on__isnull=False, withdrawal_seen_on__isnull=True),
                name="note_withdrawn_unseen",
            )
        ]
        constraints = [
            models.CheckConstraint(name="note_says_something", condition=~Q(text="")),
            models.CheckConstraint(name="note_visibility_known", condition=Q(visibility__in=NoteVisibility.values)),
            models.CheckConstraint(
                name="note_for_a_partner_names_the_referral",
                condition=Q(visibility=NoteVisibility.PARTNER.value, referral__isnull=False)
                | (~Q(visibility=NoteVisibility.PARTNER.value) & Q(referral__isnull=True)),
            ),
            models.CheckConstraint(
                name="note_withdrawn_with_a_reason",
                condition=Q(withdrawn_on__isnull=True, withdrawn_why="", withdrawal_seen_on__isnull=True)
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_why="")),
            ),
            models.CheckConstraint(
                name="note_withdrawal_seen_after",
                condition=Q(withdrawal_seen_on__isnull=True) | Q(withdrawal_seen_on__gte=F("withdrawn_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_visibility_display()} · {self.written_at:%Y-%m-%d}"


class NoteAddition(Record):
    """What the author of a note added to it after the day it was written."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="additions", verbose_name=_("note"))
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    text = models.TextField(_("ajout"))
    written_at = models.DateTimeField(_("écrit le"), default=clock.now)

    class Meta(Record.Meta):
        verbose_name = _("ajout à une note")
        verbose_name_plural = _("ajouts aux notes")
        ordering = ["written_at", "pk"]
        constraints = [models.CheckConstraint(name="note_addition_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.note_id} · {self.written_at:%Y-%m-%d}"


class NoteTemplate(Record):
    """Words a region's agents begin a note from, kept by those who moderate."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="note_templates", verbose_name=_("région")
    )
    title = models.CharField(_("titre"), max_length=120)
    text = models.TextField(_("texte"))
    is_offered = models.BooleanField(_("proposé aux agentes et agents"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("modèle de note")
        verbose_name_plural = _("modèles de note")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["region", "title"], name="note_template_title_once_a_region"),
            models.CheckConstraint(name="note_template_says_something", condition=~Q(title="") & ~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.title
