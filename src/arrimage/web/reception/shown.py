"""What the airport's pages show: flights and parties, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_language
from arrimage.people.births import write_age
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Flight, Party
from arrimage.scheduling.models import Appointment
from arrimage.web.parts import Step, steps

# What may be said of somebody, in the order in which it happens; the first two are the usual ones.
OUTCOMES = (
    (ArrivalOutcome.MET, gettext_lazy("Est là")),
    (ArrivalOutcome.NO_SHOW, gettext_lazy("N’est pas là")),
    (ArrivalOutcome.MOVED, gettext_lazy("Sur un autre vol")),
    (ArrivalOutcome.DENIED_BOARDING, gettext_lazy("Embarquement refusé")),
)


def party_title(party: Party, arrivals: Sequence[Arrival]) -> str:
    """Return « Nadia Haddad et 3 proches », or the reference of a party of nobody."""
    if not arrivals:
        return party.reference
    return with_others(str(arrivals[0]), len(arrivals) - 1)


def with_others(name: str, others: int) -> str:
    if not others:
        return name
    return ngettext("%(name)s et %(count)d proche", "%(name)s et %(count)d proches", others) % {
        "name": name,
        "count": others,
    }


def languages_of(arrivals: Iterable[Arrival]) -> str:
    """Return the languages of a party, each once: « arabe, anglais »."""
    return ", ".join(write_language(code) for code in dict.fromkeys(arrival.language for arrival in arrivals))


def age_of(arrival: Arrival) -> str:
    """Return « 37 ans », or the months of a baby; empty without a birth date."""
    return write_age(arrival.birth, clock.today())


@dataclass(frozen=True)
class PartyLine:
    """A party on the list of a flight."""

    party: Party
    title: str
    languages: str
    expected: int
    met: int
    other: int
    without_file: int
    without_appointment: int
    count: int

    @property
    def is_settled(self) -> bool:
        return not (self.expected or self.without_file or self.without_appointment)


def party_lines(arrivals: Sequence[Arrival], given: set[int]) -> list[PartyLine]:
    """Return the parties of a flight, those that need somebody first; `given` are persons with a first appointment."""
    by_party: dict[int, list[Arrival]] = {}
    for arrival in arrivals:
        by_party.setdefault(arrival.party_id, []).append(arrival)
    lines = []
    for group in by_party.values():
        outcomes = [arrival.outcome for arrival in group]
        expected, met = outcomes.count(ArrivalOutcome.EXPECTED), outcomes.count(ArrivalOutcome.MET)
        lines.append(
            PartyLine(
                party=group[0].party,
                title=party_title(group[0].party, group),
                languages=languages_of(group),
                expected=expected,
                met=met,
                other=len(group) - expected - met,
                without_file=sum(a.outcome == ArrivalOutcome.MET and a.person_id is None for a in group),
                without_appointment=sum(a.person_id is not None and a.person_id not in given for a in group),
                count=len(group),
            )
        )
    return sorted(lines, key=lambda line: (line.is_settled, not line.expected, line.title))


@dataclass
class PersonLine:
    """A person on the page of their party: what is known, what may be said."""

    arrival: Arrival
    age: str
    language: str
    number: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)
    more: list[tuple[str, str]] = field(default_factory=list)

    @property
    def may_undo(self) -> bool:
        return self.arrival.outcome != ArrivalOutcome.EXPECTED and self.arrival.person_id is None


def person_lines(arrivals: Sequence[Arrival], files: Iterable[File]) -> list[PersonLine]:
    numbers = {file.person_id: file.number for file in files}
    lines = []
    for arrival in arrivals:
        line = PersonLine(arrival, age_of(arrival), write_language(arrival.language))
        if arrival.person_id is not None:
            line.number = numbers.get(arrival.person_id, "")
        elif arrival.outcome == ArrivalOutcome.EXPECTED:
            line.choices = [(outcome.value, str(word)) for outcome, word in OUTCOMES[:2]]
            line.more = [(outcome.value, str(word)) for outcome, word in OUTCOMES[2:]]
        elif arrival.outcome in (ArrivalOutcome.NO_SHOW, ArrivalOutcome.MOVED):
            line.choices = [(OUTCOMES[0][0].value, str(OUTCOMES[0][1]))]
        lines.append(line)
    return lines


@dataclass(frozen=True)
class FlightGroup:
    """The persons of a party who are on one flight."""

    flight: Flight
    people: list[PersonLine]
    expected: int


def flight_groups(people: Sequence[PersonLine]) -> list[FlightGroup]:
    """Return the people by flight, the first to land first: a family may be split over two."""
    flights: dict[int, list[PersonLine]] = {}
    for person in people:
        flights.setdefault(person.arrival.flight_id, []).append(person)
    groups = [
        FlightGroup(
            lines[0].arrival.flight,
            lines,
            sum(line.arrival.outcome == ArrivalOutcome.EXPECTED for line in lines),
        )
        for lines in flights.values()
    ]
    return sorted(groups, key=lambda group: (group.flight.lands_on, str(group.flight.lands_at or ""), group.flight.pk))


def party_steps(
    arrivals: Sequence[Arrival], to_book: int, appointment: Appointment | None, *, to_consent: bool = False
) -> list[Step]:
    """Return where a party is on its way out of the airport."""
    labels = [
        _("Accueillir"),
        _("Ouvrir les dossiers"),
        _("Recueillir le consentement"),
        _("Fixer le rendez-vous"),
        _("Remettre la feuille"),
    ]
    met = [arrival for arrival in arrivals if arrival.outcome == ArrivalOutcome.MET]
    if not met:
        return steps(labels, 1)
    if any(arrival.person_id is None for arrival in met):
        return steps(labels, 2)
    if to_consent:
        return steps(labels, 3)
    return steps(labels, 4 if to_book or appointment is None else 5)


def flight_words(flight: Flight) -> str:
    """Return « AC873, mardi 24 novembre »."""
    return f"{flight.number}, {write_date(flight.lands_on, 'EEEE d MMMM')}"
