"""Invented employers and their accompaniments: 265 in charge in 2020-2021, decoys, and live requests."""

from datetime import date, timedelta
from random import Random
from typing import Any

from arrimage.demo.names import NATURE
from arrimage.demo.tables.organisations import BOROUGHS
from arrimage.demo.tables.staff import DOMAIN

ACCOMPANIED = 265
DECOYS = 30
LIVE = 60
FIRST, LAST = date(2020, 7, 1), date(2021, 6, 30)

_TRADES = (
    ("Boulangerie", "Fabrication d’aliments"), ("Atelier de couture", "Fabrication de vêtements"),
    ("Garage", "Entretien et réparation"), ("Clinique", "Soins de santé"), ("Usine", "Fabrication"),
    ("Hôtel", "Hébergement"), ("Traiteur", "Restauration"), ("Serres", "Agriculture"), ("Logiciels", "Informatique"),
    ("Transport", "Transport et entreposage"), ("Résidence", "Soins de longue durée"), ("Menuiserie", "Construction"),
)  # fmt: skip
_SUBJECTS = ("recruitment", "local_hiring", "retention", "francization", "diversity")


def neq(rank: int) -> str:
    """Return an invented NEQ; the register gives none that begins with 99."""
    return f"99{rank:08}"


def employers() -> list[dict[str, Any]]:
    """Return every employer, one of them of another region for each ten decoys."""
    random = Random("arrimage employers")
    rows = []
    for rank in range(1, ACCOMPANIED + DECOYS + LIVE + 1):
        trade, sector = _TRADES[rank % len(_TRADES)]
        rows.append(
            {
                "neq": neq(rank),
                "name": f"{trade} fictive {NATURE[rank % len(NATURE)]} {rank} inc.",
                "email": "employeur@" + DOMAIN if rank == 1 else f"employeur{rank:03}@{DOMAIN}",
                "phone": f"514-555-{1000 + rank:04}",
                "contact_name": f"Contact Démo-{NATURE[(rank * 5) % len(NATURE)]}",
                "sector": sector,
                "employee_count": random.randrange(5, 400),
                "address": f"{rank}, boulevard de l’Exemple",
                "place": BOROUGHS[rank % len(BOROUGHS)],
                "region": "06",
            }
        )
    return rows


def accompaniments(today: date, advisors: list[str]) -> list[dict[str, Any]]:
    """Return the accompaniments: of 265 employers in charge at some time in the year, of decoys, and live ones."""
    return [*_of_the_year(advisors), *_decoys(advisors), *_live(today, advisors)]


def _of_the_year(advisors: list[str]) -> list[dict[str, Any]]:
    rows = []
    for rank in range(1, ACCOMPANIED + 1):
        requested_on = FIRST - timedelta(days=40) + timedelta(days=round((rank - 1) * 395 / ACCOMPANIED))
        in_charge_on = requested_on + timedelta(days=2 + rank % 9)
        in_charge_on = min(in_charge_on, LAST)
        ended_on = in_charge_on + timedelta(days=45 + rank % 200)
        ended_on = max(ended_on, FIRST)
        rows.append(_row(rank, requested_on, "done", in_charge_on, ended_on, advisors))
        if rank % 25 == 0:  # the same employer twice counts once
            rows.append(_row(rank, in_charge_on, "done", in_charge_on, ended_on, advisors, subject=rank + 1))
    return rows


def _decoys(advisors: list[str]) -> list[dict[str, Any]]:
    """Return accompaniments never in charge, over the day before, begun the day after, or of another region."""
    rows = []
    for place, rank in enumerate(range(ACCOMPANIED + 1, ACCOMPANIED + DECOYS + 1)):
        asked = date(2020, 10, 1) + timedelta(days=place)
        match place % 6:
            case 0:
                rows.append(_row(rank, asked, "unreachable", None, asked + timedelta(days=45), advisors))
            case 1:
                rows.append(_row(rank, asked, "done_without_help", None, asked + timedelta(days=9), advisors))
            case 2:
                rows.append(_row(rank, date(2020, 1, 6), "done", date(2020, 1, 20), date(2020, 6, 30), advisors))
            case 3:
                rows.append(_row(rank, date(2021, 6, 15), "done", date(2021, 7, 1), date(2021, 12, 1), advisors))
            case 4:
                row = _row(rank, asked, "done", asked, asked + timedelta(days=90), ["conseiller.laval@" + DOMAIN])
                rows.append({**row, "region": "13"})
            case _:
                rows.append(_row(rank, asked, "not_for_us", None, asked + timedelta(days=3), advisors))
    return rows


def _live(today: date, advisors: list[str]) -> list[dict[str, Any]]:
    rows = []
    for place, rank in enumerate(range(ACCOMPANIED + DECOYS + 1, ACCOMPANIED + DECOYS + LIVE + 1)):
        requested_on = today - timedelta(days=1 + place)
        if place % 3 == 0:
            rows.append(_row(rank, requested_on, "requested", None, None, advisors))
        else:
            rows.append(_row(rank, requested_on, "in_charge", requested_on + timedelta(days=1), None, advisors))
    # The demonstration's own employer has something under way.
    rows.append(_row(1, today - timedelta(days=12), "in_charge", today - timedelta(days=10), None, advisors))
    return rows


def _row(
    rank: int,
    requested_on: date,
    status: str,
    in_charge_on: date | None,
    ended_on: date | None,
    advisors: list[str],
    *,
    subject: int | None = None,
) -> dict[str, Any]:
    return {
        "neq": neq(rank),
        "subject": _SUBJECTS[(rank if subject is None else subject) % len(_SUBJECTS)],
        "request": "Demande inventée pour la démonstration.",
        "status": status,
        "requested_on": requested_on,
        "in_charge_on": in_charge_on or "",
        "ended_on": ended_on or "",
        "advisor": advisors[rank % len(advisors)] if in_charge_on else "",
        "region": "06",
    }
