"""Somebody away, and the colleagues who see to their files until they are back. The files stay theirs."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor, require
from arrimage.casework.actions.files import require_agent_of
from arrimage.casework.models import Absence, AbsenceCover
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed


@action
def note_absence(
    actor: Actor, agent: User, starts_on: date, ends_on: date, substitutes: Sequence[User] = ()
) -> Absence:
    """Note that `agent` is away, both days included: a lead for anybody of the region, an agent for themselves.

    A lead says who replaces; the files are shared among them. Raises `Conflict` for days already noted.
    """
    _require(actor, agent, choosing=bool(substitutes))
    if ends_on < max(starts_on, clock.today()):
        raise InvalidInput(_("Une absence prend fin aujourd’hui ou plus tard, après son début."), field="ends_on")
    assert actor.region_id is not None  # whoever accompanies acts in a region
    require_agent_of(agent, actor.region_id)
    absence = Absence(
        agent=agent, region_id=actor.region_id, starts_on=starts_on, ends_on=ends_on, author_id=actor.user_id
    )
    try:
        with transaction.atomic():
            absence.save()
    except IntegrityError as error:
        raise Conflict(_("Une absence est déjà notée pour ces jours.")) from error
    _cover(absence, substitutes)
    return absence


@action
def choose_substitutes(actor: Actor, absence: Absence, substitutes: Sequence[User]) -> None:
    """Say who replaces, in place of those who did. A lead's choice."""
    _require(actor, absence.agent, choosing=True, region_id=absence.region_id)
    _locked(absence)
    AbsenceCover.objects.filter(absence=absence).delete()
    _cover(absence, substitutes)


@action
def end_absence(actor: Actor, absence: Absence) -> None:
    """Say that somebody is back today: their work is theirs again. An absence to come is called off."""
    _require(actor, absence.agent, choosing=False, region_id=absence.region_id)
    locked = _locked(absence)
    yesterday = clock.today() - timedelta(days=1)
    if locked.starts_on > yesterday:
        locked.is_cancelled = True
    else:
        locked.ends_on = min(locked.ends_on, yesterday)
    locked.save(update_fields=["is_cancelled", "ends_on"])


def _require(actor: Actor, agent: User, *, choosing: bool, region_id: int | None = None) -> None:
    require(actor, Right.ACCOMPANY, region_id=region_id)
    if actor.may(Right.ASSIGN_FILES):
        return
    if choosing or agent.pk != actor.user_id:
        raise NotAllowed(_("Seule la personne qui encadre l’équipe choisit qui remplace."))


def _locked(absence: Absence) -> Absence:
    locked = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
    if locked.is_cancelled or locked.ends_on < clock.today():
        raise Conflict(_("Cette absence a pris fin."))
    return locked


def _cover(absence: Absence, substitutes: Sequence[User]) -> None:
    chosen = sorted({each.pk: each for each in substitutes}.values(), key=lambda each: each.pk)
    away = Absence.objects.filter(
        agent__in=chosen,
        region_id=absence.region_id,
        is_cancelled=False,
        starts_on__lte=absence.ends_on,
        ends_on__gte=absence.starts_on,
    ).values_list("agent", flat=True)
    away_too = set(away)
    for each in chosen:
        require_agent_of(each, absence.region_id)
        if each.pk == absence.agent_id or each.pk in away_too:
            raise Conflict(_("%(name)s est aussi en absence ces jours-là.") % {"name": each.name})
    AbsenceCover.objects.bulk_create(
        [
            AbsenceCover(absence=absence, region_id=absence.region_id, substitute=each, rank=rank, shares=len(chosen))
            for rank, each in enumerate(chosen)
        ]
    )
