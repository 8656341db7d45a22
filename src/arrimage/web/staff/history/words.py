"""Values of the history as people read them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from babel import Locale
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, JSONField, Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.accounts.models import User
from arrimage.accounts.restoring import Field, past_value
from arrimage.accounts.rights import Actor
from arrimage.agreements.models import Agreement, Programme, Stream
from arrimage.agreements.queries import agreements_visible_to
from arrimage.casework import queries as casework
from arrimage.casework.models import Assessment, File, Need, Plan, Referral, Step
from arrimage.directory.models import Organisation, Service, Theme
from arrimage.directory.queries import organisations_visible_to, services_visible_to
from arrimage.employers.models import Employer
from arrimage.employers.queries import employers_visible_to
from arrimage.foundation.writing import (
    locale,
    write_date,
    write_language,
    write_money,
    write_number,
    write_phone,
    write_time,
)
from arrimage.occupations.models import Occupation
from arrimage.people.models import Household, Person
from arrimage.people.queries import households_visible_to, persons_visible_to
from arrimage.questionnaires.models import QuestionnaireVersion
from arrimage.territory.models import Place, Region, ServicePoint

# The things a value may be, and those of them that somebody may name. Where everybody's are returned, the database
# itself holds back the accounts one does not see.
_NAMED: dict[type[Model], Callable[[Actor], QuerySet[Any]]] = {
    User: lambda _actor: User.objects.all(),
    Region: lambda _actor: Region.objects.all(),
    ServicePoint: lambda _actor: ServicePoint.objects.all(),
    Place: lambda _actor: Place.objects.all(),
    Theme: lambda _actor: Theme.objects.all(),
    Programme: lambda _actor: Programme.objects.all(),
    Stream: lambda _actor: Stream.objects.all(),
    QuestionnaireVersion: lambda _actor: QuestionnaireVersion.objects.select_related("questionnaire"),
    Organisation: organisations_visible_to,
    Service: services_visible_to,
    Agreement: agreements_visible_to,
    Employer: employers_visible_to,
    Person: persons_visible_to,
    Household: households_visible_to,
    Occupation: lambda _actor: Occupation.objects.all(),
    File: casework.files_visible_to,
    Assessment: casework.assessments_visible_to,
    Need: casework.needs_visible_to,
    Plan: casework.plans_visible_to,
    Step: casework.steps_visible_to,
    Referral: lambda actor: casework.referrals_visible_to(actor).select_related("service"),
}
_LANGUAGES = frozenset({"language", "preferred_language", "explained_language", "interpreter_language"})


# Actors that are no person, by the name the history keeps.
class Words:
    """Says values in words, for one person; names of related things are read once a model (`gather`)."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._names: dict[type[Model], dict[Any, str]] = {}

    def gather(self, values: Iterable[tuple[Field, Any]]) -> None:
        """Read the names of the things these values point to. One query a model."""
        wanted: defaultdict[type[Model], set[Any]] = defaultdict(set)
        for field, kept in values:
            if isinstance(field, ForeignKey) and kept is not None:
                wanted[field.related_model].add(kept)
        for model, keys in wanted.items():
            visible = _NAMED.get(model)
            found = visible(self.actor).in_bulk(sorted(keys)) if visible else {}
            self._names.setdefault(model, {}).update({key: str(one) for key, one in found.items()})

    def of(self, field: Field, kept: Any) -> str:
        """Return a value of a field, as the history keeps it, in words."""
        if kept is None or kept == "" or kept == []:
            return _("(vide)")
        if isinstance(field, ForeignKey):
            return self._names.get(field.related_model, {}).get(kept) or _("(non accessible)")
        if field.flatchoices:
            return str(dict(field.flatchoices).get(kept, kept))
        if isinstance(field, JSONField):
            return ngettext("%(count)d élément", "%(count)d éléments", len(kept)) % {"count": len(kept)}
        try:
            return _plain(field, past_value(field, kept))
        except ValidationError:
            return str(kept)

    def difference(self, before: Any, after: Any) -> str:
        """Return how two sets of answers (JSON) differ: « 2 réponses ajoutées, 1 changée »."""
        old, new = before or {}, after or {}
        added = len(new.keys() - old.keys())
        gone = len(old.keys() - new.keys())
        changed = sum(old[key] != new[key] for key in old.keys() & new.keys())
        parts = [
            ngettext("%(count)d ajout", "%(count)d ajouts", added) % {"count": added} if added else "",
            ngettext("%(count)d changement", "%(count)d changements", changed) % {"count": changed} if changed else "",
            ngettext("%(count)d retrait", "%(count)d retraits", gone) % {"count": gone} if gone else "",
        ]
        return ", ".join(part for part in parts if part)


def label_of(field: Field) -> str:
    """Return the name of a field, with a capital."""
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def _plain(field: Field, value: Any) -> str:
    if isinstance(field, ArrayField):
        known = dict(field.base_field.flatchoices)
        return ", ".join(
            write_language(code) if field.name == "languages" else str(known.get(code, code)) for code in value
        )
    if field.name in _LANGUAGES:
        return write_language(value)
    if field.name == "phone":
        return write_phone(value)
    if field.name in ("birth_country", "country"):
        return str(Locale.parse(locale()).territories.get(value, value))
    if isinstance(value, bool):
        return _("Oui") if value else _("Non")
    if isinstance(value, datetime):
        return f"{write_date(value)}, {write_time(value)}"
    if isinstance(value, date):
        return write_date(value)
    if isinstance(value, time):
        return write_time(value)
    if isinstance(value, Decimal):
        return write_money(value)
    return write_number(value) if isinstance(value, int) else str(value)
