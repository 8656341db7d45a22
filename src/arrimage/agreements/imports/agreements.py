"""A table of agreements, one a row, found by number."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.accounts.enums import Right
from arrimage.accounts.imports import REGION, RegionalImporter, transition_errors
from arrimage.accounts.rights import Actor
from arrimage.agreements.actions import create_agreements, edit_agreements
from arrimage.agreements.enums import AGREEMENT_TRANSITIONS, AgreementStatus
from arrimage.agreements.models import Agreement, Programme, Stream
from arrimage.directory.lookup import OrganisationIndex
from arrimage.foundation.changes import Change
from arrimage.foundation.imports import Column, Counts, ImportActor, Row, RowError, parse
from arrimage.foundation.imports.forgiving import forgive, index_by_writing

_VALUES = ("title", "signed_on", "starts_on", "ends_on", "committed", "matched")


class AgreementImporter(RegionalImporter):
    """Agreements. A new one may come in any state; the state of a known one changes only as the rules allow."""

    kind = "agreements"
    label = gettext_lazy("Ententes")
    right = Right.MANAGE_AGREEMENTS
    key_columns = ("number",)
    columns = (
        Column("number", parse.text(40), required=True, example="MTL-PASI-2026-014", aliases=("numéro",)),
        Column(
            "organisation", parse.text(200), required=True,
            help=gettext_lazy("Nom, NEQ ou identifiant de l’organisme."),
            example="Maison d’accueil de la Petite-Patrie",
            aliases=("organisme",),
        ),
        Column(
            "programme", parse.text(200), required=True,
            help=gettext_lazy("Code ou nom : PASI, PAC, Mobilisation-Diversité."), example="PASI",
        ),
        Column(
            "stream", parse.text(200), help=gettext_lazy("Code, numéro ou nom du volet ; vide s’il n’y en a qu’un."),
            example="2-participation", aliases=("volet",), empty="",
        ),
        Column(
            "title", parse.text(240), required=True, example="Jumelage et vie de quartier", aliases=("objet", "titre"),
        ),
        Column(
            "status", parse.choice(AgreementStatus), example="signed", aliases=("état", "statut"),
            help=gettext_lazy("Vide : signée s’il y a une date de signature, en préparation sinon."),
        ),
        Column("signed_on", parse.date, example="2026-04-01", aliases=("signée le", "date de signature")),
        Column("starts_on", parse.date, required=True, example="2026-04-01", aliases=("en vigueur du", "début")),
        Column("ends_on", parse.date, required=True, example="2027-03-31", aliases=("jusqu’au", "fin")),
        Column(
            "committed", parse.money(), required=True, help=gettext_lazy("Montant engagé, en dollars."),
            example="120 000,00", aliases=("montant engagé", "montant"),
        ),
        Column(
            "matched", parse.money(), help=gettext_lazy("Contribution de l’organisme, en dollars."),
            example="20 000,00", aliases=("contribution de l’organisme", "contribution"), empty=0,
        ),
        REGION,
    )  # fmt: skip

    _known: dict[int, int]
    _organisations: dict[int, int]
    _streams: dict[int, int]

    def check_regional_rows(self, rows: Sequence[Row], actor: Actor) -> Iterable[RowError]:
        organisations = OrganisationIndex({self.region_of(row) for row in rows})
        streams = StreamIndex()
        existing = _known_agreements(rows)
        self._known, self._organisations, self._streams = {}, {}, {}
        for row in rows:
            region_id = self.region_of(row)
            agreement = existing.get(row["number"])
            if agreement and agreement.region_id != region_id:
                yield row.error("number", _("Ce numéro est celui d’une entente d’une autre région."))
                continue
            organisation_id = organisations.find(region_id, row["organisation"])
            if organisation_id is None:
                yield row.error("organisation", organisations.why_not(region_id, row["organisation"]))
            else:
                self._organisations[row.number] = organisation_id
            stream_id, column, why_not = streams.find(row["programme"], row["stream"])
            if stream_id is None:
                yield row.error(column, why_not)
            else:
                self._streams[row.number] = stream_id
            if row["ends_on"] < row["starts_on"]:
                yield row.error("ends_on", _("La fin ne peut pas précéder le début."))
            if agreement:
                self._known[row.number] = agreement.pk
                status = _status(row, agreement.status)
                yield from transition_errors(row, AGREEMENT_TRANSITIONS, agreement.status, status)

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        known = Agreement.objects.in_bulk([self._known[row.number] for row in rows if row.number in self._known])
        created, changes = [], []
        for row in rows:
            values = self._values(row)
            if row.number in self._known:
                agreement = known[self._known[row.number]]
                changes.append(Change(agreement, values | {"status": _status(row, agreement.status)}))
            else:
                created.append(
                    Agreement(
                        number=row["number"],
                        region_id=self.region_of(row),
                        status=_status(row, AgreementStatus.DRAFT),
                        **values,
                    )
                )
        acting = cast(Actor, actor)
        create_agreements(acting, created)
        updated = len(edit_agreements(acting, changes))
        return Counts(created=len(created), updated=updated, unchanged=len(changes) - updated)

    def _values(self, row: Row) -> dict[str, Any]:
        return {
            **row.given(*_VALUES),
            "organisation_id": self._organisations[row.number],
            "stream_id": self._streams[row.number],
        }


class StreamIndex:
    """Programmes and streams by code, acronym, number or name. Two queries."""

    def __init__(self) -> None:
        programmes = list(Programme.objects.all())
        self._programmes = index_by_writing(
            (writing, programme.pk) for programme in programmes for writing in _programme_writings(programme)
        )
        self._names = {programme.pk: programme.name for programme in programmes}
        self._streams: dict[int, list[Stream]] = {}
        for stream in Stream.objects.all():
            self._streams.setdefault(stream.programme_id, []).append(stream)

    def find(self, programme: str, stream: str) -> tuple[int | None, str, str]:
        """Return the key of the stream; or None, the column at fault and a sentence."""
        programme_id = self._programmes.get(forgive(programme))
        if programme_id is None:
            known = ", ".join(self._names.values())
            return None, "programme", _("« %(value)s » n’est pas un programme. Programmes : %(known)s.") % {
                "value": programme, "known": known,
            }  # fmt: skip
        streams = self._streams.get(programme_id, [])
        if not stream and len(streams) == 1:
            return streams[0].pk, "", ""
        found = index_by_writing((writing, one.pk) for one in streams for writing in _stream_writings(one))
        key = found.get(forgive(stream)) if stream else None
        if key is not None:
            return key, "", ""
        known = ", ".join(one.name for one in streams)
        return None, "stream", _("Indiquez le volet de ce programme. Volets : %(known)s.") % {"known": known}


def _programme_writings(programme: Programme) -> list[str]:
    acronym = re.search(r"\(([^)]+)\)$", programme.name)
    plain = re.sub(r"\s*\([^)]*\)$", "", programme.name)
    return [programme.code, programme.name, plain, *([acronym[1]] if acronym else [])]


def _stream_writings(stream: Stream) -> list[str]:
    number = re.match(r"\d+", stream.code)
    return [stream.code, stream.name, *([number[0], f"volet {number[0]}"] if number else [])]


def _status(row: Row, current: str) -> str:
    """Return the state a row asks for: the one written, else signed as soon as there is a signature."""
    if row["status"]:
        return AgreementStatus(row["status"])
    if row["signed_on"] and current == AgreementStatus.DRAFT:
        return AgreementStatus.SIGNED
    return AgreementStatus(current)


def _known_agreements(rows: Sequence[Row]) -> dict[str, Agreement]:
    found = Agreement.objects.filter(number__in={row["number"] for row in rows})
    return {agreement.number: agreement for agreement in found}
