"""Tables of interpreters."""

from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal
from typing import Any, cast

from django.utils.translation import gettext_lazy

from arrimage.accounts.enums import Right
from arrimage.accounts.imports import REGION, RegionalImporter
from arrimage.accounts.rights import Actor
from arrimage.directory.lookup import OrganisationIndex
from arrimage.directory.models import Organisation
from arrimage.foundation import clock
from arrimage.foundation.imports import Column, Counts, ImportActor, Row, RowError, parse
from arrimage.foundation.imports.forgiving import forgive
from arrimage.scheduling.enums import Mode
from arrimage.scheduling.interpreter_rates import NewRate, add_rate, rate_on
from arrimage.scheduling.interpreters import InterpreterDetails, add_interpreter, edit_interpreter
from arrimage.scheduling.models import Interpreter
from arrimage.territory.models import Region

FIELDS = ("languages", "modes", "email", "phone", "cost_code")


class InterpreterImporter(RegionalImporter):
    """Interpreters, found by name in their region, with what an hour of theirs costs from a day on."""

    kind = "interpreters"
    label = gettext_lazy("Interprètes")
    right = Right.MANAGE_SCHEDULES
    columns = (
        Column("name", parse.text(120), required=True, example="Interprète Exemple", aliases=("nom", "interprète")),
        REGION,
        Column(
            "organisation", parse.text(200),
            help=gettext_lazy("Nom, NEQ ou identifiant de l’organisme ; vide pour qui travaille à son compte."),
            aliases=("organisme",), empty="",
        ),
        Column(
            "languages", parse.many(parse.language), required=True,
            help=gettext_lazy("Langues interprétées vers le français, séparées par « | »."),
            example="arabe|créole haïtien", aliases=("langues", "langue"),
        ),
        Column(
            "modes", parse.many(parse.choice(Mode)),
            help=gettext_lazy("Façons d’interpréter, séparées par « | » ; toutes quand c’est vide."),
            example="on_site|phone", aliases=("façons d’interpréter", "modes d’interprétation"),
            empty=tuple(Mode.values),
        ),
        Column("email", parse.email, example="interprete@banque.example", aliases=("courriel",), empty=""),
        Column("phone", parse.phone, example="514 555-0142", aliases=("téléphone",), empty=""),
        Column("cost_code", parse.text(20), example="100", aliases=("code de coût",), empty=""),
        Column(
            "is_active", parse.boolean, help=gettext_lazy("Oui quand c’est vide."), example="oui",
            aliases=("en activité", "actif"), empty=True,
        ),
        Column(
            "hourly", parse.money(minimum=Decimal("0.01"), maximum=Decimal("9999.99")),
            help=gettext_lazy("En dollars ; vide pour laisser les tarifs comme ils sont."), example="62,50",
            aliases=("tarif horaire", "tarif"),
        ),
        Column(
            "first_on", parse.date, help=gettext_lazy("Premier jour du tarif ; aujourd’hui quand c’est vide."),
            example="2026-04-01", aliases=("à partir du", "tarif à partir du"),
        ),
    )  # fmt: skip

    _known: dict[tuple[int, str], int]
    _organisations: dict[int, int]

    def key(self, row: Row) -> Hashable | None:
        return row["region"], forgive(row["name"])

    def check_regional_rows(self, rows: Sequence[Row], actor: Actor) -> Iterable[RowError]:
        regions = {self.region_of(row) for row in rows}
        organisations = OrganisationIndex(regions)
        known = Interpreter.objects.filter(region__in=regions).values_list("region_id", "name", "pk")
        self._known = {(region, forgive(name)): key for region, name, key in known}
        self._organisations = {}
        for row in rows:
            if not row["organisation"]:
                continue
            found = organisations.find(self.region_of(row), row["organisation"])
            if found is None:
                yield row.error("organisation", organisations.why_not(self.region_of(row), row["organisation"]))
            else:
                self._organisations[row.number] = found

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        acting = cast(Actor, actor)
        counts = Counts()
        for row in rows:
            key = self._known.get((self.region_of(row), forgive(row["name"])))
            if key is None:
                region = Region.objects.get(pk=self.region_of(row))
                self._set_rate(acting, add_interpreter(acting, region, self._details(row, None)), row)
                counts += Counts(created=1)
                continue
            record = Interpreter.objects.select_related("organisation").get(pk=key)
            changed = edit_interpreter(acting, record, self._details(row, record), version=record.version)
            changed = self._set_rate(acting, record, row) or changed
            counts += Counts(updated=int(changed), unchanged=int(not changed))
        return counts

    def _details(self, row: Row, record: Interpreter | None) -> InterpreterDetails:
        """Return what the row says; of a record, what the file does not speak of stays, and so does its name."""
        values: dict[str, Any] = {name: row[name] for name in (*FIELDS, "is_active")}
        if record is not None:
            values = {name: getattr(record, name) for name in values} | row.given(*values)
        organisation = record.organisation if record else None
        if "organisation" in row:
            key = self._organisations.get(row.number)
            organisation = Organisation.objects.get(pk=key) if key else None
        return InterpreterDetails(name=record.name if record else row["name"], organisation=organisation, **values)

    def _set_rate(self, actor: Actor, interpreter: Interpreter, row: Row) -> bool:
        """Write the rate of a row, when it is not the one of that day already; say whether it was."""
        if row["hourly"] is None:
            return False
        day = row["first_on"] or clock.today()
        current = rate_on(interpreter, day)
        if current is not None and current.hourly == row["hourly"]:
            return False
        add_rate(actor, interpreter, NewRate(row["hourly"], day))
        return True
