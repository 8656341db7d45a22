"""Who may open each address: written here by hand, apart from the code it checks. A new address needs a rule."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from arrimage.accounts.enums import EMPLOYER_ROLES, PARTNER_ROLES, STAFF_ROLES
from arrimage.directory.exchange.derived import THEMES, term_id
from arrimage.directory.models import Theme
from arrimage.foundation.models import new_uid
from tests.permissions import world as w
from tests.permissions.world import EVERYBODY, World

Maker = Callable[[World], dict[str, Any]]

AGENTS = frozenset({"integration_agent", "team_lead"})
RECEPTION = frozenset({"reception_agent"})
LEAD = frozenset({"team_lead"})
ADVISOR = frozenset({"regional_advisor"})
ADVISORS = frozenset({"regional_advisor", "recruitment_advisor"})
MONEY = frozenset({"regional_advisor", "regional_director"})
EMPLOYERS = ADVISORS | {"regional_director"}
BILAN = frozenset({"team_lead", "regional_advisor", "regional_director", "ministry_analyst"})
PERSONNEL = frozenset({"team_lead", "regional_director", "privacy_officer", "administrator"})
ANALYST = frozenset({"ministry_analyst"})
ADMINISTRATOR = frozenset({"administrator"})
PRIVACY = frozenset({"privacy_officer"})
STAFF = frozenset(role.value for role in STAFF_ROLES)
DIRECTORY = STAFF - ADMINISTRATOR
REFERENCE = frozenset({"administrator", "ministry_analyst"})
IMPORTERS = RECEPTION | ADVISORS | REFERENCE | LEAD
DIRECTOR = frozenset({"regional_director"})
RETENTION = frozenset({"privacy_officer", "regional_director"})
PARTNERS = frozenset(role.value for role in PARTNER_ROLES)
MANAGER = frozenset({"partner_manager"})
EMPLOYER = frozenset(role.value for role in EMPLOYER_ROLES)
NEWCOMER = frozenset({"newcomer"})
SIGNED_IN = EVERYBODY - {w.ANONYMOUS}


@dataclass(frozen=True)
class Rule:
    """One address: who may open it, on which object, what it shows them.

    `elsewhere` says what the same role of another region, organisation, employer or household gets: `hidden` (404),
    `own` (the page, without this world's things), `same` (the same page: public knowledge within the ministry).
    `post` is the data of an address that only takes posts; `reaches` the roles whose post must succeed.
    """

    allowed: frozenset[str]
    on: str | Maker | None = None
    shows: str = ""
    elsewhere: str = "own"
    query: str = ""
    status: int = 200
    post: Maker | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def arguments(self, world: World) -> dict[str, Any]:
        if self.on is None:
            return dict(self.extra)
        if callable(self.on):
            return self.on(world)
        return {"uid": getattr(world, self.on).uid, **self.extra}


def nothing(world: World) -> dict[str, Any]:
    return {}


def _themes_taxonomy(world: World) -> dict[str, Any]:
    return {"uid": THEMES}


def _theme_term(world: World) -> dict[str, Any]:
    return {"uid": term_id(Theme.objects.filter(region=None).earliest("pk"))}  # by key: texts may have been replaced


def _document(world: World) -> dict[str, Any]:
    return {"uid": world.service.uid, "kind": "documents", "part": world.required_document.uid}


def _likely_pair(world: World) -> dict[str, Any]:
    return {"uid": world.service.uid, "other": world.alike_service.uid}


def _note(world: World) -> dict[str, Any]:
    return {"note": "Raison de l’essai."}


def _agent(world: World) -> dict[str, Any]:
    return {"agent": world.users["integration_agent"].pk}


def _agent_uid(world: World) -> dict[str, Any]:
    return {"uid": world.users["integration_agent"].uid}


def _account(world: World) -> dict[str, Any]:
    return {"uid": world.users["reception_agent"].uid}


def _waiting(world: World) -> dict[str, Any]:
    return {"uid": world.waiting_account.uid}


def _on_file(thing: str = "file", **fields: Any) -> Rule:
    return Rule(AGENTS, thing, elsewhere="hidden", **fields)


def _with_person(thing: str) -> Maker:
    return lambda world: {"uid": getattr(world, thing).uid, "person": world.person.uid}


def _on_person(argument: str = "", thing: str = "", part: str = "", **fields: Any) -> Rule:
    """A page under a person; `argument` names the thing of theirs it is about."""

    def on(world: World) -> dict[str, Any]:
        more = {argument: getattr(world, thing).uid} if argument else {}
        return {"uid": world.person.uid, **more, **({"part": part} if part else {})}

    return Rule(AGENTS, on, elsewhere="hidden", **fields)


def _version(world: World) -> dict[str, Any]:
    return {"version": 1}


def _questionnaire(thing: str = "questionnaire_draft", **fields: Any) -> Rule:
    return Rule(ANALYST, thing, elsewhere="same", **fields)


def _on_draft(**fields: Any) -> Maker:
    return lambda _world: {"version": 1, **fields}


def _partner(thing: str) -> Rule:
    return Rule(PARTNERS, thing, elsewhere="hidden", shows=w.PERSON)


def _money(thing: str, allowed: frozenset[str] = ADVISOR, **fields: Any) -> Rule:
    return Rule(allowed, thing, elsewhere="hidden", **fields)


RULES: dict[str, Rule] = {
    # --- Nobody's in particular -------------------------------------------------------------------------------------
    "home": Rule(EVERYBODY, status=302),
    "choose_role": Rule(SIGNED_IN),
    "saved_searches": Rule(SIGNED_IN, shows="Mes recherches"),
    "saved_search_add": Rule(SIGNED_IN, status=405),
    "saved_search_edit": Rule(SIGNED_IN, lambda world: {"uid": new_uid()}, status=404),
    "saved_search_delete": Rule(SIGNED_IN, lambda world: {"uid": new_uid()}, status=405),
    "sessions": Rule(SIGNED_IN),
    "session_end": Rule(SIGNED_IN, lambda world: {"key": 0}, status=405),
    "sessions_end_others": Rule(SIGNED_IN, status=405),
    "invitation": Rule(EVERYBODY, extra={"token": "inventé"}, status=410),
    "appointment_link": Rule(EVERYBODY, extra={"token": "inventé"}, status=404),
    "appointment_link_confirm": Rule(EVERYBODY, extra={"token": "inventé"}, status=405),
    "appointment_link_give_back": Rule(EVERYBODY, extra={"token": "inventé"}, status=405),
    "calendar_feed": Rule(EVERYBODY, extra={"token": "inventé"}, status=404),
    "referral_link": Rule(EVERYBODY, extra={"token": "inventé"}, status=404),
    "referral_link_code": Rule(EVERYBODY, extra={"token": "inventé"}, status=405),
    "referral_link_open": Rule(EVERYBODY, extra={"token": "inventé"}, status=404),
    "referral_link_review": Rule(EVERYBODY, extra={"token": "inventé"}, status=404),
    "referral_link_accept": Rule(EVERYBODY, extra={"token": "inventé"}, status=404),
    "referral_link_decline": Rule(EVERYBODY, extra={"token": "inventé"}, status=404),
    "interpretation_link": Rule(EVERYBODY, extra={"token": "inventé"}, status=404),
    "interpretation_link_code": Rule(EVERYBODY, extra={"token": "inventé"}, status=405),
    "interpretation_link_answer": Rule(EVERYBODY, extra={"token": "inventé"}, status=404),
    "switch_language": Rule(EVERYBODY, post=lambda world: {"language": "en"}),
    "health": Rule(EVERYBODY, shows="ok"),
    "readiness": Rule(EVERYBODY, shows="ready"),
    "public:home": Rule(EVERYBODY, shows="Arrimage"),
    "public:services": Rule(EVERYBODY, shows="Service Permission", elsewhere="same"),
    "public:service": Rule(EVERYBODY, "service", shows="Service Permission", elsewhere="same"),
    "public:location": Rule(EVERYBODY, "location", shows="Service Permission", elsewhere="same"),
    "public:points": Rule(EVERYBODY, query="?west=-74&south=45&east=-73&north=46", shows="points", elsewhere="same"),
    "public:outlines": Rule(EVERYBODY, query="?region=06", status=404),
    "public:portrait": Rule(EVERYBODY, shows="Portrait", elsewhere="same"),
    "public:portrait_chart": Rule(
        EVERYBODY, extra={"code": "tfwp_permit_holders_by_year_category-1"}, query="?region=06", status=404
    ),
    **{
        f"hsds:{name}": Rule(EVERYBODY, shows=shown, elsewhere="same")
        for name, shown in {
            "root": "3.0",
            "services": "Service Permission",
            "service_at_locations": "total_items",
            "organizations": "total_items",
            "taxonomies": "Thèmes de besoin",
            "taxonomy_terms": "Logement",
        }.items()
    },
    "hsds:service": Rule(EVERYBODY, "service", shows="Service Permission", elsewhere="same"),
    "hsds:organization": Rule(EVERYBODY, "organisation", shows="Service Permission", elsewhere="same"),
    "hsds:service_at_location": Rule(EVERYBODY, "at_location", shows="Service Permission", elsewhere="same"),
    "hsds:taxonomy": Rule(EVERYBODY, _themes_taxonomy, shows="Thèmes de besoin", elsewhere="same"),
    "hsds:taxonomy_term": Rule(EVERYBODY, _theme_term, shows="Logement", elsewhere="same"),
    "public:places": Rule(EVERYBODY, shows="Services par arrondissement", elsewhere="same"),
    # --- The airport ------------------------------------------------------------------------------------------------
    "reception:home": Rule(RECEPTION, shows=w.FLIGHT),
    "reception:waiting": Rule(RECEPTION, shows=w.PERSON),
    "reception:flight": Rule(RECEPTION, "flight", shows=w.PERSON, elsewhere="hidden"),
    "reception:party": Rule(RECEPTION, "party", shows=w.PERSON, elsewhere="hidden"),
    "reception:party_outcome": Rule(
        RECEPTION, "party", elsewhere="hidden", post=lambda world: {"arrival": world.arrival.uid, "outcome": "met"}
    ),
    "reception:open_files": Rule(
        RECEPTION, "met_party", elsewhere="hidden", post=lambda world: {"service_point": world.office.uid}
    ),
    "reception:identities": Rule(RECEPTION, "met_party", elsewhere="hidden", status=302),
    "reception:consents": Rule(RECEPTION, "opened_party", shows=w.PERSON, elsewhere="hidden"),
    "reception:first_appointment": Rule(RECEPTION, "opened_party", elsewhere="hidden"),
    "reception:join_first_appointment": Rule(RECEPTION, "joined_party", elsewhere="hidden", post=nothing),
    "reception:handout": Rule(RECEPTION, "opened_party", shows=w.PERSON, elsewhere="hidden"),
    "reception:add_to_party": Rule(RECEPTION, "party", elsewhere="hidden"),
    "reception:add": Rule(RECEPTION),
    "reception:manifests": Rule(RECEPTION),
    "reception:manifest_import": Rule(RECEPTION),
    # --- The accompaniment ------------------------------------------------------------------------------------------
    "staff:home": Rule(STAFF, shows=""),
    "staff:urgent": Rule(AGENTS, shows="Toutes les raisons"),
    "staff:search": Rule(STAFF, query="?q=Permission"),
    "staff:duplicates": Rule(LEAD),
    "staff:duplicates_apart": Rule(
        LEAD,
        lambda world: {"person": world.person.uid, "other": world.opened_file.person.uid},
        elsewhere="hidden",
        post=lambda world: {"reason": "Deux personnes."},
    ),
    "staff:duplicates_merge": Rule(
        LEAD,
        lambda world: {"person": world.person.uid, "other": world.opened_file.person.uid},
        shows=w.PERSON,
        elsewhere="hidden",
    ),
    "staff:merge": Rule(LEAD, "merge", shows="Annuler la fusion", elsewhere="hidden"),
    "staff:merge_undo": Rule(LEAD, "merge", elsewhere="hidden", post=nothing),
    "staff:files": Rule(AGENTS, shows=w.PERSON),
    "staff:file": _on_file(shows=w.PERSON),
    "staff:file_assign": Rule(LEAD, "opened_file", elsewhere="hidden", post=_agent),
    "staff:person": _on_file("person", status=302),
    # --- People and households
    "staff:person_record": _on_file("person", shows=w.PERSON),
    "staff:person_identity": _on_file("person", shows=w.PERSON),
    "staff:person_contact": _on_file("person", shows=w.PERSON),
    "staff:person_name_use": _on_person("name", "name", post=_version),
    "staff:person_detail_add": _on_person(part="langues"),
    "staff:person_detail_edit": _on_person("detail", "person_language", part="langues"),
    "staff:person_detail_remove": _on_person("detail", "person_language", part="langues", post=_version),
    "staff:person_number_add": _on_person(),
    "staff:person_number_reveal": _on_person("number", "identifier", status=405),
    "staff:person_number_remove": _on_person("number", "identifier", post=nothing),
    "staff:family_link_add": _on_person(),
    "staff:family_link_remove": _on_person("link", "link", post=nothing),
    "staff:household_start": _on_file("fresh_person"),
    "staff:household": _on_file("household", shows=w.PERSON),
    "staff:household_split": _on_file("household", shows=w.PERSON),
    "staff:household_merge": _on_file("household", shows=w.PERSON),
    "staff:household_join": _on_file("household", shows=w.PERSON),
    "staff:household_member": Rule(AGENTS, _with_person("household"), elsewhere="hidden", shows=w.PERSON),
    # --- Questionnaires: the same in every region -------------------------------------------------------------------
    "staff:questionnaires": Rule(ANALYST, shows="Questionnaire Permission", elsewhere="same"),
    "staff:questionnaire_draft": Rule(ANALYST, extra={"code": "permission"}, post=nothing, elsewhere="same"),
    "staff:questionnaire_version": _questionnaire(shows="Logement"),
    "staff:questionnaire_compare": Rule(
        ANALYST, lambda world: {"uid": world.questionnaire_draft.uid, "other": world.questionnaire.uid},
        elsewhere="same",
    ),
    "staff:questionnaire_publish": _questionnaire(),
    "staff:questionnaire_discard": _questionnaire(post=_on_draft()),
    "staff:questionnaire_try": _questionnaire("questionnaire"),
    "staff:questionnaire_translations": _questionnaire(extra={"language": "es"}),
    "staff:question_add": _questionnaire(),
    "staff:question_edit": _questionnaire(extra={"key": "housing_now"}),
    "staff:question_move": _questionnaire(extra={"key": "housing_now"}, post=_on_draft(direction="down")),
    "staff:question_remove": _questionnaire(extra={"key": "driving_licence"}, post=_on_draft()),
    "staff:need_rule_add": _questionnaire(extra={"key": "housing_now"}),
    "staff:need_rule_edit": _questionnaire(extra={"key": "housing_now", "index": 0}),
    "staff:section_add": _questionnaire(),
    "staff:section_edit": _questionnaire(extra={"key": "housing"}),
    "staff:section_move": _questionnaire(extra={"key": "housing"}, post=_on_draft(direction="down")),
    "staff:section_remove": _questionnaire(extra={"key": "transport"}, post=_on_draft()),
    "staff:questionnaire_condition": _questionnaire(extra={"kind": "question", "key": "housing_until", "index": 0}),
    "staff:assessment": _on_file("fresh_file"),
    "staff:assessment_read": _on_file("assessment"),
    "staff:assessment_keep": _on_file("fresh_file", post=lambda world: {"housing_now": "home"}),
    "staff:assessment_review": _on_file("begun_file"),
    "staff:assessment_move": _on_file("begun"),
    "staff:need_add": _on_file(),
    "staff:need_close": _on_file("need", shows="Besoin Permission"),
    "staff:plan": _on_file(shows=w.PERSON),
    "staff:plan_agree": _on_file(),
    "staff:plan_print": _on_file(shows=w.PERSON),
    "staff:plan_versions": _on_file(shows=w.PERSON),
    "staff:plan_pdf": _on_file(),
    "staff:goal_add": _on_file(),
    "staff:goal_remove": _on_file("goal", post=nothing),
    "staff:proposal_answer": _on_file("need", post=lambda world: {"answer": "refuse"}),
    "staff:proposal_again": _on_file("declined", post=nothing),
    "staff:step_add": _on_file(),
    "staff:step_edit": _on_file("step"),
    "staff:step_status": _on_file("step", post=lambda world: {"status": "in_progress"}),
    "staff:refer": _on_file("need", shows="Service Permission"),
    "staff:refer_compare": _on_file("need", shows="Besoin Permission"),
    "staff:refer_together": _on_file(shows="Besoin Permission"),
    "staff:refer_confirm": _on_file(shows=w.PERSON),
    "staff:refer_to": Rule(
        AGENTS, lambda world: {"uid": world.need.uid, "service": world.service.uid}, elsewhere="hidden",
        shows="Service Permission",
    ),
    "staff:consents": _on_file(shows=w.PERSON),
    "staff:consent_give": _on_file(shows=w.PERSON),
    "staff:consent_paper": _on_file(shows=w.PERSON),
    "staff:consent_refuse": _on_file(shows=w.ORGANISATION),
    "staff:consent": _on_file("consent", shows=w.PERSON),
    "staff:consent_withdraw": _on_file("consent", shows=w.PERSON),
    "staff:referrals": Rule(AGENTS, shows=w.PERSON),
    "staff:referral": _on_file("sent_referral", shows=w.PERSON),
    "staff:referral_cancel": _on_file("sent_referral"),
    "staff:referral_expire": _on_file("overdue_referral", post=nothing),
    "staff:referral_answer": _on_file("sent_referral"),
    "staff:referral_remind": _on_file("overdue_referral", post=nothing),
    "staff:referral_message": _on_file("accepted_referral"),
    "staff:referral_messages_read": _on_file("accepted_referral", post=nothing),
    "staff:date_accept": _on_file("proposed_date", post=nothing),
    "staff:dates_refuse": _on_file("proposed_date", post=nothing),
    "staff:correction": _on_file("correction", post=nothing, extra={"decision": "retenir"}),
    # --- What a region decides of its referrals ---------------------------------------------------------------------
    "staff:practices": Rule(LEAD, shows="Raison d’essai"),
    "staff:practice_delays": Rule(LEAD),
    "staff:reason_add": Rule(LEAD),
    "staff:reason_reword": Rule(LEAD, "reason", shows="Raison d’essai", elsewhere="hidden"),
    "staff:reason_offer": Rule(LEAD, "reason", post=nothing, elsewhere="hidden"),
    "staff:asked_again": Rule(BILAN, shows=w.ORGANISATION),
    "staff:follow_up": _on_file(),
    "staff:milestone": _on_file("followed_file", shows=w.PERSON, extra={"months": 6}),
    "staff:contact_plan": _on_file(),
    "staff:contact_change": _on_file("planned_contact", shows=w.PERSON),
    "staff:contact_cancel": _on_file("planned_contact", post=nothing),
    "staff:file_transfer": _on_file(),
    "staff:transfers": Rule(AGENTS),
    "staff:transfer": Rule(LEAD, "transfer", elsewhere="same"),
    "staff:transfer_accept": Rule(LEAD, "transfer", status=405, elsewhere="same"),
    "staff:transfer_refuse": Rule(LEAD, "transfer", status=405, elsewhere="same"),
    "staff:transfer_settle": Rule(AGENTS, "transfer", status=405, elsewhere="same"),
    # --- The load of a team -----------------------------------------------------------------------------------------
    "staff:caseload": Rule(AGENTS, shows="Charge"),
    "staff:balance": Rule(LEAD, shows="La règle"),
    "staff:agent_profile": Rule(LEAD, _agent_uid, shows=w.STAFF, elsewhere="hidden"),
    "staff:reassign": Rule(LEAD, _agent_uid, shows=w.STAFF, elsewhere="hidden"),
    "staff:handover_undo": Rule(LEAD, "handover", elsewhere="hidden", post=nothing),
    "staff:move_seen": Rule(AGENTS, "file_move", status=405),
    "staff:absence_add": Rule(AGENTS),
    "staff:absence": Rule(LEAD, "absence", shows=w.STAFF, elsewhere="hidden"),
    "staff:absence_end": Rule(AGENTS, "absence", status=405),
    "staff:first_appointments": Rule(AGENTS, shows="Premiers rendez-vous"),
    "staff:sessions": Rule(AGENTS),
    "staff:session_plan": Rule(AGENTS),
    "staff:session": Rule(AGENTS, "session", shows=w.PERSON, elsewhere="hidden"),
    "staff:session_places": Rule(AGENTS, "session", elsewhere="hidden"),
    "staff:session_cancel": Rule(AGENTS, "session", elsewhere="hidden"),
    "staff:session_close": Rule(AGENTS, "past_session", elsewhere="hidden", post=nothing),
    "staff:session_attest": Rule(AGENTS, "completed_session", elsewhere="hidden", post=nothing),
    "staff:session_sheet": Rule(AGENTS, "meeting", shows=w.PERSON, elsewhere="hidden"),
    "staff:session_enrol": _on_file(shows=w.PERSON),
    "staff:enrolment_cancel": Rule(AGENTS, "enrolment", elsewhere="hidden", post=nothing),
    "staff:attestation": Rule(AGENTS, "attestation", elsewhere="hidden"),
    "staff:hours": Rule(LEAD, shows="Horaires"),
    "staff:capacity": Rule(LEAD, shows="Capacité"),
    "staff:hours_add": Rule(LEAD, "office", elsewhere="hidden", extra={"kind": "salle"}),
    "staff:hours_edit": Rule(LEAD, "closure", elsewhere="hidden", extra={"kind": "fermeture"}),
    "staff:hours_withdraw": Rule(LEAD, "closure", elsewhere="hidden", post=nothing, extra={"kind": "fermeture"}),
    "staff:hours_put_back": Rule(LEAD, "withdrawn_slots", elsewhere="hidden", post=nothing, extra={"kind": "plage"}),
    "staff:appointment_book": _on_file(),
    "staff:appointments": Rule(AGENTS),
    "staff:appointment_whom": Rule(AGENTS),
    "staff:calendar": Rule(AGENTS),
    "staff:calendar_feed": Rule(AGENTS, post=nothing),
    "staff:appointment_wait": _on_file(),
    "staff:waiting_list": Rule(AGENTS),
    "staff:waiting_take_off": Rule(AGENTS, "waiting", elsewhere="hidden", post=nothing),
    "staff:appointment_move": _on_file("coming_appointment"),
    "staff:appointment_cancel": Rule(
        AGENTS, "coming_appointment", elsewhere="hidden", post=lambda world: {"version": 1, "reason": "person"}
    ),
    "staff:appointment_answer": Rule(AGENTS, "offer", elsewhere="hidden", post=nothing),
    "staff:interpreters": Rule(AGENTS),
    "staff:interpreters_waiting": Rule(AGENTS),
    "staff:interpreter": _on_file("interpreter", shows="Interprète Essai-"),
    "staff:interpreter_add": Rule(LEAD),
    "staff:interpreter_edit": Rule(LEAD, "interpreter", elsewhere="hidden", shows="Interprète Essai-"),
    "staff:interpreter_rate_add": Rule(LEAD, "interpreter", elsewhere="hidden"),
    "staff:interpreter_rate_edit": Rule(LEAD, "interpreter_rate", elsewhere="hidden"),
    "staff:interpreter_costs": Rule(LEAD, shows="Minutes"),
    "staff:interpretation_finish": Rule(
        AGENTS,
        "confirmed_interpretation",
        elsewhere="hidden",
        post=lambda world: {"minutes": 45, "cost_code": "100"},
    ),
    "staff:interpreter_ask": _on_file("appointment"),
    "staff:interpretation_answered": Rule(
        AGENTS, "interpretation", elsewhere="hidden", post=lambda world: {"status": "confirmed"}
    ),
    "staff:appointment": _on_file("appointment", post=lambda world: {"status": "kept"}),
    "staff:file_close": _on_file(),
    "staff:file_reopen": _on_file("closed_file"),
    "staff:edit_in_place": _on_file("need", extra={"kind": "besoin"}, shows="Besoin Permission"),
    "staff:notes": _on_file(shows="Note Permission"),
    "staff:note_write": _on_file(),
    "staff:note": _on_file("note", shows="Note Permission"),
    "staff:note_edit": Rule(AGENTS - LEAD, "note", elsewhere="hidden", shows="Note Permission"),
    "staff:note_withdraw": Rule(LEAD, "note", elsewhere="hidden", shows="Note Permission"),
    "staff:note_acknowledge": _on_file("withdrawn_note", status=405),
    "staff:note_templates": Rule(LEAD, shows="Modèle Permission"),
    "staff:note_template_add": Rule(LEAD),
    "staff:note_template": Rule(LEAD, "note_template", elsewhere="hidden", shows="Modèle Permission"),
    "newcomers:notes": Rule(NEWCOMER, shows="Mot Permission"),
    # --- Documents --------------------------------------------------------------------------------------------------
    "document": Rule(AGENTS | NEWCOMER, "attachment", shows="%PDF", elsewhere="hidden"),
    "document_preview": Rule(AGENTS | NEWCOMER, "picture", elsewhere="hidden"),
    "staff:documents": _on_file(shows="Lettre Permission"),
    "staff:document_share": _on_file("document", post=nothing),
    "staff:document_remove": _on_file("document", shows="Lettre Permission"),
    "newcomers:known": Rule(NEWCOMER, shows=w.PERSON),
    "newcomers:documents": Rule(NEWCOMER, shows="Bail Permission"),
    # --- The directory ----------------------------------------------------------------------------------------------
    "staff:services": Rule(DIRECTORY, shows="Service Permission"),
    "staff:service": Rule(DIRECTORY, "service", shows="Service Permission", elsewhere="same"),
    "staff:service_edit": Rule(ADVISOR, "service", elsewhere="hidden"),
    "staff:service_close": Rule(ADVISOR, "service", elsewhere="hidden"),
    "staff:service_reopen": Rule(ADVISOR, "alike_service", post=nothing, elsewhere="hidden"),
    "staff:service_part_add": Rule(ADVISOR, "service", elsewhere="hidden", extra={"kind": "horaires"}),
    "staff:service_part_edit": Rule(ADVISOR, _document, elsewhere="hidden"),
    "staff:service_part_remove": Rule(ADVISOR, _document, elsewhere="hidden", post=nothing),
    "staff:organisations": Rule(DIRECTORY, shows=w.ORGANISATION),
    "staff:organisation_add": Rule(ADVISOR),
    "staff:organisation": Rule(DIRECTORY, "organisation", shows=w.ORGANISATION, elsewhere="same"),
    "staff:organisation_edit": Rule(ADVISOR, "organisation", elsewhere="hidden"),
    "staff:service_add": Rule(ADVISOR, "organisation", elsewhere="hidden"),
    "staff:proposals": Rule(ADVISOR, shows="Service Permission"),
    "staff:proposal": Rule(ADVISOR, "proposal", shows="Nom Permission", elsewhere="hidden"),
    "staff:proposal_accept": Rule(ADVISOR, "proposal", post=_version, elsewhere="hidden"),
    "staff:proposal_refuse": Rule(ADVISOR, "proposal", elsewhere="hidden"),
    "staff:reviews": Rule(ADVISOR, shows=w.ORGANISATION),
    "staff:quality": Rule(ADVISOR, shows="Service Permission"),
    "staff:places": Rule(ADVISOR),
    "staff:place_priority": Rule(ADVISOR | LEAD, "hold", elsewhere="hidden"),
    "staff:place_priority_back": Rule(ADVISOR | LEAD, "hold", post=nothing, elsewhere="hidden"),
    "staff:service_duplicates": Rule(ADVISOR, shows="Service Permission"),
    "staff:service_distinct": Rule(ADVISOR, _likely_pair, post=nothing, elsewhere="hidden"),
    "staff:service_join": Rule(ADVISOR, _likely_pair, shows="Service Permission", elsewhere="hidden"),
    "staff:service_joined": Rule(ADVISOR, "joining", shows="Service joint", elsewhere="hidden"),
    # --- Agreements and local actions -------------------------------------------------------------------------------
    "staff:agreements": Rule(MONEY, shows=w.AGREEMENT),
    "staff:agreement_add": Rule(ADVISOR),
    "staff:agreement": _money("agreement", MONEY, shows=w.AGREEMENT),
    "staff:agreement_edit": _money("agreement"),
    "staff:agreement_sign": _money("draft_agreement"),
    "staff:agreement_close": _money("paid_agreement", post=nothing),
    "staff:agreement_annul": _money("agreement", post=nothing),
    "staff:instalment_add": _money("agreement"),
    "staff:instalment_release": _money("instalment"),
    "staff:instalment_withhold": _money("instalment", post=nothing),
    "staff:instalment_resume": _money("withheld_instalment", post=nothing),
    "staff:deliverable_add": _money("agreement"),
    "staff:deliverable": _money("deliverable", MONEY),
    "staff:local_actions": Rule(MONEY, shows="Action Permission"),
    "staff:local_action_add": Rule(ADVISOR),
    "staff:local_action": _money("local_action", MONEY, shows="Action Permission"),
    "staff:local_action_edit": _money("local_action"),
    "staff:local_action_carry_out": _money("local_action"),
    "staff:local_action_cancel": _money("local_action", post=nothing),
    "staff:local_action_plan_again": _money("cancelled_action"),
    # --- Employers --------------------------------------------------------------------------------------------------
    "staff:employers": Rule(EMPLOYERS, shows=w.EMPLOYER),
    "staff:employer_add": Rule(ADVISORS),
    "staff:accompaniments": Rule(EMPLOYERS, shows=w.EMPLOYER),
    "staff:employer": Rule(EMPLOYERS, "employer", shows=w.EMPLOYER, elsewhere="hidden"),
    "staff:employer_edit": Rule(ADVISORS, "employer", elsewhere="hidden"),
    "staff:accompaniment_add": Rule(ADVISORS, "employer", elsewhere="hidden"),
    "staff:accompaniment_take": Rule(ADVISORS, "request", elsewhere="hidden"),
    "staff:accompaniment_end": Rule(ADVISORS, "accompaniment", elsewhere="hidden"),
    "staff:occupations": Rule(EMPLOYERS | AGENTS | REFERENCE, shows="Professions", elsewhere="same"),
    # --- The bilan --------------------------------------------------------------------------------------------------
    "staff:bilan": Rule(BILAN, shows="Employeurs accompagnés"),
    "staff:bilan_export": Rule(BILAN, extra={"format": "json"}, shows="employers_accompanied"),
    "staff:bilan_text": Rule(MONEY, shows="employers_accompanied"),
    "staff:portrait": Rule(BILAN, shows="arrimage import statistics"),
    "staff:portrait_export": Rule(BILAN, extra={"format": "json"}, shows="tables"),
    "staff:evidence": Rule(MONEY, extra={"code": "employers_accompanied"}, shows=w.EMPLOYER),
    # --- The history of records -------------------------------------------------------------------------------------
    "staff:history": Rule(AGENTS, "file", shows=w.PERSON, elsewhere="hidden", extra={"kind": "dossier"}),
    "staff:history_restore": Rule(
        ADVISOR,
        lambda world: {
            "kind": "organisme",
            "uid": world.organisation.uid,
            "change": world.organisation_change.pk,
            "field": "address",
        },
        shows="1, rue d’Avant",
        elsewhere="hidden",
    ),
    # --- Imports and personnel --------------------------------------------------------------------------------------
    "staff:imports": Rule(IMPORTERS),
    "staff:import": Rule(ADVISOR, extra={"kind": "agreements"}),
    "staff:import_template": Rule(ADVISOR, extra={"kind": "agreements"}, shows="committed", elsewhere="same"),
    "staff:personnel": Rule(PERSONNEL, shows=w.STAFF),
    "staff:accounts": Rule(ADMINISTRATOR, shows=w.STAFF),
    "staff:account_new": Rule(ADMINISTRATOR),
    "staff:account": Rule(ADMINISTRATOR, _account, shows=w.STAFF),
    "staff:account_state": Rule(ADMINISTRATOR, _account, post=lambda world: {"active": "no"}),
    "staff:account_invite": Rule(ADMINISTRATOR, _waiting, post=nothing),
    "staff:account_sessions_end": Rule(ADMINISTRATOR, _account, status=405),
    "staff:account_second_factor": Rule(ADMINISTRATOR, _account, status=405),
    "staff:role_grant": Rule(ADMINISTRATOR, _account),
    "staff:role_end": Rule(ADMINISTRATOR, "grant_reception_agent"),
    # --- The read journal and exceptional accesses -------------------------------------------------------------------
    "staff:break_glass": Rule(AGENTS, query=f"?numero={w.FAR_NUMBER}", shows=w.FAR_NUMBER, elsewhere="same"),
    "staff:break_glass_end": Rule(AGENTS, "access", status=405),
    "staff:readings": Rule(PRIVACY, shows=w.PERSON),
    "staff:accesses": Rule(PRIVACY | LEAD, shows=w.STAFF),
    "staff:access": Rule(PRIVACY | LEAD, "access", shows=w.STAFF, elsewhere="hidden"),
    # --- The registers of privacy -----------------------------------------------------------------------------------
    "staff:incident_report": Rule(STAFF),
    "staff:incidents": Rule(PRIVACY, shows="INC-"),
    "staff:incident_new": Rule(PRIVACY),
    "staff:incidents_print": Rule(PRIVACY, shows=w.PERSON),
    "staff:incident": Rule(PRIVACY, "incident", shows=w.PERSON),
    "staff:incident_print": Rule(PRIVACY, "incident", shows=w.PERSON),
    "staff:incident_edit": Rule(PRIVACY, "incident", shows=w.PERSON),
    "staff:incident_assess": Rule(PRIVACY, "incident", shows=w.PERSON),
    "staff:incident_notice": Rule(PRIVACY, "serious_incident"),
    "staff:incident_close": Rule(PRIVACY, "serious_incident"),
    "staff:incident_persons": Rule(PRIVACY, "incident", query="?q=Permission", shows=w.PERSON),
    "staff:incident_person_add": Rule(PRIVACY, _with_person("incident"), post=nothing),
    "staff:incident_person_remove": Rule(PRIVACY, _with_person("linked_incident"), post=nothing),
    "staff:communications": Rule(PRIVACY, shows=w.PERSON),
    "staff:communication_new": Rule(PRIVACY),
    "staff:communications_print": Rule(PRIVACY, shows=w.PERSON),
    "staff:communication": Rule(PRIVACY, "communication", shows=w.PERSON),
    "staff:communication_edit": Rule(PRIVACY, "communication", shows=w.PERSON),
    "staff:communication_persons": Rule(PRIVACY, "communication", query="?q=Permission", shows=w.PERSON),
    "staff:communication_person_add": Rule(PRIVACY, _with_person("communication"), post=nothing),
    "staff:communication_person_remove": Rule(PRIVACY, _with_person("linked_communication"), post=nothing),
    "staff:requests": Rule(PRIVACY, shows=w.PERSON),
    "staff:request_find": Rule(PRIVACY, query="?q=Permission", shows=w.PERSON),
    "staff:request_new_unknown": Rule(PRIVACY),
    "staff:request_new": Rule(PRIVACY, "person", shows=w.PERSON),
    "staff:request": Rule(PRIVACY, "asked", shows=w.PERSON),
    "staff:request_receipt": Rule(PRIVACY, "letter", shows=w.PERSON),
    "staff:request_acknowledge": Rule(PRIVACY, "letter", post=nothing),
    "staff:request_verify": Rule(PRIVACY, "letter", shows=w.PERSON),
    "staff:request_take_up": Rule(PRIVACY, "verified_request", post=nothing),
    "staff:request_extend": Rule(PRIVACY, "asked"),
    "staff:request_extension": Rule(PRIVACY, "extended_request", shows=w.PERSON),
    "staff:request_withdraw": Rule(PRIVACY, "asked", shows=w.PERSON),
    "staff:request_copy": Rule(PRIVACY, "granted_request", shows="PK une archive"),
    "staff:request_copy_produce": Rule(PRIVACY, "worked_request", post=nothing),
    "staff:request_answer": Rule(PRIVACY, "worked_request", shows=w.PERSON),
    "staff:request_answer_letter": Rule(PRIVACY, "granted_request", shows=w.PERSON),
    "staff:request_statement": Rule(PRIVACY, "refused_request", shows=w.PERSON),
    "newcomers:requests": Rule(NEWCOMER, shows="DEM-"),
    "newcomers:request_new": Rule(NEWCOMER),
    "newcomers:request": Rule(NEWCOMER, "asked", shows="DEM-", elsewhere="hidden"),
    "newcomers:request_copy": Rule(NEWCOMER, "granted_request", shows="PK une archive", elsewhere="hidden"),
    "newcomers:request_withdraw": Rule(NEWCOMER, "asked", post=nothing, elsewhere="hidden"),
    # --- How long records are kept ----------------------------------------------------------------------------------
    "staff:retention_rules": Rule(RETENTION, shows="Dossiers fermés", elsewhere="same"),
    "staff:retention_rule": Rule(PRIVACY, "retention_rule"),
    "staff:retention_runs": Rule(RETENTION, shows="À approuver"),
    "staff:retention_run_new": Rule(PRIVACY),
    "staff:retention_run": Rule(RETENTION, "retention_run", shows="Dossiers fermés", elsewhere="hidden"),
    "staff:retention_due": Rule(RETENTION, "retention_run", shows="MTL-2015-", elsewhere="hidden"),
    "staff:retention_run_approve": Rule(DIRECTOR, "retention_run", shows="Dossiers fermés", elsewhere="hidden"),
    "staff:retention_run_cancel": Rule(RETENTION, "retention_run", elsewhere="hidden"),
    "staff:retention_certificate": Rule(RETENTION, "executed_run", shows="DST-2001-", elsewhere="hidden"),
    # --- Partners, employers, newcomers -----------------------------------------------------------------------------
    "partners:home": Rule(PARTNERS, shows=w.PERSON),
    "partners:referrals": Rule(PARTNERS, shows=w.PERSON),
    "partners:referral": _partner("sent_referral"),
    "partners:confirm_notice": Rule(PARTNERS, "consent_notice", post=nothing, elsewhere="hidden"),
    "partners:accept": _partner("sent_referral"),
    "partners:decline": _partner("sent_referral"),
    "partners:schedule": _partner("accepted_referral"),
    "partners:attend": _partner("scheduled_referral"),
    "partners:miss": _partner("scheduled_referral"),
    "partners:start": _partner("accepted_referral"),
    "partners:complete": _partner("started_referral"),
    "partners:stop": _partner("started_referral"),
    "partners:answers": _partner("sent_referral"),
    "partners:message": _partner("sent_referral"),
    "partners:messages_read": Rule(PARTNERS, "accepted_referral", post=nothing, elsewhere="hidden"),
    "partners:propose": _partner("accepted_referral"),
    "partners:take": Rule(PARTNERS, "sent_referral", post=nothing, elsewhere="hidden"),
    "partners:hand": Rule(MANAGER, "sent_referral", shows=w.PERSON, elsewhere="hidden"),
    "partners:workload": Rule(PARTNERS, shows="Service Permission"),
    "partners:organisation": Rule(PARTNERS, shows="Service Permission"),
    "partners:organisation_edit": Rule(PARTNERS, shows=w.ORGANISATION),
    "partners:rhythm": Rule(PARTNERS),
    "partners:confirm": Rule(PARTNERS, post=nothing),
    "partners:proposals": Rule(PARTNERS, shows="Nom Permission"),
    "partners:service_propose": Rule(PARTNERS),
    "partners:proposal_withdraw": Rule(PARTNERS, "proposal", post=nothing, elsewhere="hidden"),
    "partners:service": Rule(PARTNERS, "service", shows="Service Permission", elsewhere="hidden"),
    "partners:service_edit": Rule(PARTNERS, "service", shows="Service Permission", elsewhere="hidden"),
    "partners:service_close": Rule(PARTNERS, "service", elsewhere="hidden"),
    "partners:service_reopen": Rule(PARTNERS, "alike_service", post=nothing, elsewhere="hidden"),
    "partners:service_history": Rule(PARTNERS, "service", elsewhere="hidden"),
    "partners:service_part_add": Rule(PARTNERS, "service", elsewhere="hidden", extra={"kind": "horaires"}),
    "partners:service_part_edit": Rule(PARTNERS, _document, elsewhere="hidden"),
    "partners:service_part_remove": Rule(PARTNERS, _document, elsewhere="hidden", post=nothing),
    "partners:people": Rule(MANAGER, shows=w.COLLEAGUE),
    "partners:invite": Rule(MANAGER),
    "partners:end": Rule(MANAGER, "colleague", shows=w.COLLEAGUE, elsewhere="hidden"),
    "employers:home": Rule(EMPLOYER, shows=w.EMPLOYER),
    "employers:ask": Rule(EMPLOYER),
    "newcomers:home": Rule(NEWCOMER, shows="Amina"),
    "newcomers:readings": Rule(NEWCOMER, shows=w.STAFF),
    "newcomers:plan": Rule(NEWCOMER),
    "newcomers:plan_pdf": Rule(NEWCOMER, status=404),  # the plan is not agreed yet
    "newcomers:referrals": Rule(NEWCOMER, shows="Service Permission"),
    "newcomers:date_choose": Rule(NEWCOMER, "proposed_date", post=nothing, elsewhere="hidden"),
    "newcomers:appointments": Rule(NEWCOMER),
    "newcomers:calendar_feed": Rule(NEWCOMER, post=nothing),
    "newcomers:appointment_book": Rule(NEWCOMER, status=302),  # she has one to come
    "newcomers:appointment_wait": Rule(NEWCOMER, post=nothing),
    "newcomers:appointment_move": Rule(NEWCOMER, "coming_appointment", elsewhere="hidden"),
    "newcomers:appointment_cancel": Rule(NEWCOMER, "coming_appointment", elsewhere="hidden", post=nothing),
    "newcomers:appointment_answer": Rule(NEWCOMER, "offer", elsewhere="hidden", post=nothing),
    "newcomers:sessions": Rule(NEWCOMER),
    "newcomers:session_join": Rule(NEWCOMER, "other_session", post=nothing),
    "newcomers:session_leave": Rule(NEWCOMER, "enrolment", post=nothing, elsewhere="hidden"),
    "newcomers:attestation": Rule(NEWCOMER, "attestation", elsewhere="hidden"),
    "newcomers:consents": Rule(NEWCOMER, shows=w.ORGANISATION),
    "newcomers:consent_give": Rule(NEWCOMER, extra={"purpose": "contact"}),
    "newcomers:consent_withdraw": Rule(NEWCOMER, "consent", elsewhere="hidden"),
    "newcomers:consent_refuse": Rule(NEWCOMER, "organisation", shows=w.ORGANISATION, elsewhere="hidden"),
    # --- allauth ----------------------------------------------------------------------------------------------------
    "account_login": Rule(EVERYBODY, status=0),
    "account_logout": Rule(EVERYBODY, status=0),
    "account_inactive": Rule(EVERYBODY, status=0),
    "account_reset_password": Rule(EVERYBODY, status=0),
    "account_reset_password_done": Rule(EVERYBODY, status=0),
    "account_reset_password_from_key": Rule(EVERYBODY, status=0, extra={"uidb36": "a", "key": "b-c"}),
    "account_reset_password_from_key_done": Rule(EVERYBODY, status=0),
    "account_change_password": Rule(SIGNED_IN),
    "account_reauthenticate": Rule(SIGNED_IN),
    "mfa_index": Rule(SIGNED_IN),
    "mfa_authenticate": Rule(EVERYBODY, status=302),  # nobody here awaits a second factor
    "mfa_activate_totp": Rule(SIGNED_IN, status=302),  # confirm first that it is you
    "mfa_add_webauthn": Rule(SIGNED_IN, status=302),
    "mfa_edit_webauthn": Rule(SIGNED_IN, extra={"pk": 1}, status=302),
    "mfa_remove_webauthn": Rule(SIGNED_IN, extra={"pk": 1}, status=302),
    "mfa_generate_recovery_codes": Rule(SIGNED_IN, status=302),
    "mfa_deactivate_totp": Rule(SIGNED_IN, status=404),  # nobody here has any
    "mfa_view_recovery_codes": Rule(SIGNED_IN, status=404),
    "mfa_download_recovery_codes": Rule(SIGNED_IN, status=404),
    "mfa_reauthenticate": Rule(SIGNED_IN, status=302),
    "mfa_reauthenticate_webauthn": Rule(SIGNED_IN, status=302),
    "mfa_login_webauthn": Rule(EVERYBODY, status=302),
    "openid_connect_login": Rule(EVERYBODY, extra={"provider_id": "identite"}, status=404),  # none is configured
    "openid_connect_callback": Rule(EVERYBODY, extra={"provider_id": "identite"}, status=404),
    "socialaccount_login_cancelled": Rule(EVERYBODY),
    "mfa_list_webauthn": Rule(frozenset()),
    "socialaccount_login_error": Rule(frozenset()),
    "socialaccount_signup": Rule(frozenset()),
    "socialaccount_connections": Rule(frozenset()),
    "account_signup": Rule(frozenset()),
    "account_email": Rule(frozenset()),
    "account_email_verification_sent": Rule(frozenset()),
    "account_set_password": Rule(frozenset()),
    "account_confirm_login_code": Rule(frozenset()),
    "account_confirm_email": Rule(frozenset(), extra={"key": "k"}),
}  # fmt: skip
