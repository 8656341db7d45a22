"""A person's record in words: each part as lines, what overlaps, what to note next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any

from babel import Locale
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.foundation import clock
from arrimage.foundation.writing import locale, write_date, write_language, write_number, write_phone
from arrimage.people.models import (
    FrenchLevel,
    Person,
    PersonLanguage,
    PersonName,
    PersonOccupation,
    PersonStatus,
    Schooling,
)
from arrimage.people.models.details import FRENCH_SKILLS
from arrimage.people.rules import french_stage
from arrimage.web.births import birth_and_age
from arrimage.web.staff.people.parts import PARTS, Part
from arrimage.web.states import Tone

# What to ask first, when nothing of it is known.
ASKED_FIRST = ("statuts", "langues", "francais", "scolarite", "metiers")
OF_GROWN_UPS = frozenset({"francais", "scolarite", "metiers"})
SCHOOL_LEAVING_AGE = 16  # compulsory school ends then (Education Act, I-13.3, section 14)


@dataclass(frozen=True)
class Line:
    """One detail: what it is, what is known of it; a word that stands out; where it is edited."""

    title: str
    text: str = ""
    badge: str = ""
    tone: Tone = Tone.NEUTRAL
    edit_url: str = ""
    use_url: str = ""
    version: int = 0


@dataclass(frozen=True)
class Section:
    """One part, ready to show; `warnings` are sentences about what does not fit together."""

    part: Part
    lines: list[Line]
    add_url: str = ""
    warnings: list[str] = field(default_factory=list)


def sections(person: Person, *, edited: bool) -> list[Section]:
    """Return the parts of a record, one query each; with the addresses that edit them, for whoever does."""
    found = []
    for part in PARTS.values():
        rows: Any = part.model._default_manager
        rows = rows.filter(person=person)
        if part.model is PersonOccupation:
            rows = rows.select_related("occupation")
        records = list(rows)
        for record in records:
            record.person = person  # who it is read from is known
        found.append(
            Section(
                part,
                _LINES[part.slug](records, _edit_urls(person, part) if edited else _nowhere),
                reverse("staff:person_detail_add", args=[person.uid, part.slug]) if edited else "",
                overlaps(records) if part.model is PersonStatus else [],
            )
        )
    return found


def what_to_note(person: Person, shown: Iterable[Section]) -> dict[str, Any] | None:
    """Return the first part nothing is known of, as the one thing to do: why, the verb, the address.

    Nobody is asked the schooling or the trade of somebody who is certainly a child.
    """
    child = person.birth is not None and person.birth.ages(clock.today())[1] < SCHOOL_LEAVING_AGE
    asked = [slug for slug in ASKED_FIRST if not (child and slug in OF_GROWN_UPS)]
    by_slug = {section.part.slug: section for section in shown}
    empty = next((by_slug[slug] for slug in asked if not by_slug[slug].lines), None)
    return {"why": empty.part.empty, "verb": empty.part.add, "url": empty.add_url} if empty else None


def identity(person: Person) -> list[tuple[str, Any]]:
    return [
        (_("Nom"), f"{person.full_name} ({person.get_name_kind_display().lower()})"),
        (_("Écriture d’origine"), person.original_name),
        (_("Naissance"), birth_and_age(person.birth)),
        (_("Genre"), person.get_gender_display()),
        (_("Pays de naissance"), country(person.birth_country)),
    ]


def contact(person: Person) -> list[tuple[str, Any]]:
    return [
        (_("Langue préférée"), write_language(person.preferred_language).capitalize()),
        (_("Téléphone"), write_phone(person.phone)),
        (_("Courriel"), person.email),
    ]


def country(code: str) -> str:
    return str(Locale.parse(locale()).territories.get(code, code))


EditUrl = Callable[[Any], str]


def _edit_urls(person: Person, part: Part) -> EditUrl:
    return lambda record: reverse("staff:person_detail_edit", args=[person.uid, part.slug, record.uid])


def _nowhere(_record: Any) -> str:
    return ""


def _said(*words: str) -> str:
    return " · ".join(word for word in words if word)


def _names(names: list[PersonName], edit: EditUrl) -> list[Line]:
    lines = []
    for name in names:
        dates = period(name.starts_on, name.ends_on)
        url = edit(name)
        usable = url and (name.given_name or name.family_name)
        use = reverse("staff:person_name_use", args=[name.person.uid, name.uid]) if usable else ""
        written = name.original_name if name.original_name != name.full_name else ""
        lines.append(
            Line(
                name.full_name,
                _said(name.get_kind_display(), written, dates),
                edit_url=url,
                use_url=use,
                version=name.version,
            )
        )
    return lines


def _languages(languages: list[PersonLanguage], edit: EditUrl) -> list[Line]:
    return [
        Line(
            write_language(each.language).capitalize(),
            _said(
                _("langue maternelle") if each.is_mother_tongue else "",
                _ability(_("parle"), each.speaks, each.get_speaks_display()),
                _ability(_("lit"), each.reads, each.get_reads_display()),
                _ability(_("écrit"), each.writes, each.get_writes_display()),
            ),
            badge=_("Interprète à prévoir") if each.needs_interpreter else "",
            tone=Tone.WARN,
            edit_url=edit(each),
        )
        for each in languages
    ]


def _ability(verb: str, ability: int | None, words: str) -> str:
    return f"{verb} {words}" if ability is not None else ""


def _french(levels: list[FrenchLevel], edit: EditUrl) -> list[Line]:
    """Return the assessments, the last first, each with what it gained on the one before."""
    lines: list[Line] = []
    for level, before in pairwise([*levels, None]):
        if level is None:
            break
        lines.append(
            Line(
                _said(write_date(level.assessed_on), level.get_source_display(), level.source_name),
                french_in_words(level, before),
                badge=_("Dernier niveau") if not lines else "",
                tone=Tone.OK,
                edit_url=edit(level),
            )
        )
    return lines


def french_in_words(level: FrenchLevel, before: FrenchLevel | None = None) -> str:
    """Return « Compréhension orale 5, intermédiaire (+2) · … », the skills that were not assessed left out."""
    names = {column.name: str(column.verbose_name) for column in FrenchLevel._meta.concrete_fields}
    words = []
    for skill in FRENCH_SKILLS:
        value, earlier = level.levels[skill], before.levels[skill] if before else None
        if value is None:
            continue
        gained = f" ({value - earlier:+d})" if earlier is not None and value != earlier else ""
        words.append(f"{names[skill]} {value}, {french_stage(value).label}{gained}")
    return " · ".join(words).capitalize()


def _schoolings(schoolings: list[Schooling], edit: EditUrl) -> list[Line]:
    return [
        Line(
            _said(each.get_level_display(), each.field),
            _said(country(each.country), str(each.ended_year or ""), each.get_recognition_display()),
            edit_url=edit(each),
        )
        for each in schoolings
    ]


def _occupations(occupations: list[PersonOccupation], edit: EditUrl) -> list[Line]:
    return [
        Line(
            str(each),
            _said(
                each.get_kind_display(),
                f"CNP {each.occupation.code} {each.occupation.title}" if each.occupation else "",
                _("%(count)s ans d’expérience") % {"count": write_number(each.years)} if each.years else "",
            ),
            edit_url=edit(each),
        )
        for each in occupations
    ]


def _statuses(statuses: list[PersonStatus], edit: EditUrl) -> list[Line]:
    today = clock.today()
    lines = []
    for status in reversed(statuses):
        live = status.starts_on <= today and not (status.ends_on and status.ends_on < today)
        lines.append(
            Line(
                status.get_category_display(),
                period(status.starts_on, status.ends_on),
                badge=_("En vigueur") if live else "",
                tone=Tone.OK,
                edit_url=edit(status),
            )
        )
    return lines


def overlaps(statuses: list[PersonStatus]) -> list[str]:
    """Return a sentence for each two statuses that hold on the same days."""
    found = []
    for one, other in combinations(statuses, 2):
        first = max(one.starts_on, other.starts_on)
        ends = [day for day in (one.ends_on, other.ends_on) if day]
        last = min(ends, default=None)
        if last is None or first <= last:
            found.append(
                _("« %(one)s » et « %(other)s » se chevauchent %(period)s : vérifiez les dates.")
                % {"one": one, "other": other, "period": period(first, last)}
            )
    return found


def period(first: Any, last: Any) -> str:
    """Return « depuis le 3 mars 2024 », « du 3 mars 2024 au 4 mai 2025 » or « jusqu’au 4 mai 2025 »."""
    if first and last:
        return _("du %(first)s au %(last)s") % {"first": write_date(first), "last": write_date(last)}
    if first:
        return _("depuis le %(first)s") % {"first": write_date(first)}
    return _("jusqu’au %(last)s") % {"last": write_date(last)} if last else ""


_LINES: dict[str, Callable[[Any, EditUrl], list[Line]]] = {
    "langues": _languages,
    "francais": _french,
    "scolarite": _schoolings,
    "metiers": _occupations,
    "statuts": _statuses,
    "noms": _names,
}
