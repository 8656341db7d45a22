"""A table of accompaniments, found by employer, region, subject and day of the request."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.accounts.context import elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.imports import REGION, RegionalImporter
from arrimage.accounts.models import RoleGrant
from arrimage.accounts.rights import Actor
from arrimage.employers.actions import AccompanimentChange, edit_accompaniments, record_accompaniments
from arrimage.employers.enums import AccompanimentStatus, AccompanimentSubject
from arrimage.employers.models import Accompaniment, Employer
from arrimage.employers.queries import ADVISOR_ROLES
from arrimage.foundation.imports import Column, Counts, ImportActor, Row, RowError, parse

Key = tuple[int, int, str, date]  # employer, region, subject, day of the request


class AccompanimentImporter(RegionalImporter):
    """Accompaniments. A new one may come in any state; the state of a known one changes only as the rules allow."""

    kind = "accompaniments"
    label = gettext_lazy("Accompagnements d’employeurs")
    right = Right.MANAGE_EMPLOYERS
    key_columns = ("neq", "region", "subject", "requested_on")
    columns = (
        Column(
            "neq", parse.neq, required=True, help=gettext_lazy("NEQ d’un employeur inscrit."), example="1170000001",
            aliases=("NEQ",),
        ),
        Column("subject", parse.choice(AccompanimentSubject), required=True, example="recruitment", aliases=("sujet",)),
        Column(
            "request", parse.text(2_000, lines=True), example="Recruter quatre soudeuses ou soudeurs à l’étranger.",
            aliases=("demande",), empty="",
        ),
        Column(
            "status", parse.choice(AccompanimentStatus), example="in_charge", aliases=("état", "statut"),
            help=gettext_lazy("Vide : pris en charge s’il y a une date de prise en charge, demandé sinon."),
        ),
        Column("requested_on", parse.date, required=True, example="2026-03-02", aliases=("demandé le",)),
        Column("in_charge_on", parse.date, example="2026-03-09", aliases=("pris en charge le",)),
        Column("ended_on", parse.date, aliases=("terminé le",)),
        Column(
            "advisor", parse.email, help=gettext_lazy("Courriel de la conseillère ou du conseiller."),
            example="conseiller@demo.example", aliases=("conseiller", "conseillère"), empty="",
        ),
        REGION,
    )  # fmt: skip

    _employers: dict[str, int]
    _advisors: dict[tuple[str, int], int]

    def check_regional_rows(self, rows: Sequence[Row], actor: Actor) -> Iterable[RowError]:
        found = Employer.objects.filter(neq__in={row["neq"] for row in rows})
        with elevated():  # an employer of any region is known by its number
            self._employers = dict(found.values_list("neq", "pk"))
        grants = RoleGrant.objects.filter(
            region__in={self.region_of(row) for row in rows}, role__in=ADVISOR_ROLES
        ).values_list("user__email", "region_id", "user_id")
        self._advisors = {(email, region_id): user_id for email, region_id, user_id in grants}
        for row in rows:
            if row["neq"] not in self._employers:
                yield row.error("neq", _("Aucun employeur inscrit n’a ce NEQ : inscrivez-le d’abord."))
            if row["advisor"] and self._advisor_of(row) is None:
                yield row.error(
                    "advisor",
                    _("« %(value)s » n’est pas le courriel d’une conseillère ou d’un conseiller de la région.")
                    % {"value": row["advisor"]},
                )

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        known = self._known(rows)
        created, changes = [], []
        for row in rows:
            key = self._key_of(row)
            accompaniment = known.get(key)
            values = self._values(row)
            values["status"] = _status(row, accompaniment.status if accompaniment else AccompanimentStatus.REQUESTED)
            if accompaniment:
                changes.append(AccompanimentChange(accompaniment, values))
            else:
                employer_id, region_id, subject, requested_on = key
                values |= {"employer_id": employer_id, "region_id": region_id}
                created.append(Accompaniment(subject=subject, requested_on=requested_on, **values))
        acting = cast(Actor, actor)
        record_accompaniments(acting, created)
        updated = len(edit_accompaniments(acting, changes))
        return Counts(created=len(created), updated=updated, unchanged=len(changes) - updated)

    def _values(self, row: Row) -> dict[str, Any]:
        values = row.given("request", "in_charge_on", "ended_on")
        if "advisor" in row:
            values["advisor_id"] = self._advisor_of(row)
        return values

    def _advisor_of(self, row: Row) -> int | None:
        return self._advisors.get((row["advisor"], self.region_of(row)))

    def _key_of(self, row: Row) -> Key:
        return self._employers[row["neq"]], self.region_of(row), row["subject"], row["requested_on"]

    def _known(self, rows: Sequence[Row]) -> dict[Key, Accompaniment]:
        found = Accompaniment.objects.filter(
            employer__in={self._employers[row["neq"]] for row in rows},
            requested_on__in={row["requested_on"] for row in rows},
        )
        return {(one.employer_id, one.region_id, one.subject, one.requested_on): one for one in found}


def _status(row: Row, current: str) -> str:
    """Return the state a row asks for: the one written, else in charge as soon as there is a date."""
    if row["status"]:
        return AccompanimentStatus(row["status"])
    if row["in_charge_on"] and current == AccompanimentStatus.REQUESTED:
        return AccompanimentStatus.IN_CHARGE
    return AccompanimentStatus(current)
