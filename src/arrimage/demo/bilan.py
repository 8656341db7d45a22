"""The text of Montréal's bilan for 2020-2021: the sentences are invented, every figure in them is a marker."""

from datetime import date

from arrimage.accounts.rights import Actor
from arrimage.reporting.actions import write_texts
from arrimage.reporting.models import BilanText
from arrimage.territory.models import Region

SECTIONS = [
    {
        "heading": "",
        "text": (
            "La direction régionale de {region} a accueilli et accompagné les personnes immigrantes depuis "
            "{service_points} points de services, {period}. Ce texte et les personnes citées sont inventés, pour la "
            "démonstration ; les chiffres, eux, sont calculés à partir des enregistrements."
        ),
    },
    {
        "heading": "Accueillir dès l’aéroport",
        "text": (
            "À l’aéroport, {reception_agents} agentes et agents ont reçu {persons_received_at_airport} personnes. Le "
            "premier rendez-vous a été tenu dans le délai pour {first_appointments_in_time} des dossiers "
            "({first_appointments_in_time.share}).\n\n"
            "L’accompagnement a mené {persons_with_result} personnes à un résultat : un logement, un emploi, un cours "
            "de français, une démarche faite."
        ),
    },
    {
        "heading": "Travailler avec les partenaires",
        "text": (
            "La région compte {partner_organisations} organismes partenaires et {agreements_signed} ententes signées "
            "avec eux, pour {agreements_signed_value.short}. L’entente avec la ville vaut {city_agreement_value.short}."
        ),
    },
    {
        "heading": "Soutenir les employeurs",
        "text": "La direction a accompagné {employers_accompanied} employeurs dans leurs projets de recrutement.",
    },
]


def write_bilan(director: Actor) -> None:
    """Write the text of the year that is fixed history."""
    text = BilanText(
        region=Region.objects.get(code=director.region_code),
        first_on=date(2020, 7, 1),
        last_on=date(2021, 6, 30),
        title="Une année d’accueil à Montréal",
        sections=SECTIONS,
        quotation=(
            "Derrière chacun de ces chiffres, il y a une personne qu’une équipe a rencontrée. Nos "
            "{integration_agents} agentes et agents d’intégration peuvent en être fiers."
        ),
        quoted_name="Claude Exemple",
        quoted_title="directrice régionale de la démonstration",
        media_name="Camille Exemple",
        media_phone="514 555-0100",
        media_email="medias@demo.example",
        links=[{"label": "Page inventée de la direction régionale", "address": "https://demo.example/bilan"}],
    )
    write_texts(director, [text])
