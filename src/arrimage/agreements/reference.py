"""The ministry's public programmes and their streams; others are added as data."""

from typing import Any

from arrimage.agreements.models import Programme, Stream

PROGRAMMES = {
    "mobilisation-diversite": (
        "Mobilisation-Diversité",
        [("mobilisation", "Mobilisation des milieux")],
    ),
    "pasi": (
        "Programme d’accompagnement et de soutien à l’intégration (PASI)",
        [
            ("1-accompagnement", "Soutien à la mission d’Accompagnement Québec"),
            ("2-participation", "Soutien à la pleine participation"),
            ("3-refugies", "Accueil et installation des personnes réfugiées prises en charge par l’État"),
            ("4-asile", "Soutien aux personnes demandant l’asile"),
            ("5-innovation", "Soutien à l’innovation"),
        ],
    ),
    "pac": (
        "Programme d’appui aux collectivités (PAC)",
        [
            ("1-municipalites", "Volet 1 : municipalités régionales de comté et villes"),
            ("2-organismes", "Volet 2 : organismes sans but lucratif et coopératives"),
        ],
    ),
}


def load_reference(**_: Any) -> None:
    """Create the programmes and streams; a repeat changes nothing."""
    for code, (name, streams) in PROGRAMMES.items():
        programme, _created = Programme.objects.get_or_create(code=code, defaults={"name": name})
        for stream_code, stream_name in streams:
            Stream.objects.get_or_create(programme=programme, code=stream_code, defaults={"name": stream_name})
