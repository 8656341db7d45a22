"""What other rooms hear of consents, inside the transaction: what they refuse undoes the whole."""

from dataclasses import dataclass
from datetime import date

from django.dispatch import Signal

from arrimage.privacy.consents.enums import Purpose


@dataclass(frozen=True)
class Change:
    """A consent given or taken back: whose, where, for what, for which organisation (None: those of the plan)."""

    person_id: int
    region_id: int
    purpose: Purpose
    organisation_id: int | None
    on: date


consent_given = Signal()  # actor: Actor, changes: list[Change]
consent_withdrawn = Signal()  # actor: Actor, changes: list[Change]; a refusal is heard as one, for its organisation
