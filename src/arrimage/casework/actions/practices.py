"""What a region decides of its referrals: how long an organisation has to answer, and the reasons it may give for a no.

The reasons of everywhere stay the same in each region, so that refusals compare; a region adds its own, renames them
and offers them no more. None is erased: past refusals name it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.models import DeclineReason, ReferralDelays
from arrimage.casework.queries import decline_reasons_of
from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.territory.models import Region

LONGEST_DELAY = 90  # working days; the database holds it too
_KEPT_OF_LABEL = 25  # characters of a reason's label in its code


@dataclass(frozen=True)
class ReasonWords:
    """How a reason is said, and whether it asks for an explanation."""

    label_fr: str
    label_en: str
    needs_words: bool = False


@action
def set_delays(actor: Actor, region: Region, *, reminder_days: int, expiry_days: int) -> ReferralDelays:
    """Say how many working days an organisation has. Referrals already sent keep the days they were sent with."""
    require(actor, Right.SET_PRACTICES, region_id=region.pk)
    if not 1 <= reminder_days < expiry_days:
        raise InvalidInput(
            _("Le rappel part avant la fin du délai, et un jour au moins après l’envoi."), field="reminder_days"
        )
    if expiry_days > LONGEST_DELAY:
        raise InvalidInput(
            _("Le délai ne dépasse pas %(days)s jours ouvrables.") % {"days": LONGEST_DELAY}, field="expiry_days"
        )
    delays, _created = ReferralDelays.objects.update_or_create(
        region=region, defaults={"reminder_days": reminder_days, "expiry_days": expiry_days}
    )
    return delays


@action
def add_reasons(actor: Actor, region: Region, items: Sequence[ReasonWords]) -> list[DeclineReason]:
    """Add reasons of the region's own, after the others."""
    require(actor, Right.SET_PRACTICES, region_id=region.pk)
    known = list(decline_reasons_of(region.pk, offered=False))
    last = max((each.order for each in known), default=0)
    taken = {each.code for each in known}
    made = []
    for item in items:
        _check(item, known)
        code = _code(region, item, taken)
        taken.add(code)
        last += 10
        reason = DeclineReason(
            code=code,
            region=region,
            label_fr=item.label_fr.strip(),
            label_en=item.label_en.strip(),
            needs_words=item.needs_words,
            order=last,
        )
        made.append(reason)
        known.append(reason)
    return DeclineReason.objects.bulk_create(made)


@action
def reword_reason(actor: Actor, reason: DeclineReason, item: ReasonWords) -> DeclineReason:
    """Say a reason of the region in other words: the history keeps the former ones."""
    locked, region_id = _own(actor, reason)
    _check(item, list(decline_reasons_of(region_id, offered=False).exclude(pk=locked.pk)))
    locked.label_fr, locked.label_en = item.label_fr.strip(), item.label_en.strip()
    locked.needs_words = item.needs_words
    locked.save(update_fields=["label_fr", "label_en", "needs_words"])
    return locked


@action
def offer_reason(actor: Actor, reason: DeclineReason, *, offered: bool) -> DeclineReason:
    """Offer a reason of the region again, or no more."""
    locked, _region = _own(actor, reason)
    locked.is_offered = offered
    locked.save(update_fields=["is_offered"])
    return locked


def _own(actor: Actor, reason: DeclineReason) -> tuple[DeclineReason, int]:
    """Return a reason of the actor's region, locked, and that region's key."""
    locked = DeclineReason.objects.select_for_update(of=("self",)).get(pk=reason.pk)
    if locked.region_id is None:
        raise NotAllowed(_("Cette raison est commune à toutes les régions."))
    require(actor, Right.SET_PRACTICES, region_id=locked.region_id)
    return locked, locked.region_id


def _check(item: ReasonWords, others: Sequence[DeclineReason]) -> None:
    for field in ("label_fr", "label_en"):
        label: str = getattr(item, field).strip()
        if not label:
            raise InvalidInput(_("La raison se dit dans les deux langues."), field=field)
        if any(getattr(each, field).casefold() == label.casefold() for each in others):
            raise InvalidInput(_("Cette raison existe déjà."), field=field)


def _code(region: Region, item: ReasonWords, taken: set[str]) -> str:
    """Return a code for a reason, of its region and words: `06-aucun-transport`."""
    base = f"{region.code}-{slugify(item.label_fr)[:_KEPT_OF_LABEL].strip('-')}"
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 1000))) if code not in taken)
