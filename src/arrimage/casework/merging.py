"""What a merge of two persons does with their files: they follow, and one at most is active in each region."""

from django.utils.translation import gettext as _

from arrimage.casework.enums import FileStatus
from arrimage.casework.models import File
from arrimage.people.merging.registry import Held, move, refuse_when
from arrimage.people.models import Person


def declare() -> None:
    move("casework.File")
    move("casework.AppointmentMessage", held=Held.KEEP)
    refuse_when(two_active_files)


def two_active_files(survivor: Person, absorbed: Person) -> str:
    """Return what stands in the way when both are accompanied in one region: which file goes on is for people to say.

    What the other leaves open (needs, steps, referrals) is answered as for any file that closes.
    """
    active = File.objects.filter(status=FileStatus.ACTIVE).order_by("opened_on", "pk")
    own = active.filter(person=survivor)
    twice = active.filter(person=absorbed, region__in=own.values("region")).select_related("region").first()
    if twice is None:
        return ""
    other = own.get(region=twice.region)
    return _(
        "Les deux fiches ont un dossier actif dans la région %(region)s : %(one)s et %(other)s. Fermez d’abord celui "
        "qui ne continue pas, en disant ce que deviennent ses besoins, puis revenez fusionner : il restera lisible "
        "chez la personne."
    ) % {"region": twice.region.name, "one": other.number, "other": twice.number}
