"""Rules of casework that need no database."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from stdnum import luhn

from arrimage.casework.enums import StepOwner
from arrimage.territory.working_days import add_working_days

FIRST_APPOINTMENT_WORKING_DAYS = 5
REFERRAL_EXPIRY_WORKING_DAYS = 10
REFERRAL_REMINDER_WORKING_DAYS = 5


def file_number(prefix: str, year: int, serial: int) -> str:
    """Return a file's number, `MTL-2026-004213-8`: region, year, serial, check digit (Luhn over year and serial)."""
    body = f"{year:04}{serial:06}"
    return f"{prefix}-{year:04}-{serial:06}-{luhn.calc_check_digit(body)}"


def is_file_number(text: str) -> bool:
    """Say whether `text` is a well-formed number whose check digit holds."""
    parts = text.strip().upper().split("-")
    if len(parts) != 4 or not all(part.isdigit() for part in parts[1:]):
        return False
    return luhn.is_valid(parts[1] + parts[2] + parts[3])


def first_appointment_due(arrived_on: date) -> date:
    """Return the last day of a first appointment: five working days after arrival."""
    return add_working_days(arrived_on, FIRST_APPOINTMENT_WORKING_DAYS)


def answer_due(sent_on: date) -> date:
    """Return the day after which a referral expires unanswered."""
    return add_working_days(sent_on, REFERRAL_EXPIRY_WORKING_DAYS)


@dataclass(frozen=True)
class ProposedStep:
    """A step proposed for a need: what, who, within how many working days."""

    title: str
    owner: StepOwner
    working_days: int


def propose_step(theme_code: str, need_label: str, priority: int) -> ProposedStep:
    """Return the step a need suggests: by its theme, sooner when it is pressing. The agent edits it as they see fit."""
    agent, person, partner = StepOwner.AGENT, StepOwner.PERSON, StepOwner.PARTNER
    by_theme: dict[str, tuple[str, StepOwner]] = {
        "housing": (_("Trouver un logement avec l’aide d’un organisme"), partner),
        "health": (_("Demander la carte d’assurance maladie (RAMQ)"), person),
        "administrative": (_("Obtenir le numéro d’assurance sociale et les papiers requis"), person),
        "finances": (_("Ouvrir un compte et préparer un budget"), person),
        "french": (_("S’inscrire à un cours de français"), partner),
        "childcare_school": (_("Inscrire les enfants à l’école ou à la garderie"), person),
        "employment": (_("Rencontrer un service d’aide à l’emploi"), partner),
        "recognition": (_("Demander l’évaluation comparative des études"), person),
        "food_clothing": (_("Obtenir de la nourriture et des vêtements de saison"), partner),
        "transport": (_("Obtenir un titre de transport et s’y retrouver"), person),
        "social_network": (_("Participer à une activité de jumelage ou de quartier"), partner),
        "rights_civic": (_("Suivre la séance d’information Objectif Intégration"), person),
        "psychosocial": (_("Rencontrer une personne-ressource en toute confidentialité"), agent),
    }
    title, owner = by_theme.get(theme_code, (need_label, agent))
    return ProposedStep(title=title, owner=owner, working_days={1: 5, 2: 20}.get(priority, 60))
