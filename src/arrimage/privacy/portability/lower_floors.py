"""What the floors below (people, accounts, attachments, foundation) hold of a person: they cannot say it themselves."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.attachments.errors import ContentUnreadable
from arrimage.attachments.models import Attachment
from arrimage.attachments.storage import open_content
from arrimage.foundation.models import Change
from arrimage.people.identifiers import number_of
from arrimage.people.models import FamilyLink, Household, Member, Person, PersonIdentifier
from arrimage.privacy.portability.registry import (
    Extra,
    Ground,
    declared,
    register,
    register_circle,
    withhold,
)
from arrimage.privacy.portability.values import TECHNICAL, Reading

ACCOUNT = "personaccounts__person"  # from an account to its person


def declare() -> None:
    """Say it, before the rooms above say theirs."""
    register("people.Person", "pk")  # and the records merged into theirs
    register("people.PersonStatus", "person")
    register("people.Member", "person")
    for details in ("PersonName", "PersonLanguage", "FrenchLevel", "Schooling", "PersonOccupation"):
        register(f"people.{details}", "person")
    register(
        "people.PersonIdentifier",
        "person",
        withheld={"sealed": Ground.SECURITY, "digest": Ground.SECURITY},
        extra={"number": Extra(_("numéro"), _number)},
    )
    register("people.FamilyLink", "person", "other")
    register_circle("family", _family_of)
    register("people.Household", "members", extra={"others": Extra(_("autres membres, par lien"), _others)})
    register_circle("household", _household_of)
    register(
        "accounts.User",
        ACCOUNT,
        withheld={"password": Ground.SECURITY},
        labels={"last_login": _("dernière connexion")},
    )
    register("people.PersonAccount", "person")
    withhold(Ground.OTHER_PERSON, "people.DuplicateDecision")
    register(
        "people.PersonMerge",
        "survivor",
        "absorbed",
        withheld={"before": Ground.COPY, "undoing": Ground.COPY},
    )
    register(
        "attachments.Attachment",
        f"uploaded_by__{ACCOUNT}",
        withheld={"key_id": Ground.SECURITY, "wrapped_key": Ground.SECURITY},
        files=_contents,
    )
    register(
        "foundation.Change",
        rows=_changes,
        withheld={"address": Ground.SECURITY, "record_id": Ground.COPY, "actor_id": Ground.COPY},
        extra={
            "table_name": Extra(_("table"), _table_label),
            "changed": Extra(_("avant et après"), _changed),
        },
        label=_("Historique des changements"),
        labels={
            "operation": _("ce qui a été fait"),
            "record_id": _("clé de l’enregistrement"),
            "actor_id": _("clé du compte"),
        },
    )
    _libraries()
    register("directory.SavedSearch", f"user__{ACCOUNT}")
    register("directory.SearchAlert", f"search__user__{ACCOUNT}")
    # Grants of other people's rooms: a person's own account may hold one too (somebody hired by a partner).
    directory = ("Organisation", "OrganisationMember", "Service", "Contact", "PlacesAdjustment", "ProposalNotice")
    withhold(Ground.NOT_ABOUT, "accounts.RoleGrant", *(f"directory.{name}" for name in directory))


def _libraries() -> None:
    """Say it of the libraries' tables: an account's addresses are the person's, its keys are nobody's to read."""
    register(
        "account.EmailAddress",
        f"user__{ACCOUNT}",
        label=_("Adresses du compte"),
        labels={"email": _("courriel"), "verified": _("vérifiée"), "primary": _("principale")},
    )
    withhold(
        Ground.SECURITY, "account.EmailConfirmation", "sessions.Session", label=_("Clés de confirmation et de session")
    )
    known = {model._meta.label for model in apps.get_models()}
    if "socialaccount.SocialAccount" in known:
        register(
            "socialaccount.SocialAccount",
            f"user__{ACCOUNT}",
            label=_("Comptes d’un service d’identité"),
            labels={
                "provider": _("service"),
                "uid": _("identifiant auprès de ce service"),
                "last_login": _("dernière connexion"),
                "date_joined": _("lié le"),
                "extra_data": _("ce que le service a communiqué"),
            },
        )
        withhold(Ground.SECURITY, "socialaccount.SocialToken", label=_("Jetons d’un service d’identité"))
    secret = (
        "mfa.Authenticator", "usersessions.UserSession", "procrastinate.ProcrastinateJob",
        "procrastinate.ProcrastinateEvent", "procrastinate.ProcrastinatePeriodicDefer",
    )  # fmt: skip
    withhold(
        Ground.SECURITY,
        *(label for label in secret if label in known),
        label=_("Appareils, sessions et travaux techniques"),
    )


def _number(identifier: PersonIdentifier, reading: Reading) -> str:
    return number_of(identifier)


def _family_of(person: Person) -> Iterable[Person]:
    links = FamilyLink.objects.filter(Q(person=person) | Q(other=person)).select_related("person", "other")
    return [link.other if link.person_id == person.pk else link.person for link in links]


def _others(household: Household, reading: Reading) -> list[str]:
    """Return the places of the other members, without their names: « Conjointe ou conjoint », « Enfant »."""
    others = Member.objects.filter(household=household).exclude(person=reading.person).order_by("relation", "pk")
    return [str(member.get_relation_display()) for member in others]


def _household_of(person: Person) -> Iterable[Person]:
    shared = Member.objects.filter(household__members=person).exclude(person=person).select_related("person")
    return [member.person for member in shared]


def _contents(attachment: Attachment) -> Iterator[tuple[str, bytes]]:
    """Yield the document itself; one that was destroyed, or cannot be read any more, is told by its row alone."""
    if attachment.is_destroyed:
        return
    try:
        content = open_content(attachment)
    except ContentUnreadable:
        return
    try:
        yield f"pieces/{str(attachment.uid)[-12:]}-{attachment.name}", b"".join(content)
    finally:
        content.close()


def _changes(reading: Reading) -> Iterable[Change]:
    """Return the history of every record of the archive."""
    tables = {
        declaration.model._meta.db_table: reading.keys.get(label, set())
        for label, declaration in declared().items()
        if declaration.ground is None and declaration.rows is None
    }
    mine = Q(pk__in=[])
    for table, keys in tables.items():
        if keys:
            mine |= Q(table_name=table, record_id__in=keys)
    return Change.objects.filter(mine).order_by("happened_at", "pk")


def _models_by_table() -> dict[str, str]:
    return {model._meta.db_table: model._meta.label_lower for model in apps.get_models()}


def _table_label(change: Change, reading: Reading) -> str:
    label = _models_by_table().get(change.table_name)
    if label is None:
        return change.table_name
    return str((declared()[label].label if label in declared() else "") or apps.get_model(label)._meta.verbose_name)


def _changed(change: Change, reading: Reading) -> dict[str, Any]:
    """Return the columns that changed, before and after, those withheld from the table left out; a relation is
    told by the fact that it changed: what it led to may be another person."""
    label = _models_by_table().get(change.table_name)
    if label is None or label not in declared():
        return {}
    model, withheld = apps.get_model(label), declared()[label].withheld
    told: dict[str, Any] = {}
    for column in model._meta.concrete_fields:
        values = (change.changed or {}).get(column.column)
        if values is None or column.name in TECHNICAL or column.name in withheld:
            continue
        if column.is_relation:
            told[str(column.verbose_name)] = gettext("modifié")
        elif column.name in declared()[label].extra:
            continue
        else:
            told[str(column.verbose_name)] = values
    return told
