"""Files that change hands together, by a lead's decision, and come back together."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor, require
from arrimage.casework.actions.files import require_agent_of
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import File, FileMove, Handover
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.writes import update_rows
from arrimage.territory.models import ServicePoint


@dataclass(frozen=True)
class Move:
    """A file to give to somebody, or to another point of the region (which assigns it when nobody is named).

    `file` says whom and where it was with when the lead read it.
    """

    file: File
    to: User | None
    point: ServicePoint | None = None

    @property
    def point_id(self) -> int:
        return self.point.pk if self.point else self.file.service_point_id


@action
def hand_over(actor: Actor, moves: Sequence[Move], reason: str) -> Handover:
    """Give files to other agents of the region, all or none.

    Raises `Conflict` when one was closed or changed hands since it was read, or is with that agent already.
    """
    regions = {move.file.region_id for move in moves}
    if len(regions) != 1:
        raise InvalidInput(_("Choisissez des dossiers d’une même région."))
    (region_id,) = regions
    require(actor, Right.ASSIGN_FILES, region_id=region_id)
    if not reason.strip():
        raise InvalidInput(_("Dites pourquoi ces dossiers changent de mains."), field="reason")
    for agent in {move.to.pk: move.to for move in moves if move.to}.values():
        require_agent_of(agent, region_id)
    if any(move.point and move.point.region_id != region_id for move in moves):
        raise InvalidInput(_("Ce point de services est dans une autre région."), field="to")
    locked = _locked([move.file.pk for move in moves])
    handover = Handover.objects.create(region_id=region_id, author_id=actor.user_id, reason=reason.strip())
    for move in moves:
        file = locked[move.file.pk]
        wanted = (move.to.pk if move.to else None, move.point_id)
        before = (move.file.agent_id, move.file.service_point_id)
        if file.status != FileStatus.ACTIVE or before != (file.agent_id, file.service_point_id) or before == wanted:
            raise Conflict(_("Le dossier %(number)s a changé entre-temps.") % {"number": file.number})
    FileMove.objects.bulk_create(
        [
            FileMove(
                handover=handover,
                file=move.file,
                from_agent_id=move.file.agent_id,
                to_agent=move.to,
                from_point_id=move.file.service_point_id,
                to_point_id=move.point_id,
            )
            for move in moves
        ],
        batch_size=1000,
    )
    for move in moves:
        file = locked[move.file.pk]
        file.agent_id, file.service_point_id = move.to.pk if move.to else None, move.point_id
    update_rows(File, locked.values(), ["agent", "service_point"])
    return handover


@action
def undo_handover(actor: Actor, handover: Handover) -> list[File]:
    """Give the files back to whom they were with; return those that stay, for they changed hands or closed since.

    Raises `Conflict` when it was undone already.
    """
    require(actor, Right.ASSIGN_FILES, region_id=handover.region_id)
    known = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if known.undone_on is not None:
        raise Conflict(_("Cette réattribution est déjà annulée."))
    moves = list(FileMove.objects.filter(handover=known).order_by("pk"))
    locked = _locked([move.file_id for move in moves])
    back, staying = [], []
    for move in moves:
        file = locked[move.file_id]
        here = (file.agent_id, file.service_point_id) == (move.to_agent_id, move.to_point_id)
        if file.status == FileStatus.ACTIVE and here:
            file.agent_id, file.service_point_id = move.from_agent_id, move.from_point_id
            move.is_undone = True
            back.append(move)
        else:
            staying.append(file)
    update_rows(File, [locked[move.file_id] for move in back], ["agent", "service_point"])
    update_rows(FileMove, back, ["is_undone"])
    known.undone_on = clock.today()
    known.save(update_fields=["undone_on"])
    return staying


@action
def see_move(actor: Actor, move: FileMove) -> None:
    """Say that one knows of a file that came; twice changes nothing. Raises `NotAllowed` to anybody else."""
    if move.to_agent_id != actor.user_id:
        raise NotAllowed(_("Ce dossier est venu à quelqu’un d’autre."))
    FileMove.objects.filter(pk=move.pk, seen_on__isnull=True).update(seen_on=clock.today())


def _locked(keys: Sequence[int]) -> dict[int, File]:
    """Lock files, always in the same order: two leads never wait for each other."""
    files = File.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return {file.pk: file for file in files}
