"""Invented organisations and the services they offer; the cities are real, as public bodies."""

from random import Random
from typing import Any

from arrimage.demo.tables.staff import DOMAIN

PARTNERS = 26

_QUARTERS = (
    "Mésanges", "Érables", "Lucioles", "Tilleuls", "Rivages", "Hirondelles", "Bouleaux", "Clairières",
    "Colibris", "Marées", "Vergers", "Galets", "Aurores", "Fougères", "Nénuphars", "Mélèzes", "Ruisseaux",
    "Jonquilles", "Alizés", "Lilas", "Hérons", "Saules", "Flocons", "Trèfles", "Pivoines", "Brises",
)  # fmt: skip
_KINDS = ("Carrefour fictif des {}", "Maison imaginaire des {}", "Centre Démo des {}", "Accueil Exemple des {}")

BOROUGHS = (
    "Ahuntsic-Cartierville", "Côte-des-Neiges–Notre-Dame-de-Grâce", "Saint-Laurent", "Montréal-Nord", "LaSalle",
    "Villeray–Saint-Michel–Parc-Extension", "Ville-Marie", "Verdun", "Rosemont–La Petite-Patrie", "Saint-Léonard",
    "Le Sud-Ouest", "Mercier–Hochelaga-Maisonneuve", "Anjou",
)  # fmt: skip

# theme code → names of services
SERVICES = {
    "housing": "Aide à la recherche de logement",
    "health": "Accompagnement aux services de santé",
    "administrative": "Clinique des papiers",
    "finances": "Ateliers budget",
    "french": "Cours de français pour débutants",
    "childcare_school": "Soutien école et famille",
    "employment": "Service d’aide à l’emploi",
    "recognition": "Démarches de reconnaissance des diplômes",
    "food_clothing": "Vestiaire et panier de denrées",
    "transport": "S’orienter dans la ville",
    "social_network": "Jumelage entre voisins",
    "rights_civic": "Ateliers Vivre ensemble",
    "psychosocial": "Écoute et soutien",
}
_LANGUAGES = ("fr", "en", "es", "ar", "uk", "ht", "pt", "zh", "hi", "fa")


def partner_name(rank: int) -> str:
    return _KINDS[rank % len(_KINDS)].format(_QUARTERS[rank])


def organisations() -> list[dict[str, Any]]:
    """Return the 26 partners, the city and three other municipalities, and organisations that must not count."""
    rows = [
        {
            "name": partner_name(rank),
            "kind": "community",
            "region": "06",
            "municipality": "",
            "address": f"{100 + rank}, avenue de l’Exemple, Montréal",
            "place": BOROUGHS[rank % len(BOROUGHS)],
            "email": f"organisme{rank + 1:02}@{DOMAIN}",
            "phone": f"514-555-{100 + rank:04}",
        }
        for rank in range(PARTNERS)
    ]
    rows += [_municipality("Ville de Montréal", "Montréal", "06")]
    rows += [_municipality(f"Ville de {name}", name, "06") for name in ("Westmount", "Dorval")]
    rows += [_municipality("Ville de Laval", "Laval", "13")]
    # Decoys: partners of other regions or without an action, with agreements of their own.
    rows += [_plain(f"Organisme lavallois fictif {n}", "13") for n in (1, 2)]
    rows += [_plain("Coopérative Démo sans action locale", "06"), _plain("Réseau imaginaire en préparation", "06")]
    return rows


def _municipality(name: str, city: str, region: str) -> dict[str, Any]:
    return {"name": name, "kind": "municipality", "region": region, "municipality": city}


def _plain(name: str, region: str) -> dict[str, Any]:
    return {"name": name, "kind": "community", "region": region}


def services() -> list[dict[str, Any]]:
    """Return three services a partner, so that each theme has six of them, in several languages."""
    random = Random("arrimage services")
    themes = list(SERVICES)
    rows = []
    for rank in range(PARTNERS):
        for turn in range(3):
            theme = themes[(rank + turn * 4) % len(themes)]
            rows.append(
                {
                    "organisation": partner_name(rank),
                    "name": SERVICES[theme],
                    "description": "Service inventé pour la démonstration.",
                    "themes": theme,
                    "languages": "|".join(sorted({"fr", *random.sample(_LANGUAGES, 3)})),
                    "address": f"{100 + rank}, avenue de l’Exemple, Montréal",
                    "place": BOROUGHS[rank % len(BOROUGHS)],
                    "contact_email": f"services{rank + 1:02}@{DOMAIN}",
                    "delay_days": random.choice((3, 5, 7, 10, 14, 21)),
                }
            )
    return rows
