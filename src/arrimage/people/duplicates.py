"""Who may be the same person: the score, its reasons, the candidates for somebody, the pairs of a region.

A score goes from 0 to 100. Names alone never say that two persons are one; a birth, a telephone, an address that agree
add to them, and a birth that differs takes away. Households share telephones: without the name they say nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput
from arrimage.people.models import DuplicateDecision, Person
from arrimage.people.queries import persons_visible_to
from arrimage.people.rules import search_key
from arrimage.people.search import Sought, find_persons, words_of

LIKELY = 40  # from this score on, somebody is asked
VERY_LIKELY, RATHER_LIKELY = 75, 55
CANDIDATES = 20  # names compared in full for one person
SHOWN = 5
_NAMES = ((0.95, 40), (0.85, 30), (0.7, 20))  # likeness of the names, and what it is worth
_SAME_BIRTH, _NEAR_BIRTH, _SAME_YEAR, _OTHER_BIRTH = 40, 25, 5, -25
_SAME_PHONE, _SAME_EMAIL = 15, 25
RECENT_DAYS, MOST_PAIRS = 365, 100  # the pairs of a region: one of the two recorded lately


@dataclass(frozen=True)
class Described:
    """What is known of somebody, recorded or not."""

    given_name: str
    family_name: str
    original_name: str = ""
    birth_date: date | None = None
    phone: str = ""
    email: str = ""

    @classmethod
    def of(cls, record: object) -> "Described":
        """Return what a record with these fields says: a person, an arrival."""
        return cls(**{name: getattr(record, name) for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Likely:
    """A recorded person who may be somebody, with the score and its reasons in words."""

    person: Person
    score: int
    why: list[str]

    @property
    def words(self) -> str:
        if self.score >= VERY_LIKELY:
            return _("très probable")
        return _("probable") if self.score >= RATHER_LIKELY else _("possible")


@dataclass(frozen=True)
class Pair:
    """Two recorded persons who may be one."""

    person: Person
    other: Person
    score: int
    why: list[str]

    @property
    def both(self) -> tuple[Person, Person]:
        return self.person, self.other


def weigh(names: float, one: Described, other: Described) -> tuple[int, list[str]]:
    """Return the score of two descriptions whose names are `names` alike (0 to 1), and its reasons."""
    score = next((worth for least, worth in _NAMES if names >= least), 0)
    if not score:
        return 0, []
    why = [_("même nom") if names >= 1 else _("nom ressemblant")]
    births, said = _births(one.birth_date, other.birth_date)
    score += births
    if said:
        why.append(said)
    if one.phone and _digits(one.phone) == _digits(other.phone):
        score += _SAME_PHONE
        why.append(_("même téléphone"))
    if one.email and one.email.casefold() == other.email.casefold():
        score += _SAME_EMAIL
        why.append(_("même courriel"))
    return max(0, min(score, 100)), why


def _births(one: date | None, other: date | None) -> tuple[int, str]:
    if one is None or other is None:
        return 0, ""
    if one == other:
        return _SAME_BIRTH, _("même date de naissance")
    if (one.year, one.month) == (other.year, other.month) or (one.year, one.month, one.day) == (
        other.year,
        other.day,
        other.month,
    ):
        return _NEAR_BIRTH, _("date de naissance proche")
    if one.year == other.year and (1, 1) in ((one.month, one.day), (other.month, other.day)):
        return _NEAR_BIRTH, _("même année de naissance")
    if one.year == other.year:
        return _SAME_YEAR, ""
    return _OTHER_BIRTH, ""


def _digits(phone: str) -> str:
    return "".join(filter(str.isdecimal, phone))[-10:]


def likely_same(actor: Actor, described: Described, *, but: Iterable[int] = ()) -> list[Likely]:
    """Return the persons `actor` may name who may be this one, the most likely first; `but` leaves some out."""
    likeness: dict[int, float] = {}
    for name in {f"{described.given_name} {described.family_name}", described.original_name}:
        for match in find_persons(Sought(words=words_of(name)), CANDIDATES):
            likeness[match.person_id] = max(match.likeness, likeness.get(match.person_id, 0))
    persons = persons_visible_to(actor).filter(pk__in=likeness.keys() - set(but))
    found = []
    for person in persons:
        score, why = weigh(likeness[person.pk], described, Described.of(person))
        if score >= LIKELY:
            found.append(Likely(person, score, why))
    return sorted(found, key=lambda each: (-each.score, each.person.pk))[:SHOWN]


def likely_among(actor: Actor, several: Sequence[Described]) -> list[Likely | None]:
    """Return for each description the likeliest of the persons `actor` may name, None when nobody is likely enough.

    One query for all of them, so only persons with a birth, a telephone or an address in common are compared.
    """
    births = {each.birth_date for each in several if each.birth_date}
    phones = {each.phone for each in several if each.phone}
    emails = {each.email for each in several if each.email}
    alike: dict[object, list[Person]] = defaultdict(list)
    for person in persons_visible_to(actor).filter(
        Q(birth_date__in=births) | Q(phone__in=phones) | Q(email__in=emails)
    ):
        for said in filter(None, (person.birth_date, person.phone, person.email)):
            alike[said].append(person)
    return [_likeliest(each, alike) for each in several]


def _likeliest(described: Described, alike: Mapping[object, Sequence[Person]]) -> Likely | None:
    said = (described.birth_date, described.phone, described.email)
    persons = {person.pk: person for each in said if each for person in alike.get(each, ())}
    keys = {search_key(described.family_name, described.given_name), search_key(described.original_name)} - {""}
    found = []
    for person in persons.values():
        names = max((token_set_ratio(key, person.search_key) for key in keys), default=0) / 100
        score, why = weigh(names, described, Described.of(person))
        if score >= RATHER_LIKELY:
            found.append(Likely(person, score, why))
    return min(found, key=lambda each: (-each.score, each.person.pk), default=None)


_PAIRS = """
select distinct least(p.id, o.id), greatest(p.id, o.id)
from people_person p
join people_person o on o.id <> p.id and o.region_id = p.region_id and (
    o.birth_date = p.birth_date
    or p.email <> '' and lower(o.email) like lower(p.email)
    or p.phone <> '' and reverse(regexp_replace(o.phone, '\\D', '', 'g'))
        = reverse(regexp_replace(p.phone, '\\D', '', 'g'))
)
where p.created_at >= %s and p.merged_into_id is null and o.merged_into_id is null
    and (%s::bigint is null or p.region_id = %s)
    and string_to_array(o.search_key, ' ') && string_to_array(p.search_key, ' ')
    and not exists (
        select from people_duplicatedecision d
        where d.person_id = least(p.id, o.id) and d.other_id = greatest(p.id, o.id)
    )
