"""A table of local actions, found by region, title and date."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.accounts.enums import Right
from arrimage.accounts.imports import REGION, RegionalImporter, transition_errors
from arrimage.accounts.rights import Actor
from arrimage.agreements.actions import LocalActionChange, NewLocalAction, edit_local_actions, plan_local_actions
from arrimage.agreements.enums import LOCAL_ACTION_TRANSITIONS, LocalActionStatus
from arrimage.agreements.models import Agreement, LocalAction
from arrimage.directory.lookup import OrganisationIndex
from arrimage.directory.models import Organisation
from arrimage.foundation import clock
from arrimage.foundation.imports import Column, Counts, ImportActor, Row, RowError, parse
from arrimage.foundation.imports.forgiving import forgive


class LocalActionImporter(RegionalImporter):
    kind = "local_actions"
    label = gettext_lazy("Actions locales")
    right = Right.MANAGE_AGREEMENTS
    places_named_in = ("place",)
    columns = (
        Column("title", parse.text(240), required=True, example="Semaine des rencontres", aliases=("titre", "action")),
        Column("date", parse.date, required=True, example="2026-03-21", aliases=("date de l’action",)),
        Column(
            "partners", parse.many(parse.text(200)), example="Maison d’accueil de la Petite-Patrie",
            help=gettext_lazy("Organismes partenaires, séparés par « | » ; vide pour une action sans partenaire."),
            aliases=("partenaires", "partenaire"), empty=(),
        ),
        Column(
            "status", parse.choice(LocalActionStatus), example="carried_out", aliases=("état", "statut"),
            help=gettext_lazy("Prévue quand c’est vide."),
        ),
        Column(
            "place", parse.text(120), help=gettext_lazy("Ville ou arrondissement."),
            example="Rosemont–La Petite-Patrie", aliases=("lieu", "ville", "arrondissement"), empty="",
        ),
        Column("participants", parse.integer(), example="85", aliases=("nombre de participants",)),
        Column(
            "agreement", parse.text(40), help=gettext_lazy("Numéro de l’entente qui la finance, s’il y en a une."),
            aliases=("entente",), empty="",
        ),
        REGION,
    )  # fmt: skip

    _known: dict[int, int]
    _partners: dict[int, list[int]]
    _agreements: dict[str, Agreement]

    def key(self, row: Row) -> Hashable | None:
        return row["region"], forgive(row["title"]), row["date"]

    def check_regional_rows(self, rows: Sequence[Row], actor: Actor) -> Iterable[RowError]:
        organisations = OrganisationIndex({self.region_of(row) for row in rows})
        numbers = {row["agreement"] for row in rows if row["agreement"]}
        self._agreements = {one.number: one for one in Agreement.objects.filter(number__in=numbers)}
        self._known, self._partners = {}, {}
        existing = self._existing(rows)
        for row in rows:
            region_id = self.region_of(row)
            yield from self._partner_errors(row, organisations)
            if row["agreement"]:
                agreement = self._agreements.get(row["agreement"])
                if agreement is None or agreement.region_id != region_id:
                    yield row.error(
                        "agreement",
                        _("« %(value)s » n’est pas le numéro d’une entente de la région.")
                        % {"value": row["agreement"]},
                    )
            if row["status"] == LocalActionStatus.CARRIED_OUT and row["date"] > clock.today():
                yield row.error("status", _("Cette action est à venir : elle ne peut pas être déjà réalisée."))
            action = existing.get((region_id, forgive(row["title"]), row["date"]))
            if action:
                self._known[row.number] = action.pk
                following = row["status"] or action.status
                yield from transition_errors(row, LOCAL_ACTION_TRANSITIONS, action.status, following)

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        known = LocalAction.objects.in_bulk([self._known[row.number] for row in rows if row.number in self._known])
        organisations = Organisation.objects.in_bulk({key for row in rows for key in self._partners[row.number]})
        created, changes = [], []
        for row in rows:
            values: dict[str, Any] = row.given("participants")
            if row["status"]:
                values["status"] = row["status"]
            if "place" in row:
                values["place_id"] = self.place_of(row, "place")
            if "agreement" in row:
                values["agreement_id"] = self._agreements[row["agreement"]].pk if row["agreement"] else None
            partners = [organisations[key] for key in self._partners[row.number]]
            if row.number in self._known:
                changes.append(LocalActionChange(known[self._known[row.number]], values, partners=partners))
            else:
                action = LocalAction(
                    region_id=self.region_of(row), title=row["title"], happens_on=row["date"], **values
                )
                created.append(NewLocalAction(action, partners))
        acting = cast(Actor, actor)
        plan_local_actions(acting, created)
        updated = len(edit_local_actions(acting, changes))
        return Counts(created=len(created), updated=updated, unchanged=len(changes) - updated)

    def _existing(self, rows: Sequence[Row]) -> dict[tuple[int, str, Any], LocalAction]:
        found = LocalAction.objects.filter(
            region__in={self.region_of(row) for row in rows}, happens_on__in={row["date"] for row in rows}
        )
        return {(one.region_id, forgive(one.title), one.happens_on): one for one in found}

    def _partner_errors(self, row: Row, organisations: OrganisationIndex) -> Iterable[RowError]:
        region_id = self.region_of(row)
        keys = []
        for written in row["partners"]:
            key = organisations.find(region_id, written)
            if key is None:
                yield row.error("partners", organisations.why_not(region_id, written))
            else:
                keys.append(key)
        self._partners[row.number] = keys
