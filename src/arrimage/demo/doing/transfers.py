"""Files that go from a region to another: one offered, one taken up, one waiting here for its answer."""

from collections.abc import Iterable
from datetime import date, timedelta

from arrimage.accounts.rights import Actor
from arrimage.casework import actions as casework
from arrimage.casework.actions.files import NewFile
from arrimage.casework.actions.transfers import Wanted, accept_transfer, propose_transfer, under_way
from arrimage.casework.models import File
from arrimage.casework.transfer_enums import TransferGround
from arrimage.demo.doing.cases import Group, files_of
from arrimage.demo.planning.households import Stage
from arrimage.people.actions import NewMember, record_households
from arrimage.people.enums import Category, Gender
from arrimage.people.models import Person
from arrimage.territory.models import ServicePoint

LAVAL = "Bureau de Laval"
OFFERED = "A signé un bail dans une autre région, où son employeur l’attend (inventé)."
MOVED = "S’est présentée à votre bureau avec sa nouvelle adresse (inventé)."
# Who lived in Laval and moved: given name, family name, language, days since they arrived.
MOVERS = (("Amina", "Exemple-Sarcelle", "ar", 40), ("Tomás", "Exemple-Genêt", "es", 21))


def transfer(groups: Iterable[Group], sender: Actor, neighbour: Actor, lead: Actor, today: date) -> None:
    """Let `sender` offer one of their households to `neighbour`'s region, whose agent sends two persons to the lead's.

    The lead takes up the first of them; the other waits for an answer.
    """
    here = ServicePoint.objects.get(pk=lead.service_point_id or 0)
    there = ServicePoint.objects.get(name=LAVAL, region=neighbour.region_id)
    propose_transfer(sender, _free_to_go(groups, sender), Wanted(there, OFFERED, TransferGround.AGREED))
    wanted = Wanted(here, MOVED, TransferGround.MOVED)
    [settled, _waiting] = [
        propose_transfer(neighbour, [file], wanted) for file in _open_files_of_movers(neighbour, there, today)
    ]
    accept_transfer(lead, settled)


def _free_to_go(groups: Iterable[Group], sender: Actor) -> list[File]:
    """Return the files of a household of grown-ups the sender accompanies, of which nothing is under way."""
    drafted = [group for group in groups if group.household.stage == Stage.DRAFTED]
    own = [
        group
        for group in drafted
        if group.user.pk == sender.user_id and len(group.cases) == len(group.household.members)
    ]
    for files in files_of(own).values():
        if not any(rows.exists() for rows in under_way(files)):
            return files
    raise LookupError("the demonstration has no household that is free to go to another region")


def _open_files_of_movers(agent: Actor, point: ServicePoint, today: date) -> list[File]:
    persons = [
        Person(
            region_id=point.region_id,
            given_name=given,
            family_name=family,
            preferred_language=language,
            gender=Gender.UNKNOWN,
            birth_date=date(1990, 5, 14),
        )
        for given, family, language, _days in MOVERS
    ]
    days = [today - timedelta(days=ago) for *_names, ago in MOVERS]
    record_households([[NewMember(person, category=Category.SKILLED_WORKER)] for person in persons], since=days)
    return casework.open_files(
        agent,
        [NewFile(person, point, arrived_on=day, opened_on=day) for person, day in zip(persons, days, strict=True)],
    )
