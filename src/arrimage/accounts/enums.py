from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Who somebody is when they act."""

    RECEPTION_AGENT = "reception_agent", _("Agente ou agent d’accueil")
    INTEGRATION_AGENT = "integration_agent", _("Agente ou agent d’intégration")
    TEAM_LEAD = "team_lead", _("Chef ou cheffe d’équipe")
    REGIONAL_ADVISOR = "regional_advisor", _("Conseillère ou conseiller en immigration régionale")
    RECRUITMENT_ADVISOR = "recruitment_advisor", _("Conseillère ou conseiller en recrutement international")
    REGIONAL_DIRECTOR = "regional_director", _("Directrice régionale ou directeur régional")
    MINISTRY_ANALYST = "ministry_analyst", _("Analyste du ministère")
    PRIVACY_OFFICER = "privacy_officer", _("Responsable de la protection des renseignements personnels")
    ADMINISTRATOR = "administrator", _("Administratrice ou administrateur des comptes")
    PARTNER_MANAGER = "partner_manager", _("Gestionnaire d’organisme partenaire")
    PARTNER_WORKER = "partner_worker", _("Intervenante ou intervenant d’organisme partenaire")
    EMPLOYER_ADMINISTRATOR = "employer_administrator", _("Administratrice principale ou administrateur principal")
    EMPLOYER_MANAGER = "employer_manager", _("Gestionnaire d’établissement")
    EMPLOYER_COLLABORATOR = "employer_collaborator", _("Collaboratrice ou collaborateur d’entreprise")
    NEWCOMER = "newcomer", _("Personne immigrante")


STAFF_ROLES = frozenset(
    {
        Role.RECEPTION_AGENT,
        Role.INTEGRATION_AGENT,
        Role.TEAM_LEAD,
        Role.REGIONAL_ADVISOR,
        Role.RECRUITMENT_ADVISOR,
        Role.REGIONAL_DIRECTOR,
        Role.MINISTRY_ANALYST,
        Role.PRIVACY_OFFICER,
        Role.ADMINISTRATOR,
    }
)
PROVINCE_WIDE_ROLES = frozenset({Role.MINISTRY_ANALYST, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR})
PARTNER_ROLES = frozenset({Role.PARTNER_MANAGER, Role.PARTNER_WORKER})
EMPLOYER_ROLES = frozenset({Role.EMPLOYER_ADMINISTRATOR, Role.EMPLOYER_MANAGER, Role.EMPLOYER_COLLABORATOR})


class LetterStatus(TextChoices):
    """What became of a letter."""

    WAITING = "waiting", _("À envoyer")
    LEAVING = "leaving", _("Remise au serveur")
    SENT = "sent", _("Envoyée")
    DROPPED = "dropped", _("Sans objet")
    FAILED = "failed", _("Jamais partie")


class Right(TextChoices):
    """What a role may do. Views and actions name one of these; `rights.ROLE_RIGHTS` says who holds it."""

    RECEIVE_ARRIVALS = "receive_arrivals", _("Accueillir les arrivées")
    IMPORT_ARRIVALS = "import_arrivals", _("Importer un manifeste d’arrivées")
    ACCOMPANY = "accompany", _("Accompagner les personnes : dossiers, évaluations, plans, orientations, suivis")
    ASSIGN_FILES = "assign_files", _("Attribuer les dossiers")
    MODERATE_NOTES = "moderate_notes", _("Retirer une note, tenir les modèles de note")
    SETTLE_DUPLICATES = "settle_duplicates", _("Trancher les doublons probables entre les personnes de la région")
    SEE_DIRECTORY = "see_directory", _("Consulter le répertoire des organismes et des services")
    MANAGE_DIRECTORY = "manage_directory", _("Tenir à jour le répertoire")
    ORDER_WAITING = "order_waiting", _("Donner la priorité à une personne qui attend une place")
    KEEP_OWN_ORGANISATION = "keep_own_organisation", _("Tenir à jour la page de son organisme")
    SEE_AGREEMENTS = "see_agreements", _("Consulter les ententes et les actions locales")
    MANAGE_AGREEMENTS = "manage_agreements", _("Gérer les ententes et les actions locales")
    SEE_EMPLOYERS = "see_employers", _("Consulter les employeurs")
    MANAGE_EMPLOYERS = "manage_employers", _("Accompagner les employeurs")
    EDIT_QUESTIONNAIRES = "edit_questionnaires", _("Modifier et publier les questionnaires, pour tout le Québec")
    SEE_BILAN = "see_bilan", _("Consulter le bilan")
    SEE_EVIDENCE = "see_evidence", _("Consulter les preuves d’un chiffre")
    WRITE_BILAN = "write_bilan", _("Rédiger le texte du bilan")
    IMPORT_REFERENCE = (
        "import_reference",
        _("Importer les tableaux de référence : statistiques publiques, professions, tracés du territoire"),
    )
    SEE_PERSONNEL = "see_personnel", _("Consulter la liste du personnel")
    MANAGE_ACCOUNTS = "manage_accounts", _("Gérer les comptes et les rôles")
    MANAGE_PRIVACY = (
        "manage_privacy",
        _("Protéger les renseignements : demandes, registres, consultations, conservation"),
    )
    APPROVE_DESTRUCTION = "approve_destruction", _("Approuver la destruction des renseignements au terme de leur durée")
    SET_PRACTICES = "set_practices", _("Régler les délais de réponse et les raisons de refus de la région")
    MANAGE_SCHEDULES = (
        "manage_schedules",
        _("Régler les heures d’ouverture, les plages, les salles et la liste des interprètes"),
    )
    ANSWER_REFERRALS = "answer_referrals", _("Répondre aux orientations reçues")
    MANAGE_OWN_WORKERS = "manage_own_workers", _("Gérer les personnes et le travail de son organisme")
    SEE_OWN_EMPLOYER = "see_own_employer", _("Consulter le dossier de son entreprise")
    SEE_OWN_FILE = "see_own_file", _("Consulter son propre dossier")
