"""Destroying all that is held of persons, and of the accounts by which they signed in. As the owner alone."""

from collections.abc import Collection
from uuid import UUID

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import CASCADE, ForeignKey, Model, Q, QuerySet

from arrimage.accounts.models import User, grant_models
from arrimage.foundation.models import Change, new_uid
from arrimage.people.models import Person, PersonAccount
from arrimage.privacy.journal.models import Reading
from arrimage.privacy.retention import kinds
from arrimage.privacy.retention.closure import destroy, rows_hanging_on, scrub_history
from arrimage.privacy.retention.kinds import Destroyed

NOBODY = "Compte supprimé"
WIPED = "@compte.invalid"  # what the addresses of accounts closed for good end with
# Columns in which a name was copied beside the account it is of.
NAMED_COPIES = {"actor": "actor_name", "user": "user_name"}


def held_persons() -> dict[str, "QuerySet[Person]"]:
    """Return the persons who may not be purged yet, by code of the hold."""
    held = {hold.code: hold.persons() for hold in kinds.holds()}
    # A record that was merged into another is destroyed with it, and so makes it wait.
    return {
        code: Person.objects.filter(
            Q(pk__in=keys)
            | Q(pk__in=Person.objects.filter(pk__in=keys, merged_into__isnull=False).values("merged_into"))
        )
        for code, keys in held.items()
    }


def purge_persons(keys: Collection[int]) -> Destroyed:
    """Destroy all that is held of these persons: their records, those merged into them, accounts, documents, history.

    The read journal stays, sealed: of its lines about them, a number that leads nowhere is left.
    """
    uids = set(Person.objects.filter(Q(pk__in=keys) | Q(merged_into__in=keys)).values_list("uid", flat=True))
    users = set(PersonAccount.objects.filter(person__in=keys).values_list("user_id", flat=True))
    done = destroy(rows_hanging_on(Person, keys))
    done.add(wipe_accounts(users, forget_name=True))
    _forget_jobs(uids)
    return done


def wipe_accounts(keys: Collection[int], *, forget_name: bool) -> Destroyed:
    """Close accounts for good: no address, no password, no way in; their name too when `forget_name`.

    The row stays, for what other records owe to it (staff keep their name on them). An account that still holds a role
    is left alone.
    """
    done = Destroyed()
    for user in User.objects.filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk"):
        if any(model.objects.filter(user=user).exists() for model in grant_models()) and forget_name:
            continue
        for model, column in _owned_by_an_account():
            owned = set(model._base_manager.filter(**{column: user.pk}).values_list("pk", flat=True))
            if model._meta.label_lower == "usersessions.usersession":
                keys_of_sessions = model._base_manager.filter(pk__in=owned).values_list("session_key", flat=True)
                Session.objects.filter(session_key__in=list(keys_of_sessions)).delete()
            if owned:
                done.add(destroy(rows_hanging_on(model, owned)))
        user.email = f"supprime-{user.pk}{WIPED}"
        user.password = make_password(None)
        user.is_active = False
        user.last_login = None
        if forget_name:
            user.name, user.uid = NOBODY, new_uid()
        user.save()
        if forget_name:
            _forget_copies_of_the_name(user)
        done.scrubbed += scrub_history({User._meta.db_table: [user.pk]})
        done.rows[User._meta.label_lower] += 1
    return done


def _owned_by_an_account() -> list[tuple[type[Model], str]]:
    """Return the tables whose rows go with an account (addresses, second factors, sessions), and the column."""
    return [
        (model, column.name)
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, ForeignKey)
        and column.remote_field.model is User
        and column.remote_field.on_delete is CASCADE
    ]


def _forget_copies_of_the_name(user: User) -> None:
    """Write nobody where the name was copied: events, the history. The read journal is sealed, and never rewritten."""
    for model in apps.get_models():
        if model in (Reading, Change):
            continue
        names = {column.name for column in model._meta.concrete_fields}
        for account, name in NAMED_COPIES.items():
            if {account, name} <= names:
                model._base_manager.filter(**{account: user}).update(**{name: NOBODY})
    Change.objects.filter(actor_id=user.pk).update(actor_name=NOBODY, address="")


def _forget_jobs(uids: Collection[UUID]) -> None:
    """Destroy the jobs, done or not, that were given one of these persons."""
    texts = [str(uid) for uid in uids]
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('procrastinate_jobs') is not null")
        if cursor.fetchone() == (True,) and texts:
            cursor.execute(
                "delete from procrastinate_jobs where status <> 'doing' and exists"
                " (select from unnest(%s::text[]) as uid where position(uid in args::text) > 0)",
                [texts],
            )
