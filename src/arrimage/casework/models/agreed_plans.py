import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.casework.enums import AmendmentKind, Signing
from arrimage.casework.models.assessments import Need
from arrimage.casework.models.files import File
from arrimage.casework.models.plans import Plan, Step
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.territory.models import Region


class PlanVersion(Record):
    """A plan as the person agreed to it, kept whole. `content` is `plan_content.snapshot`'s, `digest` its SHA-256."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions", verbose_name=_("plan"))
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="plan_versions", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("contenu"))
    digest = models.CharField(_("empreinte"), max_length=64)
    agreed_on = models.DateField(_("convenue le"))
    signing = models.CharField(_("par quel moyen"), max_length=10, choices=Signing.choices, default=Signing.SPOKEN)
    signature = models.JSONField(_("signature"), null=True, blank=True)
    explained_language = models.CharField(_("expliquée en"), max_length=3, blank=True)
    explained_by = models.CharField(_("par l’entremise de"), max_length=150, blank=True)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )

    class Meta(Record.Meta):
        verbose_name = _("version convenue d’un plan")
        verbose_name_plural = _("versions convenues des plans")
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once"),
            models.CheckConstraint(
                name="plan_version_signed_iff_drawn",
                condition=Q(signing=Signing.SIGNATURE.value, signature__isnull=False)
                | (~Q(signing=Signing.SIGNATURE.value) & Q(signature__isnull=True)),
            ),
        ]
        triggers = [*Record.Meta.triggers, pgtrigger.Protect(name="agreed_never_changes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.plan} ({self.number})"


class Amendment(Record):
    """What somebody changed in a plan after it was agreed: what, when, why, as it was and as it is."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="amendments", verbose_name=_("plan"))
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    since = models.PositiveSmallIntegerField(_("depuis la version"))
    kind = models.CharField(_("quoi"), max_length=14, choices=AmendmentKind.choices)
    step = models.ForeignKey(
        Step, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments", verbose_name=_("démarche")
    )
    before = models.JSONField(_("avant"), null=True, blank=True)
    after = models.JSONField(_("après"), null=True, blank=True)
    why = models.CharField(_("pourquoi"), max_length=300, blank=True)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    happened_at = models.DateTimeField(_("le"), default=clock.now)

    class Meta(Record.Meta):
        verbose_name = _("modification d’un plan convenu")
        verbose_name_plural = _("modifications de plans convenus")
        ordering = ["-happened_at", "-pk"]
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Protect(name="amendment_never_changes", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class DeclinedProposal(Record):
    """A step that a rule proposes for a need, and that the plan does not take; gone when one thinks twice."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="declined", verbose_name=_("plan"))
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="declined", verbose_name=_("besoin"))
    rule = models.SlugField(_("règle"), max_length=60)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )

    class Meta(Record.Meta):
        verbose_name = _("démarche proposée et refusée")
        verbose_name_plural = _("démarches proposées et refusées")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "need", "rule"], name="proposal_declined_once")]

    def __str__(self) -> str:
        return self.rule
