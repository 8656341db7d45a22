"""The ends of what the floors below keep: accounts, households."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Greatest, TruncDate
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User, grant_models
from arrimage.privacy.retention.enums import Ending
from arrimage.privacy.retention.kinds import Destroyed, Emptied, Kind, register, register_emptied
from arrimage.privacy.retention.persons import WIPED, wipe_accounts


def declare() -> None:
    register_emptied(Emptied("people.Household", "memberships"))
    register(
        Kind(
            code="account",
            model_label="accounts.User",
            label=_("Comptes sans rôle"),
            since=_("la fin du dernier rôle, ou l’ouverture du compte"),
            months=24,
            ending=Ending.DESTROY,
            basis=_(
                "Loi sur l’accès, article 73 : le compte ne sert plus. L’adresse, le mot de passe et les appareils "
                "sont détruits ; le nom d’un membre du personnel reste sur les actes posés dans ses fonctions."
            ),
            due=_accounts,
            destroy=_close,
            region=None,
        )
    )


def _accounts(cutoff: date) -> "QuerySet[Any]":
    """Return the accounts whose roles have all ended on or before `cutoff`; without any, those opened by then."""
    users: QuerySet[Any] = User.objects.exclude(email__endswith=WIPED)
    dates: list[Any] = [TruncDate("created_at")]
    for model in grant_models():
        users = users.exclude(
            pk__in=model.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=cutoff)).values("user")
        )
        last = model.objects.filter(user=OuterRef("pk")).order_by().values("user").annotate(last=Max("ends_on"))
        dates.append(Subquery(last.values("last"), output_field=DateField()))
    return users.annotate(since=Greatest(*dates), reference=Cast("uid", CharField())).filter(since__lte=cutoff)


def _close(keys: Sequence[int]) -> Destroyed:
    return wipe_accounts(keys, forget_name=False)
