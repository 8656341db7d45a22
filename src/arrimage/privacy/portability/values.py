"""Writing one value of a record for the person it is about: a date as ISO says, a choice with its word, another
person never."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, ForeignKey, Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from arrimage.accounts.enums import STAFF_ROLES
from arrimage.accounts.models import DatedGrant, RoleGrant, User, grant_models
from arrimage.foundation.writing import write_date, write_time
from arrimage.people.models import Person, PersonAccount
from arrimage.privacy.portability.registry import Ground, Withheld, declared

# What no record is told by: its key inside, and what counts its versions.
TECHNICAL = frozenset({"id", "version", "search_key"})
# Rooms whose records are public or the ministry's: their name says nothing of anybody.
NAMED_BY_THEIR_NAME = frozenset(
    {
        "territory.region", "territory.place", "territory.servicepoint", "directory.theme", "directory.organisation",
        "directory.service", "questionnaires.questionnaireversion", "agreements.programme", "employers.employer",
        "consents.consenttext", "contenttypes.contenttype", "occupations.occupation", "casework.declinereason",
        "scheduling.room", "scheduling.sessionprogramme",
    }
)  # fmt: skip


class UnknownRelation(Exception):
    """A record points to a kind of record nobody said how to name; `str(error)` says which."""


@dataclass
class Reading:
    """One reading of a person's records: who they are, and what was collected so far, by table."""

    person: Person
    keys: dict[str, set[int]] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)

    @cached_property
    def records(self) -> list[int]:
        """Return the key of the person, and those of the records that were merged into theirs."""
        return [
            self.person.pk,
            *Person.objects.filter(merged_into=self.person).order_by("pk").values_list("pk", flat=True),
        ]

    @cached_property
    def accounts(self) -> frozenset[int]:
        """Return the keys of the person's own accounts."""
        return frozenset(PersonAccount.objects.filter(person=self.person).values_list("user_id", flat=True))

    def author(self, user_id: int | None, name: str = "") -> str | Withheld | None:
        """Return who did something: the person, a member of the staff by name and role (in the exercise of their
        duties, their name is public: A-2.1, s. 57), anybody else by their part alone."""
        if user_id is None:
            return name or None
        if user_id in self.accounts:
            return _("vous")
        if user_id not in self.roles:
            self.roles[user_id] = self._role(user_id)
        return self.roles[user_id] or Withheld(Ground.OTHER_PERSON)

    def _role(self, user_id: int) -> str:
        staff = RoleGrant.objects.filter(user=user_id, role__in=STAFF_ROLES).select_related("user")
        grant = staff.order_by("-starts_on", "-pk").first()
        if grant is not None:
            return f"{grant.user.name} ({grant.get_role_display()})"
        for model in grant_models():
            if model in (RoleGrant, PersonAccount):
                continue
            held: DatedGrant | None = model.objects.filter(user=user_id).select_related(*model.related).first()
            if held is not None:
                return f"{held.get_role_display()} ({held.acting_label()})"
        return ""


def value_of(record: Model, column: "Field[Any, Any]", reading: Reading) -> Any:
    """Return the value of a column: JSON's own types, `Withheld`, or a small object (`code` and `label`)."""
    raw = getattr(record, column.attname)
    if column.name == "actor_name":
        return reading.author(getattr(record, "actor_id", None), raw)
    if raw is None:
        return None
    if isinstance(column, ForeignKey):
        return related(record, column, reading)
    if column.choices and not isinstance(column, ArrayField):
        # A column without a value has no word either.
        return {"code": raw, "label": str(dict(column.flatchoices).get(raw, raw))} if raw != "" else None
    return plain(raw)


def related(record: Model, column: "ForeignKey[Any, Any]", reading: Reading) -> Any:
    """Return how a record the row points to is named. Raises `UnknownRelation` for one nobody said how to name."""
    target = column.remote_field.model
    key = getattr(record, column.attname)
    if target is User:
        return reading.author(key)
    if target is Person:
        return _("vous") if key == reading.person.pk else Withheld(Ground.OTHER_PERSON)
    if target._meta.label_lower in NAMED_BY_THEIR_NAME:
        return str(getattr(record, column.name))
    if target._meta.label_lower in declared():
        return reference(target, key, reading)
    raise UnknownRelation(f"{record._meta.label}.{column.name} → {target._meta.label}")


def reference(target: type[Model], key: int, reading: Reading) -> Any:
    """Return the place of another row of the archive: its table and its uid (or number); never another person's."""
    label = target._meta.label_lower
    if key not in reading.keys.get(label, set()):
        return Withheld(Ground.OTHER_PERSON) if reading.keys.get(label) is not None else {"table": label}
    found = target._base_manager.filter(pk=key).values("uid" if _has_uid(target) else "pk").first() or {}
    return {"table": label} | ({"uid": str(found["uid"])} if "uid" in found else {})


def plain(value: Any) -> Any:
    """Return a value as JSON has it: instants with their offset, decimals and long integers as they are written."""
    match value:
        case None | bool() | int() | str():
            return value
        case Promise() | UUID() | Decimal():
            return str(value)
        case float():
            return value
        case datetime():
            return (timezone.localtime(value) if timezone.is_aware(value) else value).isoformat(timespec="seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode("ascii")
        case Withheld():
            return value
        case Mapping():
            return {str(key): plain(inside) for key, inside in value.items()}
        case Sequence() | set() | frozenset():
            return [plain(inside) for inside in value]
        case _:
            return str(value)


def in_words(value: Any) -> str:
    """Return a value of the archive as people read it (French dates, the word of a choice)."""
    match value:
        case None | "":
            return "—"
        case bool():
            return _("oui") if value else _("non")
        case Withheld():
            return _("[retenu]")
        case {"label": label}:
            return str(label)
        case {"table": _table}:
            return _("voir plus haut ou plus bas dans ce document")
        case Mapping():
            return " ; ".join(f"{_key_in_words(str(key))} : {in_words(inside)}" for key, inside in value.items())
        case list() | tuple():
            return " ; ".join(in_words(inside) for inside in value) or "—"
        case str():
            return _dated(value)
        case _:
            return str(value)


def _key_in_words(key: str) -> str:
    """Return the French name of what a partner is told (`casework`'s `shared`); any other key as it is."""
    told = {
        "name": _("nom"), "phone": _("téléphone"), "email": _("courriel"), "language": _("langue"), "need": _("besoin"),
        "theme": _("thème"),
    }  # fmt: skip
    return told.get(key, key)


def _dated(text: str) -> str:
    """Return an ISO date or instant as people write it, any other text as it is."""
    try:
        if len(text) == 10:
            return write_date(date.fromisoformat(text))
        if len(text) == 25 and text[10] == "T":
            moment = datetime.fromisoformat(text)
            return f"{write_date(moment)}, {write_time(moment)}"
    except ValueError:
        pass
    return text


def _has_uid(model: type[Model]) -> bool:
    return any(column.name == "uid" for column in model._meta.concrete_fields)
