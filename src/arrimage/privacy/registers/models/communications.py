"""The register of communications without consent (A-2.1, ss. 60, 60.1, 63.8 and 67.3)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.people.models import Person
from arrimage.privacy.registers.enums import Ground, InformationKind
from arrimage.privacy.registers.models.incidents import Incident
from arrimage.territory.models import Region


class Communication(Record):
    """What left, about whom, to whom, for what, under which provision, why, and by whose decision."""

    number = models.CharField(_("numéro"), max_length=16, unique=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("région")
    )
    made_on = models.DateField(_("communiqué le"), default=clock.today)
    information_kinds = ArrayField(
        models.CharField(max_length=20, choices=InformationKind.choices),
        verbose_name=_("sortes de renseignements"),
        default=list,
        blank=True,
    )
    information = models.TextField(_("renseignements communiqués"))
    concerned = models.CharField(_("personnes ou catégorie de personnes concernées"), max_length=300)
    recipient = models.CharField(_("destinataire"), max_length=300)
    purpose = models.TextField(_("fin de la communication"))
    ground = models.CharField(_("disposition"), max_length=10, choices=Ground.choices)
    reason = models.TextField(_("raison qui la justifie"))
    outside_quebec = models.BooleanField(_("hors du Québec"), default=False)
    agreement = models.CharField(_("entente ou contrat écrit"), max_length=200, blank=True)
    decided_by = models.CharField(_("décision de"), max_length=150)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, null=True, blank=True, related_name="communications",
        verbose_name=_("incident"),
    )  # fmt: skip
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("inscrit par")
    )
    persons = models.ManyToManyField(
        Person, through="CommunicationPerson", related_name="+", verbose_name=_("personnes")
    )

    class Meta(Record.Meta):
        verbose_name = _("communication sans consentement")
        verbose_name_plural = _("communications sans consentement")
        ordering = ["-made_on", "-pk"]
        indexes = [models.Index(fields=["-made_on", "-id"], name="communication_by_date")]
        constraints = [
            models.CheckConstraint(
                name="communication_says_all",
                condition=~Q(information="") & ~Q(concerned="") & ~Q(recipient="") & ~Q(purpose="") & ~Q(reason="")
                & ~Q(decided_by=""),
            ),
            models.CheckConstraint(name="communication_ground_known", condition=Q(ground__in=Ground.values)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class CommunicationPerson(Record):
    """A person whose information was communicated, when it is about persons one can name."""

    communication = models.ForeignKey(Communication, on_delete=models.CASCADE, related_name="links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        verbose_name = _("personne concernée par une communication")
        verbose_name_plural = _("personnes concernées par une communication")
        constraints = [models.UniqueConstraint(fields=["communication", "person"], name="communication_person_once")]

    def __str__(self) -> str:
        return f"{self.communication_id} · {self.person_id}"
