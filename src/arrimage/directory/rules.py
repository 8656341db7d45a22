"""Who may be admitted to a service, on a day: pure rules, and their sentences."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from arrimage.directory.enums import CountedFrom
from arrimage.foundation.writing import write_date
from arrimage.people.enums import Category


class Rule(Protocol):
    """The conditions of a rule: those that are filled must all hold (`models.EligibilityRule` is one)."""

    @property
    def categories(self) -> Sequence[str]: ...
    @property
    def counted_from(self) -> str: ...
    @property
    def months_at_least(self) -> int | None: ...
    @property
    def months_less_than(self) -> int | None: ...
    @property
    def from_on(self) -> date | None: ...
    @property
    def to_on(self) -> date | None: ...
    @property
    def minimum_age(self) -> int | None: ...
    @property
    def maximum_age(self) -> int | None: ...
    @property
    def region_id(self) -> int | None: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True)
class Held:
    """An immigration status a person holds, held or will hold; both ends included."""

    category: str
    starts_on: date
    ends_on: date | None = None

    def on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Situation:
    """What is known of a person. None, or no status, is not known: it neither admits nor refuses."""

    statuses: Sequence[Held] = ()
    arrived_on: date | None = None
    born_on: date | None = None
    region_id: int | None = None


@dataclass(frozen=True)
class Eligibility:
    """Whether a person is admitted: True, False, or None when what is known does not say. `reasons` are sentences:
    why not, or what is to be asked."""

    admitted: bool | None
    reasons: tuple[str, ...] = ()


def eligibility(
    rules: Iterable[Rule],
    situation: Situation,
    day: date,
    *,
    minimum_age: int | None = None,
    maximum_age: int | None = None,
) -> Eligibility:
    """Say whether a person is admitted to a service on a day: of its ages, and by one of its rules, if it has any."""
    verdict = _judge_all(rules, situation, day, minimum_age, maximum_age)
    return Eligibility(verdict.admitted, tuple(dict.fromkeys(say() for say in verdict.reasons)))


def admits(rules: Iterable[Rule], situation: Situation, day: date) -> bool | None:
    """Say whether one of these rules admits a person, as `eligibility` does, without writing why."""
    return _judge_all(rules, situation, day, None, None).admitted


def add_months(day: date, months: int) -> date:
    """Return the same day of the month, so many months later; the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_on(born_on: date, day: date) -> int:
    """Return an age in whole years; born on a 29 February, one is older on 1 March of other years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


class _Verdict(NamedTuple):
    """What a condition, or several, say of a person; the reasons are written only if somebody reads them."""

    admitted: bool | None
    reasons: tuple[Callable[[], str], ...] = ()


def _judge_all(
    rules: Iterable[Rule], situation: Situation, day: date, minimum_age: int | None, maximum_age: int | None
) -> _Verdict:
    ages = _age(minimum_age, maximum_age, situation, day)
    if ages.admitted is False:
        return ages
    judged = [_judge(rule, situation, day) for rule in rules]
    if any(one.admitted for one in judged) or not judged:
        return ages
    unknown = [one for one in judged if one.admitted is None]
    kept = unknown or judged
    return _together(None if unknown else False, kept if ages.admitted else [ages, *kept])


def _judge(rule: Rule, situation: Situation, day: date) -> _Verdict:
    """Judge one rule: a condition that fails refuses; else one that is not known leaves it open."""
    verdicts = list(_verdicts(rule, situation, day))
    refused = [verdict for verdict in verdicts if verdict.admitted is False]
    if refused:
        return _Verdict(False, (lambda: rule.reason,)) if rule.reason else _together(False, refused)
    unknown = [verdict for verdict in verdicts if verdict.admitted is None]
    return _together(None, unknown) if unknown else _Verdict(True)


def _together(admitted: bool | None, verdicts: Sequence[_Verdict]) -> _Verdict:
    return _Verdict(admitted, tuple(reason for verdict in verdicts for reason in verdict.reasons))


def _verdicts(rule: Rule, situation: Situation, day: date) -> Iterable[_Verdict]:
    current = [held for held in situation.statuses if held.on(day)]
    right = [held for held in current if held.category in rule.categories] if rule.categories else current
    if rule.categories:
        yield _status(rule, situation, current, right)
    if rule.counted_from == CountedFrom.ARRIVAL:
        yield from _since(rule, situation.arrived_on, day)
    elif right:
        # One who holds two statuses that count is admitted by the one that admits.
        by_status = [list(_since(rule, held.starts_on, day)) for held in right]
        yield from next((found for found in by_status if all(one.admitted for one in found)), by_status[0])
    elif not situation.statuses:
        yield from _since(rule, None, day)
    yield _age(rule.minimum_age, rule.maximum_age, situation, day)
    yield _residence(rule, situation)


def _status(rule: Rule, situation: Situation, current: Sequence[Held], right: Sequence[Held]) -> _Verdict:
    if right:
        return _Verdict(True)
    if not situation.statuses:
        return _Verdict(None, (lambda: _("Vérifiez le statut d’immigration : il n’est pas connu."),))
    return _Verdict(False, (partial(_of_another_status, rule.categories, current),))


def _of_another_status(categories: Sequence[str], current: Sequence[Held]) -> str:
    wanted = ", ".join(str(Category(category).label) for category in categories)
    held = ", ".join(str(Category(status.category).label) for status in current) or _("aucun statut en cours")
    return _("Réservé à : %(wanted)s. Statut : %(held)s.") % {"wanted": wanted, "held": held}


def _since(rule: Rule, start: date | None, day: date) -> Iterable[_Verdict]:
    """Judge the time since the arrival, or the start of the status, and its date."""
    if (rule.months_at_least, rule.months_less_than, rule.from_on, rule.to_on) == (None, None, None, None):
        return
    if start is None:
        yield _Verdict(
            None, (partial(_told, rule, gettext_noop("Vérifiez une date : %(what)s n’est pas connue ici.")),)
        )
        return
    if rule.months_at_least is not None and day < (first := add_months(start, rule.months_at_least)):
        yield _refused(rule, gettext_noop("Trop tôt après %(what)s : admissible à partir du %(day)s."), first)
    if rule.months_less_than is not None and day >= (end := add_months(start, rule.months_less_than)):
        yield _refused(rule, gettext_noop("Trop tard après %(what)s : n’est plus admissible depuis le %(day)s."), end)
    if rule.from_on is not None and start < rule.from_on:
        yield _refused(rule, gettext_noop("Seulement si %(what)s est le %(day)s ou après."), rule.from_on)
    if rule.to_on is not None and start > rule.to_on:
        yield _refused(rule, gettext_noop("Seulement si %(what)s est le %(day)s ou avant."), rule.to_on)


def _refused(rule: Rule, sentence: str, day: date) -> _Verdict:
    return _Verdict(False, (partial(_told, rule, sentence, day),))


def _told(rule: Rule, sentence: str, day: date | None = None) -> str:
    """Return a sentence about the date from which a rule counts, translated."""
    return _(sentence) % {"what": str(CountedFrom(rule.counted_from).label), "day": write_date(day)}


def _age(minimum: int | None, maximum: int | None, situation: Situation, day: date) -> _Verdict:
    if minimum is None and maximum is None:
        return _Verdict(True)
    if situation.born_on is None:
        return _Verdict(None, (lambda: _("Vérifiez l’âge : la date de naissance n’est pas connue."),))
    age = age_on(situation.born_on, day)
    if minimum is not None and age < minimum:
        return _Verdict(False, (partial(_too_young, minimum),))
    if maximum is not None and age > maximum:
        return _Verdict(False, (partial(_too_old, maximum),))
    return _Verdict(True)


def _too_young(minimum: int) -> str:
    return ngettext("À partir de %(years)d an.", "À partir de %(years)d ans.", minimum) % {"years": minimum}


def _too_old(maximum: int) -> str:
    return ngettext("Jusqu’à %(years)d an.", "Jusqu’à %(years)d ans.", maximum) % {"years": maximum}


def _residence(rule: Rule, situation: Situation) -> _Verdict:
    if rule.region_id is None or situation.region_id == rule.region_id:
        return _Verdict(True)
    if situation.region_id is None:
        return _Verdict(None, (lambda: _("Vérifiez la région de résidence : elle n’est pas connue."),))
    return _Verdict(False, (lambda: _("Réservé aux personnes qui habitent une autre région."),))
