"""How partners answer, each in their own way, and so what becomes of a referral."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from arrimage.casework.enums import Outcome, ReferralStatus
from arrimage.casework.reference import REASONS
from arrimage.casework.rules import answer_due, reminder_due
from arrimage.demo.planning.calendar import after, some_days_after

R = ReferralStatus
_REASONS = [code for code, _french, _english, needs_words in REASONS if not needs_words]


@dataclass(frozen=True)
class Habit:
    """A partner's ways: working days to answer, to fix a date and to begin (from, to), shares (0 to 1) it refuses and
    leaves unanswered."""

    answers: tuple[int, int] = (2, 9)
    begins: tuple[int, int] = (5, 18)
    refuses: float = 0.06
    reason: str = "unreachable"
    forgets: float = 0.03


USUAL = Habit()
PROMPT = Habit(answers=(1, 3), begins=(3, 12), refuses=0.02, forgets=0.0)
SLOW = Habit(answers=(6, 15), begins=(12, 30), forgets=0.08)
FULL = Habit(answers=(1, 5), begins=(10, 25), refuses=0.45, reason="no_place")
PARTICULAR = Habit(refuses=0.25, reason="not_eligible")
FRENCH_ONLY = Habit(refuses=0.2, reason="language")
SILENT = Habit(forgets=1.0)
# By the partner's rank; the others have the usual ways. The first is the one whose sign-in is printed.
HABITS = {0: PROMPT, 3: SLOW, 5: FULL, 8: PARTICULAR, 11: SLOW, 12: FRENCH_ONLY, 14: FULL, 17: PROMPT, 19: SLOW,
          21: PROMPT, 25: SILENT}  # fmt: skip


def habit_of(rank: int) -> Habit:
    return HABITS.get(rank, USUAL)


@dataclass(frozen=True)
class Move:
    """A change of a referral: to which state, on which day, and what is said with it."""

    to: ReferralStatus
    on: date
    reason: str = ""
    note: str = ""
    outcome: str = ""
    scheduled_for: date | None = None


def moves(random: Random, habit: Habit, sent_on: date, until: date) -> list[Move]:
    """Return what happens to a referral sent on a day, in order, up to `until`: what comes later has not happened."""
    found = []
    for move in _moves(random, habit, sent_on):
        if move.on > until:
            break
        found.append(move)
    return found


def _moves(random: Random, habit: Habit, sent_on: date) -> Iterator[Move]:
    answered_on = some_days_after(random, sent_on, *habit.answers)
    expired_on = after(answer_due(sent_on), 1)
    if random.random() < 0.02:
        on = some_days_after(random, sent_on, 0, 1)
        yield Move(R.CANCELLED, on, note="La personne a trouvé de l’aide ailleurs (inventé).")
    elif random.random() < habit.forgets or answered_on >= expired_on:
        yield _reminder(sent_on)
        yield Move(R.EXPIRED, expired_on, note="Aucune réponse dans le délai.")
    else:
        if answered_on > reminder_due(sent_on):
            yield _reminder(sent_on)
        if random.random() < habit.refuses:
            often = random.random() < 0.7
            yield Move(R.DECLINED, answered_on, reason=habit.reason if often else random.choice(_REASONS))
        else:
            yield Move(R.ACCEPTED, answered_on)
            yield from _service(random, habit, answered_on)


def _reminder(sent_on: date) -> Move:
    return Move(R.REMINDED, reminder_due(sent_on), note="Aucune réponse jusqu’ici.")


def _service(random: Random, habit: Habit, accepted_on: date) -> Iterator[Move]:
    """What follows a yes: a date or none, a beginning, an end."""
    fixed_on = some_days_after(random, accepted_on, 2, habit.begins[0] + 3)
    day = some_days_after(random, fixed_on, *habit.begins)
    if random.random() < 0.6:
        yield Move(R.SCHEDULED, fixed_on, scheduled_for=day)
        if random.random() < 0.15:
            yield Move(R.NO_SHOW, day)
            called_on = some_days_after(random, day, 3, 12)
            if random.random() < 0.35:
                yield Move(R.STOPPED, called_on, note="La personne ne s’est pas présentée et reste injoignable.")
                return
            day = some_days_after(random, called_on, 2, 8)
            yield Move(R.SCHEDULED, called_on, scheduled_for=day)
        yield Move(R.ATTENDED, day)
        if random.random() < 0.12:
            yield _result(random, some_days_after(random, day, 1, 3))
            return
        day = some_days_after(random, day, 2, 12)
    yield Move(R.STARTED, day)
    if random.random() < 0.07:
        on = some_days_after(random, day, 5, 25)
        yield Move(R.STOPPED, on, note="La personne a dû interrompre le service (inventé).")
        return
    yield _result(random, some_days_after(random, day, 12, 60))


def _result(random: Random, on: date) -> Move:
    outcome = random.choices(list(Outcome), [70, 22, 8])[0]
    return Move(R.COMPLETED, on, outcome=outcome, note="Résultat inventé.")
