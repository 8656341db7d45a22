"""Import of manifests (`arrivals`): who is announced on which flight, travelling with whom."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import BinaryIO, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from arrimage.accounts.context import elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports import (
    Column,
    Counts,
    ImportActor,
    Importer,
    ImportReport,
    Limits,
    Row,
    RowError,
    Table,
    parse,
    read_table,
)
from arrimage.foundation.imports.parse.basics import as_text
from arrimage.foundation.imports.table import CellValue
from arrimage.people.births import OLDEST, Birth, parse_birth
from arrimage.people.duplicates import Likely
from arrimage.people.enums import BirthPrecision, Category, Gender, Relation
from arrimage.people.models import Person
from arrimage.reception.announced import Announcements, fold
from arrimage.reception.models import Arrival, Manifest
from arrimage.reception.resemblances import in_words, resemblances
from arrimage.territory.enums import ServicePointKind
from arrimage.territory.models import ServicePoint

OLDEST_FLIGHT = date(2000, 1, 1)
FARTHEST_FLIGHT = timedelta(days=366)
LOADED_AT_ONCE = 5_000

as_day = parse.date_between(OLDEST)

GENDERS = {"f": "woman", "m": "man", "h": "man", "female": "woman", "male": "man", "féminin": "woman",
           "masculin": "man", "x": "other"}  # fmt: skip
RELATIONS = {
    "requérant principal": "principal", "requérante principale": "principal", "demandeur principal": "principal",
    "principal applicant": "principal", "conjoint": "spouse", "conjointe": "spouse", "époux": "spouse",
    "épouse": "spouse", "mari": "spouse", "husband": "spouse", "wife": "spouse", "fils": "child", "fille": "child",
    "son": "child", "daughter": "child", "autre": "other", "parent": "other",
}  # fmt: skip
CATEGORIES = {
    "RPCE": "state_supported_refugee", "réfugié pris en charge par l’État": "state_supported_refugee",
    "government-assisted refugee": "state_supported_refugee", "GAR": "state_supported_refugee",
    "réfugié parrainé": "sponsored_refugee", "privately sponsored refugee": "sponsored_refugee",
    "travailleur qualifié": "skilled_worker", "travailleuse qualifiée": "skilled_worker",
    "réunification familiale": "family", "famille": "family", "étudiant": "student", "étudiante": "student",
    "travailleur temporaire": "temporary_worker", "travailleuse temporaire": "temporary_worker",
    "demandeur d’asile": "asylum_seeker", "demandeuse d’asile": "asylum_seeker",
}  # fmt: skip


def flight_number(cell: CellValue) -> str:
    """Accept « AC 873 » as « AC873 »."""
    value: str = parse.text(20)(cell)
    number = "".join(value.split()).replace("-", "").upper()
    if not number.isalnum() or not number.isascii() or len(number) > 10:
        raise InvalidInput(_("« %(value)s » n’est pas un numéro de vol (forme attendue : AC873).") % {"value": value})
    return number


def _birth(cell: CellValue) -> Birth:
    """Accept a day as other imports do, or what is known of one: « 1988-04 », « avril 1988 », « 1988 », « vers 1988 ».

    « 04/05/1988 » stays refused: nobody knows whether its writer puts the day or the month first.
    """
    if isinstance(cell, date):
        return Birth(as_day(cell))
    try:
        birth = parse_birth(as_text(cell))
    except InvalidInput:
        return Birth(as_day(cell))
    return Birth(as_day(cell)) if birth.precision == BirthPrecision.DAY else birth


class ArrivalsImporter(Importer):
    """A manifest. Each row is a person; flights and parties are made as needed.

    A row is the arrival that bears its `uid`, else the one of the same party, names and birth date. An empty cell says
    nothing: it erases nothing. Who has been met is not rewritten; a remark says so.
    """

    kind = "arrivals"
    label = gettext_lazy("Manifeste d’arrivées")
    right = Right.IMPORT_ARRIVALS
    key_columns = ("family_name",)
    columns = (
        Column("uid", parse.uuid, help=gettext_lazy("Identifiant de la personne, s’il est connu."),
               aliases=("identifiant",)),
        Column("flight_number", flight_number, required=True, help=gettext_lazy("Numéro du vol."), example="AC873",
               aliases=("vol", "numéro de vol", "no de vol", "flight")),
        Column("date", parse.date_between(OLDEST_FLIGHT), required=True, help=gettext_lazy("Jour de l’arrivée du vol."),
               example="2026-11-24", aliases=("date du vol", "date d’arrivée", "arrival date", "flight date")),
        Column("time", parse.time, help=gettext_lazy("Heure d’arrivée, à Montréal."), example="14:30",
               aliases=("heure", "heure d’arrivée", "arrival time")),
        Column("origin", parse.text(120), help=gettext_lazy("D’où vient le vol."), example="Francfort",
               aliases=("provenance", "from")),
        Column("party", parse.text(60), required=True,
               help=gettext_lazy("Référence commune aux personnes qui voyagent ensemble."), example="G-1042",
               aliases=("groupe", "référence du groupe", "famille", "dossier", "case")),
        Column("family_name", parse.text(120), required=True, help=gettext_lazy("Nom de famille."), example="Haddad",
               aliases=("nom", "nom de famille", "surname", "last name")),
        Column("given_name", parse.text(120), help=gettext_lazy("Prénom."), example="Nadia", empty="",
               aliases=("prénom", "prénoms", "first name")),
        Column("original_name", parse.text(240), help=gettext_lazy("Nom dans l’écriture d’origine."),
               example="نادية حداد", empty="", aliases=("nom d’origine", "native name")),
        Column("birth_date", _birth,
               help=gettext_lazy("Date de naissance, ou ce qui en est connu : « 1988-04 », « 1988 », « vers 1988 »."),
               example="1988-04-12", aliases=("date de naissance", "né le", "née le", "date of birth", "dob")),
        Column("gender", parse.choice(Gender, aliases=GENDERS), help=gettext_lazy("Femme, homme, autre."),
               example="woman", aliases=("genre", "sexe", "sex")),
        Column("birth_country", parse.country, help=gettext_lazy("Pays de naissance."), example="SY", empty="",
               aliases=("pays de naissance", "country of birth")),
        Column("language", parse.language, help=gettext_lazy("Langue dans laquelle parler à la personne."),
               example="ar", aliases=("langue", "langue préférée")),
        Column("category", parse.choice(Category, aliases=CATEGORIES), required=True,
               help=gettext_lazy("Catégorie d’immigration."), example="state_supported_refugee",
               aliases=("catégorie", "catégorie d’immigration", "immigration category")),
        Column("relation", parse.choice(Relation, aliases=RELATIONS), help=gettext_lazy("Lien dans la famille."),
               example="principal", aliases=("lien", "lien familial", "lien de parenté", "relationship")),
        Column("phone", parse.phone, help=gettext_lazy("Téléphone."), example="", empty="",
               aliases=("téléphone", "cellulaire")),
        Column("email", parse.email, help=gettext_lazy("Courriel."), example="", empty="",
               aliases=("courriel", "e-mail")),
        Column("special_needs", parse.text(500, lines=True),
               help=gettext_lazy("Besoins particuliers à l’arrivée ; vaut pour le groupe."),
               example="Fauteuil roulant", empty="",
               aliases=("besoins particuliers", "besoins spéciaux", "assistance")),
        Column("destination", parse.text(120), help=gettext_lazy("Ville de destination ; vaut pour le groupe."),
               example="Montréal", empty="", aliases=("ville de destination",)),
    )  # fmt: skip

    def __init__(self) -> None:
        self.filename = ""
        self.region_id = 0
        self.airport: ServicePoint | None = None
        self.left_alone: list[str] = []
        self.resembling: list[tuple[Row, Likely]] = []

    def read(self, file: BinaryIO, filename: str, limits: Limits) -> Table:
        self.filename = filename
        return read_table(file, filename, limits=limits)

    def key(self, row: Row) -> Hashable:
        if row["uid"]:
            return row["uid"]
        return row["flight_number"], row["date"], row["party"], fold(row), row["birth_date"]

    def unit(self, row: Row) -> Hashable:
        return row["party"]

    def check_rows(self, rows: Sequence[Row], actor: ImportActor) -> Iterator[RowError]:
        self._find_airport(cast(Actor, actor))
        self.left_alone, self.resembling = [], []
        yield from _check_dates(rows)
        yield from _check_contradictions(rows)
        for start in range(0, len(rows), LOADED_AT_ONCE):
            part = rows[start : start + LOADED_AT_ONCE]
            known = Announcements.about(part, self.region_id)
            yield from _check_identifiers(part, known)
            self.resembling += resemblances(cast(Actor, actor), part, known)
            for row in part:
                arrival = known.arrival_of(row)
                if arrival is not None and known.is_settled(arrival) and known.changes(row, arrival):
                    self.left_alone.append(str(row.number))

    def remarks(self) -> Iterable[str]:
        if self.left_alone:
            count = len(self.left_alone)
            shown = ", ".join(self.left_alone[:20]) + (", …" if count > 20 else "")
            yield ngettext(
                "Ligne %(rows)s : la personne est déjà accueillie ou son dossier est déjà ouvert ; ce que le fichier "
                "change n’est pas repris.",
                "Lignes %(rows)s : les personnes sont déjà accueillies ou leur dossier est déjà ouvert ; ce que le "
                "fichier change n’est pas repris.",
                count,
            ) % {"rows": shown}
        yield from in_words(self.resembling)

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        require(cast(Actor, actor), Right.IMPORT_ARRIVALS, region_id=self.region_id)
        assert self.airport is not None
        known = Announcements.about(rows, self.region_id, lock=True)
        return known.write(rows, self.airport)

    def finish(self, report: ImportReport, actor: ImportActor) -> None:
        """Record the manifest, when it changed something."""
        if report.created or report.updated:
            Manifest.objects.create(
                region_id=self.region_id,
                filename=self.filename[-255:],
                imported_by_id=cast(Actor, actor).user_id,
                row_count=report.rows,
                created_count=report.created,
                updated_count=report.updated,
            )

    def _find_airport(self, actor: Actor) -> None:
        """Choose the region's open point of reception; an actor of no region gets the only one there is."""
        points = ServicePoint.objects.filter(kind=ServicePointKind.AIRPORT).open_on(clock.today())
        if actor.region_id is not None:
            points = points.filter(region_id=actor.region_id)
        found = list(points.order_by("opened_on", "pk"))
        if not found:
            raise InvalidInput(
                _("Aucun service d’accueil à l’aéroport n’est ouvert dans cette région : créez-le d’abord (importation "
                  "« service_points »).")
            )  # fmt: skip
        if len({point.region_id for point in found}) > 1:
            raise InvalidInput(
                _("Plusieurs régions ont un service d’accueil à l’aéroport : précisez la région (--region).")
            )
        self.airport = found[0]
        self.region_id = found[0].region_id


