"""Agreements of 2020-2021 (fixed history), those in force around today, their instalments, deliverables and actions."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from arrimage.demo.tables.organisations import BOROUGHS, PARTNERS, partner_name, services

FIRST, LAST = date(2020, 7, 1), date(2021, 6, 30)
SIGNED_IN_YEAR = 82
CITY = "Ville de Montréal"
STREAMS = (
    ("mobilisation-diversite", "mobilisation"),
    ("pasi", "1-accompagnement"),
    ("pasi", "2-participation"),
    ("pasi", "3-refugies"),
    ("pasi", "4-asile"),
    ("pasi", "5-innovation"),
)


def agreements(today: date) -> list[dict[str, Any]]:
    """Return every agreement: 82 of the year, the city's two, decoys, and one a partner in force on `today`."""
    return [*_of_the_year(), *_of_the_city(), *_decoys(), *_current(today)]


def _of_the_year() -> list[dict[str, Any]]:
    """Return 82 agreements signed from 1 July 2020 to 30 June 2021 (both days among them), one to three years long."""
    random = Random("arrimage agreements")
    weights = [random.uniform(0.4, 1.8) for _ in range(SIGNED_IN_YEAR)]
    rows = []
    for rank, weight in enumerate(weights):
        signed_on = FIRST + timedelta(days=round(rank * (LAST - FIRST).days / (SIGNED_IN_YEAR - 1)))
        programme, stream = STREAMS[rank % len(STREAMS)]
        years = 1 + rank % 3
        amount = Decimal(round(86_000 * weight / sum(weights)) * 1_000)
        rows.append(
            _agreement(
                f"MTL-2020-{rank + 1:03}", partner_name(rank % PARTNERS), programme, stream, signed_on,
                starts_on=signed_on if rank % 4 else signed_on + timedelta(days=15), years=years, committed=amount,
            )
        )  # fmt: skip
    # Rounding to the thousand moved the whole a little: the last one carries what was cut into pieces.
    drafted = sum((row["committed"] for row in rows), Decimal(0))
    rows[-1]["committed"] += Decimal("86240500.00") - drafted
    return rows


def _of_the_city() -> list[dict[str, Any]]:
    rows = [
        _agreement("MTL-VILLE-2018", CITY, "pac", "1-municipalites", date(2018, 3, 26), years=3,
                   committed=Decimal("12000000.00"), title="Montréal, inclusive (2018-2021)"),
        _agreement("MTL-VILLE-2021", CITY, "pac", "1-municipalites", date(2021, 4, 22), years=3,
                   committed=Decimal("12000000.00"), title="Montréal, inclusive (2021-2024)"),
    ]  # fmt: skip
    for row in rows:
        row["matched"] = row["committed"]
    return rows


def _decoys() -> list[dict[str, Any]]:
    """Return agreements near the edges: the day before, the day after, elsewhere, not signed, annulled, municipal."""
    partner = partner_name(0)
    mobilisation = ("mobilisation-diversite", "mobilisation")
    return [
        _agreement("MTL-LEURRE-01", partner, *mobilisation, date(2020, 6, 30), years=1),
        _agreement("MTL-LEURRE-02", partner, *mobilisation, date(2021, 7, 1), years=1),
        _agreement("LAV-LEURRE-03", "Organisme lavallois fictif 1", *mobilisation, date(2020, 10, 1), years=2,
                   region="13"),
        {**_agreement("MTL-LEURRE-04", partner, *mobilisation, date(2021, 2, 1), years=2), "status": "draft",
         "signed_on": ""},
        {**_agreement("MTL-LEURRE-05", partner, *mobilisation, date(2020, 11, 2), years=2), "status": "annulled"},
        _agreement("MTL-LEURRE-06", "Coopérative Démo sans action locale", "pac", "2-organismes", date(2020, 9, 15),
                   years=2),
        _agreement("MTL-LEURRE-07", "Ville de Westmount", "pac", "1-municipalites", date(2021, 1, 11), years=2),
        _agreement("MTL-LEURRE-08", "Ville de Dorval", "pasi", "2-participation", date(2021, 1, 12), years=2),
        _agreement("LAV-LEURRE-09", "Ville de Laval", "pac", "1-municipalites", date(2021, 4, 22), years=3,
                   region="13"),
    ]  # fmt: skip


def _current(today: date) -> list[dict[str, Any]]:
    """Return one agreement a partner in force on `today`, whose services the live referrals go to."""
    return [
        _agreement(
            f"MTL-{today.year}-C{rank + 1:02}", partner_name(rank), *STREAMS[rank % len(STREAMS)],
            today - timedelta(days=200 + rank), years=1 + rank % 2, committed=Decimal(240_000 + 15_000 * rank),
        )
        for rank in range(PARTNERS)
    ]  # fmt: skip


