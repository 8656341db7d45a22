from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.transitions import Transitions


class AgreementStatus(TextChoices):
    DRAFT = "draft", _("En préparation")
    SIGNED = "signed", _("Signée")
    CLOSED = "closed", _("Fermée")
    ANNULLED = "annulled", _("Annulée")


_A = AgreementStatus
AGREEMENT_TRANSITIONS = Transitions(
    AgreementStatus,
    {_A.DRAFT: frozenset({_A.SIGNED, _A.ANNULLED}), _A.SIGNED: frozenset({_A.CLOSED, _A.ANNULLED})},
)
BINDING = (AgreementStatus.SIGNED, AgreementStatus.CLOSED)


class InstalmentStatus(TextChoices):
    PLANNED = "planned", _("Prévu")
    RELEASED = "released", _("Versé")
    WITHHELD = "withheld", _("Retenu")


INSTALMENT_TRANSITIONS = Transitions(
    InstalmentStatus,
    {
        InstalmentStatus.PLANNED: frozenset({InstalmentStatus.RELEASED, InstalmentStatus.WITHHELD}),
        InstalmentStatus.WITHHELD: frozenset({InstalmentStatus.PLANNED}),
    },
)


class Measure(TextChoices):
    """What a deliverable counts, from the records."""

    REFERRALS_ACCEPTED = "referrals_accepted", _("Orientations acceptées")
    REFERRALS_COMPLETED = "referrals_completed", _("Orientations menées à terme")
    PERSONS_SERVED = "persons_served", _("Personnes servies (au moins une orientation menée à terme)")


class LocalActionStatus(TextChoices):
    PLANNED = "planned", _("Prévue")
    CARRIED_OUT = "carried_out", _("Réalisée")
    CANCELLED = "cancelled", _("Annulée")


LOCAL_ACTION_TRANSITIONS = Transitions(
    LocalActionStatus,
    {
        LocalActionStatus.PLANNED: frozenset({LocalActionStatus.CARRIED_OUT, LocalActionStatus.CANCELLED}),
        LocalActionStatus.CARRIED_OUT: frozenset({LocalActionStatus.CANCELLED}),
        LocalActionStatus.CANCELLED: frozenset({LocalActionStatus.PLANNED}),
    },
)
