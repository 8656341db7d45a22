"""A table of employers, found by NEQ."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.accounts.context import elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.imports import REGION, RegionalImporter
from arrimage.accounts.rights import Actor
from arrimage.employers.actions import edit_employers, register_employers
from arrimage.employers.models import Employer
from arrimage.foundation.changes import Change
from arrimage.foundation.imports import Column, Counts, ImportActor, Row, RowError, parse

_VALUES = ("name", "email", "phone", "contact_name", "sector", "employee_count", "address")


class EmployerImporter(RegionalImporter):
    kind = "employers"
    label = gettext_lazy("Employeurs")
    right = Right.MANAGE_EMPLOYERS
    key_columns = ("neq",)
    places_named_in = ("place",)
    columns = (
        Column(
            "neq", parse.neq, required=True, help=gettext_lazy("10 chiffres."), example="1170000001", aliases=("NEQ",),
        ),
        Column("name", parse.text(200), required=True, example="Aliments Boréal inc.", aliases=("nom", "employeur")),
        Column("email", parse.email, required=True, example="rh@boreal.example", aliases=("courriel",)),
        Column("phone", parse.phone, example="514 555-0187", aliases=("téléphone",), empty=""),
        Column(
            "contact_name", parse.text(150), example="Mireille Tremblay", aliases=("personne à joindre", "contact"),
            empty="",
        ),
        Column("sector", parse.text(120), example="Fabrication d’aliments", aliases=("secteur", "secteur d’activité"),
               empty=""),
        Column("employee_count", parse.integer(), example="120", aliases=("nombre d’employés", "employés")),
        Column("address", parse.text(200), example="900, rue Notre-Dame Ouest", aliases=("adresse",), empty=""),
        Column(
            "place", parse.text(120), help=gettext_lazy("Ville ou arrondissement."), example="Lachine",
            aliases=("lieu", "ville", "arrondissement"), empty="",
        ),
        REGION,
    )  # fmt: skip

    _known: dict[str, int]

    def check_regional_rows(self, rows: Sequence[Row], actor: Actor) -> Iterable[RowError]:
        found = Employer.objects.filter(neq__in={row["neq"] for row in rows}).values_list("neq", "pk", "region_id")
        with elevated():  # a number belongs to one employer in the whole of Québec
            known = {neq: (key, region_id) for neq, key, region_id in found}
        self._known = {neq: key for neq, (key, _region) in known.items()}
        for row in rows:
            if row["neq"] in known and known[row["neq"]][1] != self.region_of(row):
                yield row.error("neq", _("Cet employeur est inscrit dans une autre région."))

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        keys = [self._known[row["neq"]] for row in rows if row["neq"] in self._known]
        known = {employer.neq: employer for employer in Employer.objects.filter(pk__in=keys)}
        created, changes = [], []
        for row in rows:
            values: dict[str, Any] = row.given(*_VALUES)
            if "place" in row:
                values["place_id"] = self.place_of(row, "place")
            if row["neq"] in known:
                changes.append(Change(known[row["neq"]], values))
            else:
                created.append(Employer(neq=row["neq"], region_id=self.region_of(row), **values))
        acting = cast(Actor, actor)
        register_employers(acting, created)
        updated = len(edit_employers(acting, changes))
        return Counts(created=len(created), updated=updated, unchanged=len(changes) - updated)
