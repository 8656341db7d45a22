"""Tables of organisations and services."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.accounts.enums import Right
from arrimage.accounts.imports import REGION, RegionalImporter
from arrimage.accounts.rights import Actor
from arrimage.directory.actions import (
    NewService,
    ServiceChange,
    create_organisations,
    create_services,
    edit_organisations,
    edit_services,
)
from arrimage.directory.enums import OrganisationKind
from arrimage.directory.lookup import OrganisationIndex
from arrimage.directory.models import Organisation, Service, Theme
from arrimage.directory.where import NOWHERE, Where
from arrimage.foundation.changes import Change
from arrimage.foundation.imports import Column, Counts, ImportActor, Row, RowError, parse
from arrimage.foundation.imports.forgiving import forgive, index_by_writing

UID = Column(
    "uid",
    parse.uuid,
    help=gettext_lazy("Identifiant de l’enregistrement, donné par un export ; vide pour le trouver par son nom."),
    aliases=("identifiant",),
)
ADDRESS = Column(
    "address", parse.exported(parse.text(200)), help=gettext_lazy("Numéro, rue, bureau."),
    example="3680, rue Jeanne-Mance", aliases=("adresse",), empty="",
)  # fmt: skip


class OrganisationImporter(RegionalImporter):
    """Organisations, found by `uid`, or by name in their region."""

    kind = "organisations"
    label = gettext_lazy("Organismes")
    right = Right.MANAGE_DIRECTORY
    places_named_in = ("municipality", "place")
    columns = (
        Column(
            "name", parse.exported(parse.text(200)), required=True, help=gettext_lazy("Nom usuel."),
            example="Maison d’accueil de la Petite-Patrie", aliases=("nom", "organisme"),
        ),
        Column(
            "kind", parse.choice(OrganisationKind), help=gettext_lazy("Organisme communautaire quand c’est vide."),
            example="community", aliases=("genre", "type"), empty=OrganisationKind.COMMUNITY,
        ),
        REGION,
        Column(
            "municipality", parse.text(120),
            help=gettext_lazy("Pour une municipalité : le territoire qu’elle gouverne."),
            aliases=("municipalité",), empty="",
        ),
        Column("neq", parse.neq, help=gettext_lazy("10 chiffres."), example="1160000000", aliases=("NEQ",), empty=""),
        ADDRESS,
        Column(
            "place", parse.text(120), help=gettext_lazy("Ville ou arrondissement."),
            example="Rosemont–La Petite-Patrie", aliases=("lieu", "ville", "arrondissement"), empty="",
        ),
        Column("email", parse.email, example="accueil@organisme.example", aliases=("courriel",), empty=""),
        Column("phone", parse.exported(parse.phone), example="514 555-0142", aliases=("téléphone",), empty=""),
        Column("website", parse.url, example="https://organisme.example", aliases=("site web", "site"), empty=""),
        UID,
    )  # fmt: skip

    _known: dict[int, int]  # row number → key of the organisation it is about

    def key(self, row: Row) -> Hashable | None:
        return row["uid"] or (row["region"], forgive(row["name"]))

    def check_regional_rows(self, rows: Sequence[Row], actor: Actor) -> Iterable[RowError]:
        index = OrganisationIndex({self.region_of(row) for row in rows})
        self._known = {}
        by_uid = _records_by_uid(Organisation, rows)
        taken: dict[int, int] = {}
        for row in rows:
            found = by_uid.get(row["uid"])
            if found and found.region_id != self.region_of(row):
                yield row.error("uid", _("Cet identifiant est celui d’un organisme d’une autre région."))
                continue
            same_name = index.find(self.region_of(row), row["name"])
            if row["uid"] and not found and same_name:
                yield row.error("uid", _("Un organisme de ce nom existe déjà, sous un autre identifiant."))
                continue
            key = found.pk if found else same_name
            if key:
                if key in taken:
                    yield row.error("name", _("La ligne %(row)d parle déjà de cet organisme.") % {"row": taken[key]})
                taken[key] = row.number
                self._known[row.number] = key

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        keys = [self._known[row.number] for row in rows if row.number in self._known]
        known = Organisation.objects.in_bulk(keys)
        created, changes = [], []
        for row in rows:
            values = self._values(row)
            if row.number in self._known:
                record = known[self._known[row.number]]
                if not row["uid"]:
                    values.pop("name")  # what found it: the writing on record stays
                changes.append(Change(record, values))
            else:
                uid = {"uid": row["uid"]} if row["uid"] else {}
                created.append(Organisation(region_id=self.region_of(row), **uid, **values))
        acting = cast(Actor, actor)
        create_organisations(acting, created)
        updated = len(edit_organisations(acting, changes))
        return Counts(created=len(created), updated=updated, unchanged=len(changes) - updated)

    def _values(self, row: Row) -> dict[str, Any]:
        values = row.given("name", "kind", "neq", "address", "email", "phone", "website")
        for column in ("municipality", "place"):
            if column in row:
                values[f"{column}_id"] = self.place_of(row, column)
        return values


class ServiceImporter(RegionalImporter):
    """Services, found by `uid`, or by name within their organisation."""

    kind = "services"
    label = gettext_lazy("Services")
    right = Right.MANAGE_DIRECTORY
    places_named_in = ("place",)
    columns = (
        Column(
            "organisation", parse.exported(parse.text(200)), required=True,
            help=gettext_lazy("Nom, NEQ ou identifiant de l’organisme."),
            example="Maison d’accueil de la Petite-Patrie",
            aliases=("organisme",),
        ),
        Column(
            "name", parse.exported(parse.text(200)), required=True, example="Aide à la recherche de logement",
            aliases=("nom", "service"),
        ),
        Column(
            "description", parse.exported(parse.text(4_000, lines=True)), aliases=("descriptif",), empty="",
            example="Visites de quartier, lecture du bail, accompagnement auprès des propriétaires.",
        ),
        Column(
            "themes", parse.many(parse.text(120)), help=gettext_lazy("Thèmes de besoin, séparés par « | »."),
            example="Logement|Démarches administratives", aliases=("thèmes", "theme"), empty=(),
        ),
        Column(
            "languages", parse.many(parse.language), help=gettext_lazy("Langues du service, séparées par « | »."),
            example="français|espagnol", aliases=("langues", "langue"), empty=(),
        ),
        REGION,
        ADDRESS,
        Column(
            "place", parse.text(120), help=gettext_lazy("Ville ou arrondissement."),
            example="Rosemont–La Petite-Patrie", aliases=("lieu", "ville", "arrondissement"), empty="",
        ),
        Column(
            "contact_email", parse.email, help=gettext_lazy("Où envoyer les orientations."),
            example="orientations@organisme.example", aliases=("courriel", "courriel pour les orientations"), empty="",
        ),
        Column(
            "delay_days", parse.integer(0, 3_650), help=gettext_lazy("Délai habituel, en jours."), example="10",
            aliases=("délai", "délai habituel", "délai (jours)"),
        ),
        Column("offered", parse.boolean, help=gettext_lazy("Oui quand c’est vide."), example="oui",
               aliases=("offert",), empty=True),
        UID,
    )  # fmt: skip

    _known: dict[int, int]
    _organisations: dict[int, int]
    _themes: dict[int | None, dict[str, Theme]]

    def key(self, row: Row) -> Hashable | None:
        return row["uid"] or (row["region"], forgive(row["organisation"]), forgive(row["name"]))

    def check_regional_rows(self, rows: Sequence[Row], actor: Actor) -> Iterable[RowError]:
        region_ids = {self.region_of(row) for row in rows}
        organisations = OrganisationIndex(region_ids)
        self._organisations, self._known = {}, {}
        self._load_themes()
        by_uid = _records_by_uid(Service, rows)
        by_name = {
            (organisation_id, forgive(name)): key
            for key, organisation_id, name in Service.objects.filter(organisation__region__in=region_ids).values_list(
                "pk", "organisation_id", "name"
            )
        }
        taken: dict[int, int] = {}
        for row in rows:
            region_id = self.region_of(row)
            organisation_id = organisations.find(region_id, row["organisation"])
            if organisation_id is None:
                yield row.error("organisation", organisations.why_not(region_id, row["organisation"]))
                continue
            self._organisations[row.number] = organisation_id
            yield from self._theme_errors(row)
            found = by_uid.get(row["uid"])
            if found and found.organisation_id != organisation_id:
                yield row.error("uid", _("Cet identifiant est celui d’un service d’un autre organisme."))
                continue
            same_name = by_name.get((organisation_id, forgive(row["name"])))
            if row["uid"] and not found and same_name:
                yield row.error("uid", _("Cet organisme a déjà un service de ce nom, sous un autre identifiant."))
                continue
            key = found.pk if found else same_name
            if key is None:
                if not row["themes"]:
                    yield row.error(
                        "themes", _("Indiquez au moins un thème : sans thème, un service n’est jamais proposé.")
                    )
                continue
            if key in taken:
                yield row.error("name", _("La ligne %(row)d parle déjà de ce service.") % {"row": taken[key]})
            taken[key] = row.number
            self._known[row.number] = key

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        keys = [self._known[row.number] for row in rows if row.number in self._known]
        known = {service.pk: service for service in Service.objects.filter(pk__in=keys).with_locations()}
        created, changes = [], []
        for row in rows:
            values = row.given("name", "description", "contact_email", "delay_days")
            if "offered" in row:
                values["is_offered"] = row["offered"]
            if row["languages"]:
                values["languages"] = list(row["languages"])
            themes = [theme for written in row["themes"] if (theme := self._theme(row, written))]
            if row.number in self._known:
                if not row["uid"]:
                    values.pop("name")
                record = known[self._known[row.number]]
                changes.append(ServiceChange(record, values, themes=themes or None, where=self._where(row, record)))
            else:
                values.setdefault("languages", ["fr"])
                uid = {"uid": row["uid"]} if row["uid"] else {}
                service = Service(organisation_id=self._organisations[row.number], **uid, **values)
                created.append(NewService(service, themes, self._where(row) or NOWHERE))
        acting = cast(Actor, actor)
        create_services(acting, created)
        updated = len(edit_services(acting, changes))
        return Counts(created=len(created), updated=updated, unchanged=len(changes) - updated)

    def _where(self, row: Row, record: Service | None = None) -> Where | None:
        """Return where the row says the service is: what it does not speak of stays as it is on record."""
        if "address" not in row and "place" not in row:
            return None
        known = Where.of(record.main.location) if record and record.main else NOWHERE
        given = row.given("address")
        if "place" in row:
            given["place_id"] = self.place_of(row, "place")
        return replace(known, **given)

    def _load_themes(self) -> None:
        entries: dict[int | None, list[tuple[str, Theme]]] = {}
        for theme in Theme.objects.all():
            writings = (theme.code, theme.label_fr, theme.label_en)
            entries.setdefault(theme.region_id, []).extend((writing, theme) for writing in writings)
        self._themes = {region_id: index_by_writing(pairs) for region_id, pairs in entries.items()}

    def _theme(self, row: Row, written: str) -> Theme | None:
        """Return the theme of that name, the region's own before everybody's."""
        key = forgive(written)
        return self._themes.get(self.region_of(row), {}).get(key) or self._themes.get(None, {}).get(key)

    def _theme_errors(self, row: Row) -> Iterable[RowError]:
        for written in row["themes"]:
            if self._theme(row, written) is None:
                known = ", ".join(dict.fromkeys(theme.label for theme in self._themes.get(None, {}).values()))
                yield row.error(
                    "themes",
                    _("« %(value)s » n’est pas un thème connu. Thèmes : %(known)s.")
                    % {"value": written, "known": known},
                )


def _records_by_uid(model: Any, rows: Sequence[Row]) -> dict[UUID, Any]:
    uids = [row["uid"] for row in rows if row["uid"]]
    return {record.uid: record for record in model.objects.filter(uid__in=uids)} if uids else {}
