"""What is known of the demonstration's people besides their files: languages, French, schooling, trades, names."""

from datetime import date, timedelta
from random import Random

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import system_actor
from arrimage.people import actions
from arrimage.people.enums import Ability, FrenchSource, NameKind, OccupationKind, SchoolLevel
from arrimage.people.models import FrenchLevel, Person, PersonLanguage, PersonName, PersonOccupation, Schooling
from arrimage.people.reach import persons_accompanied_by

MOST = 600
ADULT_DAYS = 18 * 366
TRADES = ("Comptable", "Infirmière ou infirmier", "Soudeur ou soudeuse", "Enseignante ou enseignant", "Cuisinière")
STUDIES = ("Comptabilité", "Soins infirmiers", "Génie mécanique", "Pédagogie", "Informatique")


def add_details(today: date) -> None:
    """Write details of some hundreds of grown-ups, always the same."""
    random = Random("arrimage details")
    agent = system_actor("demonstration", Right.ACCOMPANY)
    adults = persons_accompanied_by(agent).filter(birth_date__lt=today - timedelta(days=ADULT_DAYS))
    persons = list(adults.order_by("-pk")[:MOST])
    actions.add_details(agent, [_language(person, random) for person in persons])
    actions.add_details(agent, [level for person in persons[::2] for level in _levels(person, today, random)])
    actions.add_details(agent, [_studies(person, today, random) for person in persons[::2]])
    actions.add_details(agent, [_trade(person, random) for person in persons[::3]])
    actions.add_details(agent, [_name_at_birth(person) for person in persons[::5]])


def _language(person: Person, random: Random) -> PersonLanguage:
    return PersonLanguage(
        person=person,
        language=person.preferred_language,
        is_mother_tongue=True,
        speaks=Ability.FLUENTLY,
        reads=random.choice((Ability.LITTLE, Ability.WELL, Ability.FLUENTLY)),
        needs_interpreter=person.preferred_language != "fr" and random.random() < 0.3,
    )


def _levels(person: Person, today: date, random: Random) -> list[FrenchLevel]:
    """Return an estimate at arrival and a level measured since, two levels higher."""
    heard = random.randint(1, 8)
    return [
        FrenchLevel(
            person=person,
            assessed_on=today - timedelta(days=days),
            source=FrenchSource.TEACHER if gained else FrenchSource.AGENT,
            listening=heard + gained,
            speaking=max(1, heard + gained - 1),
            reading=max(1, heard + gained - 2),
        )
        for days, gained in ((120, 0), (20, 2))
    ]


def _studies(person: Person, today: date, random: Random) -> Schooling:
    return Schooling(
        person=person,
        level=random.choice(list(SchoolLevel)[2:]),
        field=random.choice(STUDIES),
        country=person.birth_country,
        ended_year=today.year - random.randint(2, 15),
    )


def _trade(person: Person, random: Random) -> PersonOccupation:
    words, years = random.choice(TRADES), random.randint(1, 14)
    return PersonOccupation(person=person, kind=OccupationKind.ABROAD, words=words, years=years)


def _name_at_birth(person: Person) -> PersonName:
    birth = f"{person.family_name}-Mère"
    return PersonName(person=person, kind=NameKind.BIRTH, given_name=person.given_name, family_name=birth)
