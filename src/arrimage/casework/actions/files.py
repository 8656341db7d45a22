"""Opening and assigning files."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right, Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor, require
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import File, FileSerial
from arrimage.casework.reach import all_within_reach
from arrimage.casework.rules import file_number, first_appointment_due
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, NotAllowed
from arrimage.people.models import Person
from arrimage.territory.models import Region, ServicePoint


@dataclass(frozen=True)
class NewFile:
    """What is needed to open a file. `arrived_on` starts the clock of the first appointment."""

    person: Person
    service_point: ServicePoint
    arrived_on: date | None = None
    opened_on: date | None = None
    agent: User | None = None


@action
def open_files(actor: Actor, items: Sequence[NewFile]) -> list[File]:
    """Open one file a person, numbered in the order given. Raises `Conflict` when a person has an active one there."""
    if not (actor.may(Right.RECEIVE_ARRIVALS) or actor.may(Right.ACCOMPANY)):
        raise NotAllowed(_("Votre rôle ne permet pas d’ouvrir un dossier."))
    regions = {item.service_point.region_id for item in items}
    for region_id in regions:
        if not actor.covers_region(region_id):
            raise NotAllowed(_("Ce point de services est dans une autre région."))
    files = []
    for item in items:
        opened_on = item.opened_on or clock.today()
        files.append(
            File(
                region_id=item.service_point.region_id,
                person=item.person,
                service_point=item.service_point,
                agent=item.agent,
                arrived_on=item.arrived_on,
                first_appointment_due=first_appointment_due(item.arrived_on) if item.arrived_on else None,
                opened_on=opened_on,
            )
        )
    number_files(files)
    try:
        with transaction.atomic():
            File.objects.bulk_create(files, batch_size=1000)
    except IntegrityError as error:
        raise Conflict(_("Un dossier est déjà ouvert pour cette personne dans la région.")) from error
    return files


def number_files(files: Sequence[File]) -> None:
    """Give each file the next number of its region and year; concurrent openings wait for one another."""
    wanted = Counter((file.region_id, file.opened_on.year) for file in files)
    following: dict[tuple[int, int], int] = {}
    prefixes = dict(Region.objects.filter(pk__in={region for region, _year in wanted}).values_list("pk", "file_prefix"))
    for (region_id, year), count in sorted(wanted.items()):
        FileSerial.objects.get_or_create(region_id=region_id, year=year)
        serial = FileSerial.objects.select_for_update().get(region_id=region_id, year=year)
        following[region_id, year] = serial.last + 1
        serial.last += count
        serial.save(update_fields=["last"])
    for file in files:
        key = file.region_id, file.opened_on.year
        file.number = file_number(prefixes[file.region_id], key[1], following[key])
        following[key] += 1


@action
def assign_files(actor: Actor, files: Sequence[File], agent: User) -> None:
    """Give files to an integration agent of their region, who answers for them from now on."""
    if not (actor.may(Right.ASSIGN_FILES) or actor.may(Right.ACCOMPANY) or actor.may(Right.RECEIVE_ARRIVALS)):
        raise NotAllowed(_("Votre rôle ne permet pas d’attribuer un dossier."))
    regions = {file.region_id for file in files}
    for region_id in regions:
        if not actor.covers_region(region_id):
            raise NotAllowed(_("Ce dossier est dans une autre région."))
        require_agent_of(agent, region_id)
    File.objects.filter(pk__in=[file.pk for file in files], status=FileStatus.ACTIVE).update(agent=agent)


def require_agent_of(agent: User, region_id: int) -> None:
    """Raise `Conflict` unless `agent` accompanies people in the region today."""
    works_there = RoleGrant.objects.live_on(clock.today()).filter(
        user=agent, region_id=region_id, role__in=[Role.INTEGRATION_AGENT, Role.TEAM_LEAD]
    )
    if not works_there.exists():
        raise Conflict(_("%(name)s n’est pas agente ou agent d’intégration de cette région.") % {"name": agent.name})


def require_casework(actor: Actor, files: Sequence[File]) -> None:
    """Raise `NotAllowed` unless `actor` may accompany the persons of all these files."""
    require(actor, Right.ACCOMPANY)
    if not all_within_reach(actor, files):
        raise NotAllowed(_("Ce dossier n’est pas parmi ceux que vous pouvez ouvrir."))


def require_open_files(actor: Actor, files: Sequence[File]) -> None:
    """Raise `NotAllowed` as `require_casework` does, and `Conflict` when one of the files is no longer active.

    The files stay open until the transaction ends: who closes one waits, and finds what is being added.
    """
    require_casework(actor, files)
    keys = {file.pk for file in files}
    held = File.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    for number, status in held.values_list("number", "status"):
        if status != FileStatus.ACTIVE:
            raise Conflict(_("Le dossier %(number)s est fermé : rien ne peut plus y être ajouté.") % {"number": number})
