from arrimage.people.models.accounts import PersonAccount
from arrimage.people.models.details import FrenchLevel, PersonLanguage, PersonName, PersonOccupation, Schooling
from arrimage.people.models.households import FamilyLink, Household, Member
from arrimage.people.models.identifiers import PersonIdentifier
from arrimage.people.models.persons import Person, PersonStatus

__all__ = [
    "FamilyLink",
    "FrenchLevel",
    "Household",
    "Member",
    "Person",
    "PersonAccount",
    "PersonIdentifier",
    "PersonLanguage",
    "PersonName",
    "PersonOccupation",
    "PersonStatus",
    "Schooling",
]
