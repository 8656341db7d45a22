"""Import of the directorate's people (`staff`): their accounts and the roles they hold, with dates."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.accounts.actions import NewAccount, NewGrant, create_accounts, grant_roles
from arrimage.accounts.enums import PROVINCE_WIDE_ROLES, STAFF_ROLES, Right, Role
from arrimage.accounts.imports import REGION
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports import Column, Counts, ImportActor, Importer, Row, RowError, parse
from arrimage.foundation.imports.forgiving import forgive
from arrimage.foundation.imports.table import CellValue
from arrimage.foundation.imports.upsert import differing_fields
from arrimage.foundation.writes import update_rows
from arrimage.territory.lookup import RegionIndex
from arrimage.territory.models import Region, ServicePoint

EARLIEST = date(1990, 1, 1)
_any_role = parse.choice(Role)


def staff_role(cell: CellValue) -> Role:
    """Accept a role of the directorate, by code or by name."""
    role: Role = _any_role(cell)
    if role not in STAFF_ROLES:
        raise InvalidInput(_("Ce rôle n’est pas un rôle de la direction régionale."))
    return role


class StaffImporter(Importer):
    """One row is one role of one person. Accounts are opened without a password: each chooses theirs by e-mail.

    A role already held is found by person, role, region and first day (any day, when the cell is empty); its point of
    service and its end follow the file.
    """

    kind = "staff"
    label = gettext_lazy("Personnel de la direction")
    right = Right.MANAGE_ACCOUNTS
    key_columns = ("email", "role", "region", "starts_on")
    columns = (
        Column("email", parse.email, required=True, help=gettext_lazy("Adresse par laquelle la personne se connecte."),
               example="prenom.nom@direction.example", aliases=("courriel",)),
        Column("name", parse.text(150), required=True, help=gettext_lazy("Prénom et nom."), example="Camille Tremblay",
               aliases=("nom", "prénom et nom")),
        Column("role", staff_role, required=True, help=gettext_lazy("Rôle, par son code ou son nom."),
               example="integration_agent", aliases=("rôle",)),
        REGION,
        Column("service_point", parse.text(120), help=gettext_lazy("Nom du point de services."), example="",
               aliases=("point de services",), empty=""),
        Column("starts_on", parse.date_between(EARLIEST), example="2020-07-01", aliases=("depuis le", "début"),
               help=gettext_lazy("Premier jour ; aujourd’hui si c’est vide.")),
        Column("ends_on", parse.date_between(EARLIEST), help=gettext_lazy("Dernier jour, s’il est connu."), example="",
               aliases=("jusqu’au", "fin")),
    )  # fmt: skip

    def __init__(self) -> None:
        self._regions: dict[str, Region] = {}
        self._own_region: Region | None = None
        self._points: dict[tuple[int, str], ServicePoint] = {}

    def unit(self, row: Row) -> Hashable:
        return row["email"]

    def check_rows(self, rows: Sequence[Row], actor: ImportActor) -> Iterator[RowError]:
        acting = cast(Actor, actor)
        self._own_region = Region.objects.filter(pk=acting.region_id).first() if acting.region_id else None
        self._points = {
            (point.region_id, forgive(point.name)): point for point in ServicePoint.objects.select_related("region")
        }
        self._regions = {}
        index = RegionIndex()
        names: dict[str, Row] = {}
        own = User.objects.filter(pk=acting.user_id or 0).values_list("email", flat=True).first()
        for row in rows:
            if row["email"] == own:
                yield row.error("email", _("Personne ne change ses propres rôles : retirez votre ligne du fichier."))
            named = names.setdefault(row["email"], row)
            if named["name"] != row["name"]:
                yield row.error("name", _("À la ligne %(row)d, cette adresse est celle de quelqu’un d’autre.")
                                % {"row": named.number})  # fmt: skip
            if row["region"]:
                region = index.find(row["region"])
                if region is None:
                    yield row.error("region", _("« %(value)s » n’est pas une région : écrivez son code (06).")
                                    % {"value": row["region"]})  # fmt: skip
                    continue
                if not acting.covers_region(region.pk):
                    yield row.error("region", _("Cette région est hors de votre portée."))
                self._regions[row["region"]] = region
            yield from self._check_row(row)

    def _check_row(self, row: Row) -> Iterator[RowError]:
        region = self._region_of(row)
        if region is None and row["role"] not in PROVINCE_WIDE_ROLES:
            yield row.error("region", _("Indiquez la région où ce rôle s’exerce."))
        if row["service_point"] and (region is None or self._point_of(row) is None):
            yield row.error("service_point", _("« %(value)s » n’est pas un point de services de cette région.")
                            % {"value": row["service_point"]})  # fmt: skip
        if row["ends_on"] and row["ends_on"] < (row["starts_on"] or clock.today()):
            yield row.error("ends_on", _("La fin ne peut pas précéder le début."))

    def _region_of(self, row: Row) -> Region | None:
        return self._regions.get(row["region"]) if row["region"] else self._own_region

    def _point_of(self, row: Row) -> ServicePoint | None:
        region = self._region_of(row)
        return self._points.get((region.pk, forgive(row["service_point"]))) if region else None

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        acting = cast(Actor, actor)
        users, named = self._write_accounts(rows, acting)
        held: dict[tuple[int, str, int | None], list[RoleGrant]] = defaultdict(list)
        for grant in RoleGrant.objects.select_for_update(of=("self",)).filter(user__in=users.values()).order_by("pk"):
            held[grant.user_id, grant.role, grant.region_id].append(grant)
        new: list[NewGrant] = []
        changed: list[RoleGrant] = []
        renamed = 0
        for row in rows:
            user, region = users[row["email"]], self._region_of(row)
            known = _same(held[user.pk, row["role"], region.pk if region else None], row)
            if known is None:
                new.append(NewGrant(user, row["role"], region, self._point_of(row), row["starts_on"], row["ends_on"]))
                continue
            values: dict[str, Any] = {}
            if row["service_point"]:
                values["service_point"] = self._point_of(row)
            if row["ends_on"]:
                values["ends_on"] = row["ends_on"]
            names = differing_fields(known, values)
            for name in names:
                setattr(known, name, values[name])
            if names:
                changed.append(known)
            elif row["email"] in named:
                renamed += 1
        grant_roles(acting, new)
        update_rows(RoleGrant, changed, ["service_point", "ends_on"])
        updated = len(changed) + renamed
        return Counts(created=len(new), updated=updated, unchanged=len(rows) - len(new) - updated)

    @staticmethod
    def _write_accounts(rows: Sequence[Row], actor: Actor) -> tuple[dict[str, User], set[str]]:
        """Open the accounts that are missing, correct the names that changed; return all, and the addresses renamed."""
        names = {row["email"]: row["name"] for row in rows}
        users = {user.email: user for user in User.objects.filter(email__in=names)}
        renamed = [user for email, user in users.items() if user.name != names[email]]
        for user in renamed:
            user.name = names[user.email]
        update_rows(User, renamed, ["name"])
        fresh = [NewAccount(email, name) for email, name in names.items() if email not in users]
        users |= {user.email: user for user in create_accounts(actor, fresh)}
        return users, {user.email for user in renamed}


def _same(grants: Sequence[RoleGrant], row: Row) -> RoleGrant | None:
    """Return the grant a row is about: that of the same first day, else one that holds today when none is written."""
    if row["starts_on"]:
        return next((grant for grant in grants if grant.starts_on == row["starts_on"]), None)
    today = clock.today()
    return next((g for g in grants if g.starts_on <= today and (g.ends_on is None or g.ends_on >= today)), None)
