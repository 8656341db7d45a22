"""Tables of instalments and deliverables: the parts of agreements, found by the agreement's number."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.accounts.enums import Right
from arrimage.accounts.imports import transition_errors
from arrimage.accounts.rights import Actor
from arrimage.agreements.actions import edit_deliverables, edit_instalments, plan_instalments, promise_deliverables
from arrimage.agreements.enums import INSTALMENT_TRANSITIONS, InstalmentStatus, Measure
from arrimage.agreements.models import Agreement, Deliverable, Instalment
from arrimage.directory.models import Service
from arrimage.foundation.changes import Change
from arrimage.foundation.imports import Column, Counts, ImportActor, Importer, Row, RowError, parse
from arrimage.foundation.imports.forgiving import forgive

AGREEMENT = Column(
    "agreement", parse.text(40), required=True, help=gettext_lazy("Numéro de l’entente."), example="MTL-PASI-2026-014",
    aliases=("entente", "numéro de l’entente"),
)  # fmt: skip


class PartImporter(Importer):
    """What imports of parts of agreements share: the agreement of each row, within the actor's reach."""

    right = Right.MANAGE_AGREEMENTS

    _agreements: dict[str, Agreement]

    def check_rows(self, rows: Sequence[Row], actor: ImportActor) -> Iterable[RowError]:
        acting = cast(Actor, actor)
        found = Agreement.objects.filter(number__in={row["agreement"] for row in rows})
        self._agreements = {one.number: one for one in found if acting.covers_region(one.region_id)}
        for row in rows:
            if row["agreement"] not in self._agreements:
                yield row.error(
                    "agreement",
                    _("« %(value)s » n’est pas le numéro d’une entente de la région.") % {"value": row["agreement"]},
                )

    def agreement_of(self, row: Row) -> Agreement:
        return self._agreements[row["agreement"]]


class InstalmentImporter(PartImporter):
    """Instalments, found by their agreement and rank."""

    kind = "instalments"
    label = gettext_lazy("Versements des ententes")
    key_columns = ("agreement", "sequence")
    columns = (
        AGREEMENT,
        Column("sequence", parse.integer(1, 99), required=True, example="1", aliases=("rang", "numéro du versement")),
        Column("amount", parse.money(), required=True, example="40 000,00", aliases=("montant",)),
        Column("due_on", parse.date, required=True, example="2026-06-30", aliases=("prévu le", "échéance")),
        Column(
            "condition", parse.text(240), example="Rapport d’étape reçu", empty="",
            help=gettext_lazy("Ce qui doit être remis ou vérifié avant de verser."),
        ),
        Column(
            "status", parse.choice(InstalmentStatus), example="planned", aliases=("état", "statut"),
            help=gettext_lazy("Vide : versé s’il y a une date de versement, prévu sinon."),
        ),
        Column("released_on", parse.date, aliases=("versé le", "date de versement")),
    )  # fmt: skip

    def unit(self, row: Row) -> Hashable | None:
        return str(row["agreement"])  # the total of an agreement is judged on all its rows at once

    def check_rows(self, rows: Sequence[Row], actor: ImportActor) -> Iterable[RowError]:
        yield from super().check_rows(rows, actor)
        known = self._known(rows)
        for row in rows:
            instalment = known.get((row["agreement"], row["sequence"]))
            if instalment:
                status = _status(row, instalment.status)
                yield from transition_errors(row, INSTALMENT_TRANSITIONS, instalment.status, status)

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        known = self._known(rows)
        created, changes = [], []
        for row in rows:
            values: dict[str, Any] = row.given("amount", "due_on", "condition")
            instalment = known.get((row["agreement"], row["sequence"]))
            if instalment:
                values |= row.given("released_on") | {"status": _status(row, instalment.status)}
                changes.append(Change(instalment, values))
            else:
                values |= {"released_on": row["released_on"], "status": _status(row, InstalmentStatus.PLANNED)}
                created.append(Instalment(agreement=self.agreement_of(row), sequence=row["sequence"], **values))
        acting = cast(Actor, actor)
        updated = len(edit_instalments(acting, changes))
        plan_instalments(acting, created)
        return Counts(created=len(created), updated=updated, unchanged=len(changes) - updated)

    def _known(self, rows: Sequence[Row]) -> dict[tuple[str, int], Instalment]:
        found = Instalment.objects.filter(agreement__number__in={row["agreement"] for row in rows})
        return {(one.agreement.number, one.sequence): one for one in found.select_related("agreement")}


class DeliverableImporter(PartImporter):
    """Deliverables, found by their agreement, service and measure."""

    kind = "deliverables"
    label = gettext_lazy("Livrables des ententes")
    key_columns = ("agreement", "service", "measure")
    columns = (
        AGREEMENT,
        Column(
            "service", parse.text(200), required=True, example="Aide à la recherche de logement",
            help=gettext_lazy("Nom ou identifiant d’un service de l’organisme signataire."),
        ),
        Column("label", parse.text(240), required=True, example="Personnes aidées à se loger", aliases=("livrable",)),
        Column(
            "measure", parse.choice(Measure), required=True, help=gettext_lazy("Ce qui compte."),
            example="persons_served", aliases=("ce qui compte", "mesure"),
        ),
        Column("target", parse.integer(1, 1_000_000), required=True, example="80", aliases=("cible",)),
    )  # fmt: skip

    _services: dict[int, int]  # row number → key of the service

    def check_rows(self, rows: Sequence[Row], actor: ImportActor) -> Iterable[RowError]:
        errors = list(super().check_rows(rows, actor))
        yield from errors
        if errors:
            return
        organisations = {agreement.organisation_id for agreement in self._agreements.values()}
        services: dict[tuple[int, str], int] = {}
        for key, organisation_id, name, uid in Service.objects.filter(organisation__in=organisations).values_list(
            "pk", "organisation_id", "name", "uid"
        ):
            services[organisation_id, forgive(name)] = services[organisation_id, forgive(str(uid))] = key
        self._services = {}
        for row in rows:
            found = services.get((self.agreement_of(row).organisation_id, forgive(row["service"])))
            if found is None:
                yield row.error(
                    "service",
                    _("« %(value)s » n’est pas un service de l’organisme de cette entente.")
                    % {"value": row["service"]},
                )
            else:
                self._services[row.number] = found

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        found = Deliverable.objects.filter(agreement__in=[self.agreement_of(row) for row in rows])
        known = {(one.agreement_id, one.service_id, one.measure): one for one in found}
        created, changes = [], []
        for row in rows:
            agreement, service_id = self.agreement_of(row), self._services[row.number]
            deliverable = known.get((agreement.pk, service_id, row["measure"]))
            values = row.given("label", "target")
            if deliverable:
                changes.append(Change(deliverable, values))
            else:
                created.append(
                    Deliverable(agreement=agreement, service_id=service_id, measure=row["measure"], **values)
                )
        acting = cast(Actor, actor)
        promise_deliverables(acting, created)
        updated = len(edit_deliverables(acting, changes))
        return Counts(created=len(created), updated=updated, unchanged=len(changes) - updated)


def _status(row: Row, current: str) -> str:
    """Return the state a row asks for: the one written, else released as soon as there is a date."""
    if row["status"]:
        return InstalmentStatus(row["status"])
    if row["released_on"] and current == InstalmentStatus.PLANNED:
        return InstalmentStatus.RELEASED
    return InstalmentStatus(current)
