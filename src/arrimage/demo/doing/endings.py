"""The files that close with what came of them."""

from collections.abc import Iterable
from random import Random

from arrimage.casework.actions.closing import NeedResult, NewClosing, close_file
from arrimage.casework.closings import OpenEnds, open_ends
from arrimage.casework.models import File
from arrimage.demo.doing.cases import Group, files_of
from arrimage.demo.planning.endings import Ending, became, ending


def close_files(groups: Iterable[Group]) -> None:
    """Close the files of the households whose accompaniment ended, the children's too; none while a service goes on."""
    ended = {group.household.reference: (group, end) for group in groups if (end := _ending(group))}
    files = files_of([group for group, _end in ended.values()])
    for reference, (group, end) in ended.items():
        random = Random(f"arrimage results {reference}")
        left = [(file, open_ends(file)) for file in files[reference]]
        if any(ends.under_way for _file, ends in left):
            continue
        for file, ends in left:
            close_file(group.agent, _closing(random, file, ends, end))


def _ending(group: Group) -> Ending | None:
    return ending(Random(f"arrimage ending {group.household.reference}"), group.household)


def _closing(random: Random, file: File, ends: OpenEnds, end: Ending) -> NewClosing:
    needs = {need.pk: NeedResult(*became(random, end.reason)) for need in ends.needs}
    return NewClosing(
        file,
        end.reason,
        end.summary,
        on=max(end.on, file.opened_on),
        needs=needs,
        cancelled_referrals=[referral.pk for referral in ends.to_take_back],
        cancelled_appointments=[appointment.pk for appointment in ends.appointments],
    )
