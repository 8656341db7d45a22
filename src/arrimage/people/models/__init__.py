from arrimage.people.models.accounts import PersonAccount
from arrimage.people.models.details import FrenchLevel, PersonLanguage, PersonName, PersonOccupation, Schooling
from arrimage.people.models.duplicates import DuplicateDecision
from arrimage.people.models.households import FamilyLink, Household, Member
from arrimage.people.models.identifiers import PersonIdentifier
from arrimage.people.models.merges import PersonMerge
from arrimage.people.models.persons import Person, PersonStatus
from arrimage.people.models.words import NameWord

__all__ = [
    "DuplicateDecision",
    "FamilyLink",
    "FrenchLevel",
    "Household",
    "Member",
    "NameWord",
    "Person",
    "PersonAccount",
    "PersonIdentifier",
    "PersonLanguage",
    "PersonMerge",
    "PersonName",
    "PersonOccupation",
    "PersonStatus",
    "Schooling",
]
