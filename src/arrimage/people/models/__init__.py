from arrimage.people.models.accounts import PersonAccount
from arrimage.people.models.duplicates import DuplicateDecision
from arrimage.people.models.households import Household, Member
from arrimage.people.models.persons import Person, PersonStatus
from arrimage.people.models.words import NameWord

__all__ = ["DuplicateDecision", "Household", "Member", "NameWord", "Person", "PersonAccount", "PersonStatus"]
