"""The week of an agent: hours for files, days, languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor, require
from arrimage.casework.actions.files import require_agent_of
from arrimage.casework.models import AgentProfile
from arrimage.foundation.errors import Conflict, InvalidInput

MOST_HOURS = Decimal(60)
WEEK = range(1, 8)  # 1 is Monday


@dataclass(frozen=True)
class Week:
    hours: Decimal
    days: Sequence[int]
    languages: Sequence[str]


@action
def set_profile(actor: Actor, agent: User, version: int, week: Week) -> AgentProfile:
    """Write the week of an agent of the lead's region, read at `version` (0 when there was none).

    Raises `Conflict` when somebody changed it since.
    """
    require(actor, Right.ASSIGN_FILES)
    assert actor.region_id is not None  # a lead acts in a region
    require_agent_of(agent, actor.region_id)
    if not 0 < week.hours <= MOST_HOURS:
        raise InvalidInput(_("Entre 1 et 60 heures par semaine."), field="hours")
    if not week.days or not set(week.days) <= set(WEEK):
        raise InvalidInput(_("Choisissez au moins un jour."), field="days")
    known = AgentProfile.objects.select_for_update(of=("self",)).filter(user=agent, region_id=actor.region_id).first()
    if (known.version if known else 0) != version:
        raise Conflict(_("Ce profil a été modifié entre-temps. Relisez-le avant de l’enregistrer."))
    profile = known or AgentProfile(user=agent, region_id=actor.region_id)
    profile.hours, profile.days, profile.languages = week.hours, sorted(week.days), sorted(week.languages)
    profile.save()
    return profile