def _agreement(
    number: str,
    organisation: str,
    programme: str,
    stream: str,
    signed_on: date,
    *,
    years: int,
    starts_on: date | None = None,
    committed: Decimal = Decimal("500000.00"),
    region: str = "06",
    title: str = "Accueil et intégration des personnes immigrantes",
) -> dict[str, Any]:
    starts_on = starts_on or signed_on
    return {
        "number": number,
        "region": region,
        "organisation": organisation,
        "programme": programme,
        "stream": stream,
        "title": title,
        "status": "signed",
        "signed_on": signed_on,
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=365 * years - 1),
        "committed": committed,
        "matched": Decimal(0),
    }


def instalments(today: date) -> list[dict[str, Any]]:
    """Return three instalments an agreement in force: at signature, on a report, at the end."""
    rows = []
    for agreement in _current(today):
        length = (agreement["ends_on"] - agreement["starts_on"]).days
        shares = (("0.50", 10, "À la signature"), ("0.40", length // 2, "Rapport d’étape reçu"),
                  ("0.10", length + 60, "Rapport final accepté"))  # fmt: skip
        for sequence, (share, after, condition) in enumerate(shares, start=1):
            due_on = agreement["starts_on"] + timedelta(days=after)
            released = sequence == 1
            rows.append(
                {
                    "agreement": agreement["number"],
                    "sequence": sequence,
                    "amount": agreement["committed"] * Decimal(share),
                    "due_on": due_on,
                    "condition": condition,
                    "status": "released" if released else "planned",
                    "released_on": due_on if released else "",
                }
            )
    return rows


def deliverables(today: date) -> list[dict[str, Any]]:
    """Return what each agreement in force promises for each service of its partner."""
    rows = []
    offered = services()
    for rank, agreement in enumerate(_current(today)):
        for service in offered[rank * 3 : rank * 3 + 3]:
            rows.append(
                {
                    "agreement": agreement["number"],
                    "service": service["name"],
                    "label": f"{service['name']} : personnes servies",
                    "measure": "persons_served",
                    "target": 12 + rank % 9,
                }
            )
    return rows


_ACTIONS = (
    "Fête des voisins", "Café-rencontre interculturel", "Atelier de cuisine d’ailleurs",
    "Marche découverte du quartier", "Soirée contes", "Journée portes ouvertes", "Tournoi amical", "Cercle de lecture",
)  # fmt: skip


def local_actions(today: date) -> list[dict[str, Any]]:
    """Return the 100 actions of the year with partners, decoys, and some to come that the public can join."""
    rows = []
    for rank in range(100):
        day = FIRST + timedelta(days=round(rank * (LAST - FIRST).days / 99))
        partners = [partner_name(rank % PARTNERS)]
        if rank % 10 == 3:
            partners.append(CITY)
        rows.append(_action(f"{_ACTIONS[rank % len(_ACTIONS)]} {rank + 1}", day, partners, rank=rank))
    rows += [
        _action("Action de la veille", date(2020, 6, 30), [partner_name(0)]),
        _action("Action du lendemain", date(2021, 7, 1), [partner_name(0)]),
        _action("Action annulée", date(2020, 12, 1), [partner_name(1)], status="cancelled"),
        _action("Action restée en projet", date(2021, 5, 1), ["Réseau imaginaire en préparation"], status="planned"),
        _action("Action de Laval", date(2021, 2, 1), ["Organisme lavallois fictif 1"], region="13", place=""),
        _action("Action menée sans partenaire", date(2021, 3, 1), []),
    ]
    for rank in range(16):
        day = today + timedelta(days=4 * rank - 20)
        status = "carried_out" if day < today else "planned"
        rows.append(
            _action(
                f"{_ACTIONS[rank % len(_ACTIONS)]} ({day.year})", day, [partner_name(rank)], status=status, rank=rank
            )
        )
    return rows


def _action(
    title: str,
    day: date,
    partners: list[str],
    *,
    status: str = "carried_out",
    region: str = "06",
    rank: int = 0,
    place: str | None = None,
) -> dict[str, Any]:
    return {
        "title": title,
        "date": day,
        "region": region,
        "partners": "|".join(partners),
        "status": status,
        "place": BOROUGHS[rank % len(BOROUGHS)] if place is None else place,
        "participants": 20 + rank % 45 if status == "carried_out" else "",
    }
