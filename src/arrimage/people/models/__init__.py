from arrimage.people.models.accounts import PersonAccount
from arrimage.people.models.households import Household, Member
from arrimage.people.models.persons import Person, PersonStatus

__all__ = ["Household", "Member", "Person", "PersonAccount", "PersonStatus"]
