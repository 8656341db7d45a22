"""What agents write in the files of some persons, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from arrimage.casework.enums import NoteVisibility
from arrimage.demo.planning.calendar import some_days_after

HAVE_NOTES = 0.04  # share (0 to 1) of persons somebody wrote about
ADDED_TO = 0.25  # share of notes their author adds to later
V = NoteVisibility
WORDS: dict[NoteVisibility, tuple[str, ...]] = {
    V.TEAM: (
        "Préfère être appelée après 17 h ; une voisine traduit au besoin (inventé).",
        "A apporté les copies demandées. Il manque encore le bail, attendu la semaine prochaine (inventé).",
        "Se déplace difficilement : proposer des rendez-vous par téléphone ou près du métro (inventé).",
    ),
    V.OFFICE: (
        "Déménagement prévu dans un autre arrondissement ; l’adresse suivra (inventé).",
        "Souhaite rencontrer des employeurs de son métier à la prochaine activité régionale (inventé).",
    ),
    V.PARTNER: (
        "Cherche un cours du soir, deux fois par semaine au plus : un enfant en bas âge à la maison (inventé).",
        "Parle peu français : prévoir un peu plus de temps pour la première rencontre (inventé).",
    ),
    V.PERSON: (
        "Documents à apporter la prochaine fois : passeport, preuve d’adresse, dernier diplôme (inventé).",
        "Nous avons convenu de vous rappeler dès que l’organisme nous répond (inventé).",
    ),
    V.SENSITIVE: ("Situation familiale délicate, confiée sous le sceau du secret : en parler seul à seul (inventé).",),
}
ADDITIONS = ("Réglé depuis (inventé).", "Confirmé par téléphone avec la personne (inventé).")
# Words agents of the region begin a note from.
TEMPLATES = {
    "Appel manqué": "Appel à … h, sans réponse. Message laissé : oui / non. Prochain essai : …",
    "Première rencontre": "Langue de la rencontre : …\nDocuments vus : …\nCe qui presse : …\nProchaine étape : …",
    "Retour d’un organisme": "Organisme : …\nCe qui a été fait : …\nCe qui reste à faire : …",
}


@dataclass(frozen=True)
class PlannedNote:
    """A note: for whom, its words, its day, and what its author adds to it, if anything."""

    visibility: NoteVisibility
    text: str
    on: date
    addition: str = ""


def notes(random: Random, met_on: date, until: date, readers: Sequence[NoteVisibility]) -> list[PlannedNote]:
    """Return the notes of a person, the first first: none for most, else two to four for some of `readers`."""
    if random.random() > HAVE_NOTES:
        return []
    days = sorted(min(some_days_after(random, met_on, 0, 60), until) for _rank in range(random.randint(2, 4)))
    return [_note(random, day, random.choice(readers)) for day in days]


def _note(random: Random, day: date, visibility: NoteVisibility) -> PlannedNote:
    addition = random.choice(ADDITIONS) if random.random() < ADDED_TO else ""
    return PlannedNote(visibility, random.choice(WORDS[visibility]), day, addition)
