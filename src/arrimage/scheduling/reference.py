"""What every installation begins with: the programme of sessions the ministry gives; what was changed stays."""

from decimal import Decimal
from typing import Any

from arrimage.scheduling.models import SessionProgramme

OBJECTIF_INTEGRATION = "objectif-integration"
# « Objectif Intégration », 24 hours. Three quarters of it for an attestation: assumed, no public rule was found.
PROGRAMMES = [
    (
        OBJECTIF_INTEGRATION,
        "Objectif Intégration",
        "Le monde du travail, les droits et les codes culturels au Québec, en groupe, sur plusieurs jours.",
        Decimal(24),
        Decimal(18),
    )
]


def load_reference(**_: Any) -> None:
    """Lay it down; a repeat changes nothing."""
    for code, name, description, hours, attested in PROGRAMMES:
        words = {"name": name, "description": description, "hours": hours, "attested_hours": attested}
        SessionProgramme.objects.get_or_create(code=code, region=None, defaults=words)