limit %s
"""


def likely_pairs(actor: Actor) -> list[Pair]:
    """Return the pairs of persons of the actor's region who may be one, the most likely first; at most `MOST_PAIRS`.

    One of the two was recorded in the last year; both have a word of their names, and a birth, a telephone or an
    address, in common; nobody has said yet that they are two.
    """
    since = clock.now() - timedelta(days=RECENT_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [since, actor.region_id, actor.region_id, 20 * MOST_PAIRS])
        keys = cursor.fetchall()
    persons = persons_visible_to(actor).in_bulk({key for pair in keys for key in pair})
    pairs = []
    for first, second in keys:
        if first not in persons or second not in persons:
            continue
        one, other = persons[first], persons[second]
        likeness = token_sort_ratio(one.search_key, other.search_key) / 100
        score, why = weigh(likeness, Described.of(one), Described.of(other))
        if score >= RATHER_LIKELY:
            pairs.append(Pair(one, other, score, why))
    return sorted(pairs, key=lambda pair: (-pair.score, pair.person.pk, pair.other.pk))[:MOST_PAIRS]


@action
def record_different(actor: Actor, pairs: Sequence[tuple[Person, Person]], reason: str) -> None:
    """Record that these are two persons each, and why; who has been told apart already stays so.

    Called for persons `actor` may name. Raises `InvalidInput` without a reason.
    """
    if not reason.strip():
        raise InvalidInput(_("Dites à quoi vous voyez que ce sont deux personnes."), field="reason")
    named = {person.pk for pair in pairs for person in pair}
    if persons_visible_to(actor).filter(pk__in=named).count() < len(named):
        raise InvalidInput(_("Une de ces personnes n’est pas parmi celles que vous pouvez voir."))
    DuplicateDecision.objects.bulk_create(
        [
            DuplicateDecision(
                person=min(pair, key=lambda person: person.pk),
                other=max(pair, key=lambda person: person.pk),
                reason=reason.strip(),
                decided_by_id=actor.user_id,
            )
            for pair in pairs
        ],
        ignore_conflicts=True,
    )


def told_apart(person: Person) -> set[int]:
    """Return the keys of the persons somebody said are not this one."""
    rows = DuplicateDecision.objects.filter(Q(person=person) | Q(other=person)).values_list("person", "other")
    return {key for row in rows for key in row} - {person.pk}
