"""The points of service, and the directorate's people: 30 at the airport, 20 in six offices, 12 advisors."""

from datetime import date
from typing import Any

from arrimage.demo.names import staff_name

DOMAIN = "demo.example"
DEPLOYED = date(2020, 7, 1)
AIRPORT = "Service d’accueil à l’aéroport"

# Place Dupuis is public; the other addresses are invented.
OFFICES = [
    ("Place Dupuis", "Place Dupuis", "845, rue Sainte-Catherine Est, Montréal", "Ville-Marie", 5),
    ("Bureau de Saint-Laurent", "Services Québec", "1, rue de la Démonstration, Montréal", "Saint-Laurent", 3),
    ("Bureau de Montréal-Nord", "Services Québec", "2, rue de la Démonstration, Montréal", "Montréal-Nord", 3),
    ("Bureau de Parc-Extension", "Services Québec", "3, rue de la Démonstration, Montréal",
     "Villeray–Saint-Michel–Parc-Extension", 3),
    ("Bureau de LaSalle", "Services Québec", "4, rue de la Démonstration, Montréal", "LaSalle", 3),
    ("Bureau de Pointe-Claire", "Services Québec", "5, rue de la Démonstration, Pointe-Claire", "Pointe-Claire", 3),
]  # fmt: skip


def service_points() -> list[dict[str, Any]]:
    """Return the six offices and the airport's service, with points that must not count."""
    rows = [_point(name, "office", host, address, place, DEPLOYED) for name, host, address, place, _agents in OFFICES]
    rows.append(_point(AIRPORT, "airport", "Aéroport international", "Hall des arrivées, Dorval", "Dorval", DEPLOYED))
    # Decoys: closed before the end of the year, not for the public, another region's.
    rows.append(
        _point("Bureau provisoire de Verdun", "office", "Services Québec", "6, rue de la Démonstration, Montréal",
               "Verdun", DEPLOYED, closed_on=date(2021, 3, 31))
    )  # fmt: skip
    rows.append(
        _point("Centre administratif", "office", "", "7, rue de la Démonstration, Montréal", "Ville-Marie", DEPLOYED,
               open_to_public="non")
    )  # fmt: skip
    rows.append(
        {
            **_point("Bureau de Laval", "office", "Services Québec", "1, rue Imaginaire, Laval", "", DEPLOYED),
            "region": "13",
        }
    )
    return rows


def _point(
    name: str,
    kind: str,
    host: str,
    address: str,
    place: str,
    opened_on: date,
    *,
    closed_on: date | None = None,
    open_to_public: str = "oui",
) -> dict[str, Any]:
    return {
        "name": name,
        "kind": kind,
        "host": host,
        "address": address,
        "place": place,
        "region": "06",
        "opened_on": opened_on,
        "closed_on": closed_on or "",
        "open_to_public": open_to_public,
    }


def staff() -> list[dict[str, Any]]:
    """Return one row a role held: those of Montréal who count on 30 June 2021 and still work, and decoys."""
    rank = iter(range(1_000))

    def person(role: str, email: str, **fields: Any) -> dict[str, Any]:
        row = {"email": f"{email}@{DOMAIN}", "name": staff_name(next(rank)), "role": role, "region": "06"}
        return {**row, "service_point": "", "starts_on": DEPLOYED, "ends_on": "", **fields}

    rows = [person("reception_agent", "accueil", service_point=AIRPORT)]
    rows += [person("reception_agent", f"accueil{n:02}", service_point=AIRPORT) for n in range(2, 31)]
    agents = [office for office, *_rest, count in OFFICES for _ in range(count)]
    rows.append(person("integration_agent", "agente", service_point=agents[0]))
    rows += [
        person("integration_agent", f"agente{n:02}", service_point=office)
        for n, office in enumerate(agents[1:], start=2)
    ]
    rows.append(person("regional_advisor", "conseiller"))
    rows += [person("regional_advisor", f"conseiller{n:02}") for n in range(2, 13)]
    rows.append(person("regional_director", "direction"))
    rows += [person("team_lead", f"equipe{n}", service_point=office) for n, (office, *_rest) in enumerate(OFFICES, 1)]
    rows += [person("recruitment_advisor", f"recrutement{n}") for n in range(1, 4)]
    rows.append(person("ministry_analyst", "analyse", region=""))
    rows.append(person("privacy_officer", "vieprivee", region=""))
    # Decoys: gone the day before, come the day after, another region's, and somebody who holds one role twice.
    rows.append(person("regional_advisor", "ancien.conseiller", ends_on=date(2021, 6, 29)))
    rows.append(person("regional_advisor", "conseiller.suivant", starts_on=date(2021, 7, 1), ends_on=date(2022, 6, 30)))
    rows.append(person("regional_advisor", "conseiller.laval", region="13"))
    rows.append(person("integration_agent", "agente.laval", region="13", service_point="Bureau de Laval"))
    rows.append(person("integration_agent", "ancienne.agente", ends_on=date(2021, 1, 31)))
    rows.append(person("reception_agent", "ancien.accueil", ends_on=date(2020, 12, 31)))
    return rows
