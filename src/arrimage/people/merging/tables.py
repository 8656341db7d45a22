"""What becomes of this room's own tables, and what makes a merge impossible here."""

from django.utils.translation import gettext as _

from arrimage.foundation import clock
from arrimage.people.merging.registry import Held, move, refuse_when, stay
from arrimage.people.models import Person, PersonAccount


def declare() -> None:
    """Say it, before the rooms above say theirs."""
    for label in ("PersonStatus", "Member"):
        move(f"people.{label}", held=Held.SHORTEN)
    for label in ("PersonName", "PersonLanguage"):
        move(f"people.{label}", held=Held.KEEP)
    for label in ("FrenchLevel", "Schooling", "PersonOccupation", "PersonIdentifier", "PersonAccount"):
        move(f"people.{label}")
    move("people.FamilyLink", "person", "other", held=Held.DROP)
    move("people.Person", "merged_into")
    stay("people.DuplicateDecision", "person", "other", why="somebody compared those two records, not others")
    stay("people.PersonMerge", "survivor", "absorbed", why="a merge says which two records it was of")
    refuse_when(_two_accounts)


def _two_accounts(survivor: Person, absorbed: Person) -> str:
    holders = (
        PersonAccount.objects.live_on(clock.today()).filter(person__in=[survivor, absorbed]).values("person").distinct()
    )
    if holders.count() < 2:
        return ""
    return _(
        "Les deux fiches ont un accès en ligne ouvert. Demandez à l’administration de fermer celui qui ne sert plus, "
        "puis recommencez."
    )
