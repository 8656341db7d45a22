"""Those of a party who may be recorded already: what is asked before their files open, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from arrimage.accounts.rights import Actor
from arrimage.people.duplicates import Described, Likely, likely_same
from arrimage.reception.actions import Identity
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Party
from arrimage.reception.queries import arrivals_of_party

ANOTHER = "autre"


@dataclass(frozen=True)
class Question:
    """Somebody met whose file is not open, and the persons already recorded they may be."""

    arrival: Arrival
    candidates: list[Likely]

    @property
    def field(self) -> str:
        return f"personne-{self.arrival.uid}"

    @property
    def reason_field(self) -> str:
        return f"pourquoi-{self.arrival.uid}"


def unanswered(actor: Actor, party: Party) -> list[Question]:
    """Return whom to ask about before the files of a party open."""
    arrivals = arrivals_of_party(party)
    family = [arrival.person_id for arrival in arrivals if arrival.person_id is not None]
    found = []
    for arrival in arrivals:
        if arrival.outcome != ArrivalOutcome.MET or arrival.person_id is not None:
            continue
        if candidates := likely_same(actor, Described.of(arrival), but=family):
            found.append(Question(arrival, candidates))
    return found


def answers_to(questions: list[Question], posted: Mapping[str, str]) -> dict[UUID, Identity]:
    """Return what was answered, by arrival; a question without an answer, or another person without a reason, has none.

    A person who was not among the candidates is no answer.
    """
    answers = {}
    for question in questions:
        chosen = posted.get(question.field, "")
        reason = posted.get(question.reason_field, "").strip()
        by_uid = {str(each.person.uid): each.person for each in question.candidates}
        if chosen in by_uid:
            answers[question.arrival.uid] = Identity(same=by_uid[chosen])
        elif chosen == ANOTHER and reason:
            answers[question.arrival.uid] = Identity(others=list(by_uid.values()), reason=reason)
    return answers