def _check_dates(rows: Sequence[Row]) -> Iterator[RowError]:
    farthest = clock.today() + FARTHEST_FLIGHT
    for row in rows:
        if row["date"] > farthest:
            yield row.error("date", _("Ce vol est dans plus d’un an : vérifiez la date."))
        if row["birth_date"] and row["birth_date"].day > min(row["date"], clock.today()):
            yield row.error("birth_date", _("Cette date de naissance est à venir : vérifiez-la."))


def _check_contradictions(rows: Sequence[Row]) -> Iterator[RowError]:
    """Refuse one person twice in the file, one flight at two times, one party bound for two places."""
    persons: dict[Hashable, Row] = {}
    said: dict[Hashable, tuple[Row, object]] = {}
    for row in rows:
        earlier = persons.setdefault((row["party"], fold(row), row["birth_date"]), row)
        if earlier is not row and not (row["uid"] and earlier["uid"]):
            yield row.error("family_name", _("Cette personne est déjà à la ligne %(row)d.") % {"row": earlier.number})
        flight = row["flight_number"], row["date"]
        for column, about in (("time", flight), ("origin", flight), ("destination", row["party"])):
            if row[column] in (None, ""):
                continue
            first, value = said.setdefault((column, about), (row, row[column]))
            if value != row[column]:
                yield row.error(
                    column,
                    _("Cette valeur contredit celle de la ligne %(row)d, qui parle du même vol ou du même groupe.")
                    % {"row": first.number},
                )


def _check_identifiers(rows: Sequence[Row], known: Announcements) -> Iterator[RowError]:
    """Refuse identifiers that are somebody else's; not saying whose, for they may be out of the actor's sight."""
    wanted = {row["uid"]: row for row in rows if row["uid"] and row["uid"] not in known.by_uid}
    with elevated():
        taken = set(Arrival.objects.filter(uid__in=wanted).values_list("uid", flat=True))
        taken |= set(Person.objects.filter(uid__in=wanted).values_list("uid", flat=True))
    for uid in sorted(taken, key=lambda uid: wanted[uid].number):
        yield wanted[uid].error("uid", _("Cet identifiant est déjà utilisé : laissez la cellule vide."))
