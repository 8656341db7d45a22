"""A small Montréal with one of everything, somebody in every role, and their counterparts elsewhere."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from django.test import Client

from arrimage.accounts.enums import EMPLOYER_ROLES, PARTNER_ROLES, PROVINCE_WIDE_ROLES, STAFF_ROLES, Right, Role
from arrimage.accounts.models import User
from arrimage.accounts.rights import system_actor
from arrimage.casework.rules import file_number
from arrimage.directory.models import Organisation, Proposal, RequiredDocument, ServiceClosure, ServiceJoining
from arrimage.directory.places.priority import give_priority
from arrimage.directory.upkeep.joining import service_fields
from arrimage.directory.upkeep.reckoning import reckon
from arrimage.directory.upkeep.reviews import choose_rhythm
from arrimage.foundation import clock
from arrimage.foundation.history import changes_of
from arrimage.foundation.models import Record, new_uid
from arrimage.people.enums import Relation
from arrimage.questionnaires.actions import publish_version, start_draft
from arrimage.territory.working_days import add_working_days
from tests import factories as make

ANONYMOUS = "anonymous"
ELSEWHERE = "@elsewhere"  # the same role in another region, organisation, employer or household
EVERY_ROLE = frozenset(role.value for role in Role)
EVERYBODY = EVERY_ROLE | {ANONYMOUS}

# What a page shows of this world and no page of anybody elsewhere may.
PERSON = "Mithal-Permission"
ORGANISATION = "Maison Permission"
EMPLOYER = "Boulangerie Permission"
AGREEMENT = "MTL-PERMISSION-1"
COLLEAGUE = "Collègue Permission"
STAFF = "Alex Permission"
FLIGHT = "PM100"
FAR_NUMBER = file_number("QUE", 2020, 777_777)  # a file of a third region


@dataclass
class World:
    """The objects of a test, by what they are."""

    users: dict[str, User] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def sign_everybody_in(self) -> None:
        """Open a session for each user, and one for nobody."""
        self.clients[ANONYMOUS] = Client()
        for key, user in self.users.items():
            self.clients[key] = Client()
            self.clients[key].force_login(user)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.things[name]
        except KeyError:
            raise AttributeError(name) from None

    @staticmethod
    def fingerprint() -> list[tuple[Any, ...]]:
        """Return how many rows each operational table has, and how often they were changed."""
        tables = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, Record))
        union = " union all ".join(
            f"select '{table}', count(*), coalesce(sum(version), 0) from {table}" for table in tables
        )
        union += (
            " union all select 'accounts', count(*), count(*) filter (where is_active) + count(invited_at) "
            "from accounts_user"
        )
        with connection.cursor() as cursor:
            cursor.execute(union)
            return cursor.fetchall()


def build() -> World:
    """Write the world down."""
    world = World()
    montreal, laval = make.region("06"), make.region("13")
    things = world.things
    things["office"] = make.ServicePointFactory(name="Bureau Permission", region=montreal)
    things["airport"] = make.ServicePointFactory(airport=True, region=montreal)
    things["closure"] = make.ClosureFactory(service_point=world.office)
    things["withdrawn_slots"] = make.SlotTemplateFactory(service_point=world.office, is_withdrawn=True)
    things["laval_office"] = make.ServicePointFactory(region=laval)
    make.ServicePointFactory(airport=True, region=laval)
    _staff(world)
    _questionnaires(world)
    _case(world)
    _arrivals(world)
    _partners(world)
    _money(world)
    _employers(world)
    _privacy(world)
    things["bilan_text"] = make.BilanTextFactory(region=montreal)
    return world


def _staff(world: World) -> None:
    for role in sorted(STAFF_ROLES):
        for region, place in (("06", ""), ("13", ELSEWHERE)):
            if place and role in PROVINCE_WIDE_ROLES:
                continue
            point = None
            if role in (Role.INTEGRATION_AGENT, Role.TEAM_LEAD):
                point = world.laval_office if place else world.office
            user = make.UserFactory(name=f"{role} {region}" if place else f"{STAFF} {role}")
            grant = make.RoleGrantFactory(
                user=user,
                role=role,
                region=None if role in PROVINCE_WIDE_ROLES else make.region(region),
                service_point=point,
            )
            world.users[role.value + place] = user
            world.things[f"grant_{role.value}{place}"] = grant
    world.things["waiting_account"] = make.UserFactory(name=f"{STAFF} invitée", password=None)


def _questionnaires(world: World) -> None:
    world.things["questionnaire"] = make.questionnaire()
    world.things["questionnaire_draft"] = start_draft(world.questionnaire.questionnaire)
    publish_version("permission", {**world.questionnaire.definition, "title": {"fr": "Questionnaire Permission"}})


def _case(world: World) -> None:
    things = world.things
    agent = world.users[Role.INTEGRATION_AGENT]
    person = make.PersonFactory(given_name="Amina", family_name=PERSON)
    household = make.HouseholdFactory()
    make.MemberFactory(household=household, person=person, relation=Relation.PRINCIPAL)
    make.PersonStatusFactory(person=person)
    things["person"] = person
    things["household"] = household
    things["name"] = make.PersonNameFactory(person=person, family_name=PERSON)
    things["person_language"] = make.PersonLanguageFactory(person=person)
    things["identifier"] = make.identifier(person)
    things["file"] = make.FileFactory(person=person, agent=agent, service_point=world.office)
    world.users[Role.NEWCOMER] = make.PersonAccountFactory(person=person).user
    world.users[Role.NEWCOMER + ELSEWHERE] = make.PersonAccountFactory().user
    things["assessment"] = make.AssessmentFactory(file=world.file, completed=True)
    things["need"] = make.NeedFactory(file=world.file, theme=make.theme("french"), label="Besoin Permission")
    things["plan"] = make.PlanFactory(file=world.file)
    things["step"] = make.StepFactory(plan=world.plan, need=world.need)
    things["goal"] = make.GoalFactory(plan=world.plan)
    things["declined"] = make.DeclinedProposalFactory(plan=world.plan, need=world.need, rule="autre")
    things["begun_file"] = make.FileFactory(service_point=world.office, agent=agent)
    things["begun"] = make.AssessmentFactory(file=world.begun_file)
    things["follow_up"] = make.FollowUpFactory(file=world.file, step=world.step)
    relative = make.FileFactory(service_point=world.office, agent=agent).person
    things["merge"] = make.PersonMergeFactory()
    things["link"] = make.FamilyLinkFactory(person=person, other=relative)
    fresh = make.FileFactory(service_point=world.office, agent=agent)  # assessed by nobody yet, without a plan
    things["fresh_file"] = fresh
    things["fresh_person"] = fresh.person
    make.NeedFactory(file=fresh)
    things["note"] = make.NoteFactory(file=world.file, author=agent, text="Note Permission")
    things["sensitive_note"] = make.NoteFactory(file=world.file, author=agent, sensitive=True, text="Note à part")
    things["shared_note"] = make.NoteFactory(
        file=world.file, author=agent, shared_with_person=True, text="Mot Permission"
    )
    things["withdrawn_note"] = make.NoteFactory(file=world.file, author=agent, withdrawn=True)
    things["note_template"] = make.NoteTemplateFactory(region=make.region("06"), title="Modèle Permission")
    things["closed_file"] = make.FileFactory(service_point=world.office, agent=agent, closed=True)
    things["closing"] = make.ClosingFactory(file=world.closed_file)
    things["document"] = make.DocumentFactory(file=world.file, title="Lettre Permission")
    things["shared_document"] = make.DocumentFactory(file=world.file, title="Bail Permission", shared=True)
    things["attachment"] = things["shared_document"].attachment
    things["picture"] = make.DocumentFactory(file=world.file, shared=True, attachment__picture=True).attachment
    things["planned_contact"] = make.PlannedContactFactory(file=world.file, subject="Appel Permission")
    things["followed_file"] = make.due_contact(
        person=make.PersonFactory(family_name=PERSON), service_point=world.office
    )
    make.MilestoneContactFactory(file=world.followed_file)
    things["absence"] = make.AbsenceFactory(agent=agent)
    make.AbsenceCoverFactory(absence=world.absence)
    things["file_move"] = make.FileMoveFactory(file=world.file, to_agent=agent)
    things["handover"] = world.file_move.handover
    things["transfer"] = make.TransferredFileFactory(file=make.FileFactory(service_point=world.office)).transfer
    yesterday = add_working_days(clock.today(), -1)
    things["appointment"] = make.AppointmentFactory(
        region=make.region("06"), service_point=world.office, agent=agent, persons=[person],
        starts_at=clock.at(yesterday, 9), ends_at=clock.at(yesterday, 10),
    )  # fmt: skip
    things["coming_appointment"] = make.AppointmentFactory(
        service_point=world.office, agent=agent, persons=[person], on=add_working_days(clock.today(), 4)
    )
    things["offer"] = make.AppointmentFactory(
        service_point=world.office, agent=agent, persons=[person], on=add_working_days(clock.today(), 5), offered=True
    )
    things["waiting"] = make.WaitingEntryFactory(
        region=make.region("06"), person=person, points=[world.office], status="offered", offer=world.offer
    )
    things["interpretation"] = make.InterpretationFactory(appointment=things["appointment"])
    things["interpreter"] = things["interpretation"].interpreter
    things["interpreter_rate"] = make.InterpreterRateFactory(interpreter=things["interpreter"])
    things["confirmed_interpretation"] = make.InterpretationFactory(
        appointment=things["appointment"], language="ar", confirmed=True
    )
    things["session"] = make.GroupSessionFactory(service_point=world.office)
    things["meeting"] = make.MeetingFactory(session=world.session, on=clock.today() + timedelta(days=20))
    things["enrolment"] = make.EnrolmentFactory(session=world.session, person=world.person)
    things["other_session"] = make.MeetingFactory(on=clock.today() + timedelta(days=25)).session
    things["past_session"] = make.MeetingFactory(
        session__service_point=world.office, on=clock.today() - timedelta(days=40)
    ).session
    completed = make.EnrolmentFactory(session__service_point=world.office, completed=True)
    make.MeetingPresenceFactory(
        meeting=make.MeetingFactory(session=completed.session, on=clock.today() - timedelta(days=50)),
        enrolment=completed,
    )
    things["completed_session"] = completed.session
    things["attestation"] = make.AttestationFactory(
        enrolment__person=world.person,
        enrolment__completed=True,
        enrolment__session=make.MeetingFactory(on=clock.today() - timedelta(days=30)).session,
    )
    things["slot_day"] = add_working_days(clock.today(), 2)
    make.FileFactory(region=make.region("03"), number=FAR_NUMBER)
    things["access"] = make.BreakGlassFactory(file=world.file, user=agent, user_name=agent.name, over=True)
    make.ReadingFactory(file=world.file, user=agent, name=agent.name)


def _arrivals(world: World) -> None:
    things = world.things
    montreal = make.region("06")
    things["flight"] = make.FlightFactory(
        region=montreal, service_point=world.airport, number=FLIGHT, lands_on=clock.today()
    )
    things["party"] = make.PartyFactory(region=montreal)
    things["arrival"] = make.ArrivalFactory(
        region=montreal, flight=world.flight, party=world.party, family_name=PERSON, given_name="Attendue"
    )
    things["met_party"] = make.PartyFactory(region=montreal)
    make.ArrivalFactory(region=montreal, flight=world.flight, party=world.met_party, family_name=PERSON, met=True)
    things["opened_party"] = make.PartyFactory(region=montreal)
    opened = make.ArrivalFactory(
        region=montreal, flight=world.flight, party=world.opened_party, family_name=PERSON, with_file=True
    )
    things["opened_file"] = make.FileFactory(person=opened.person, service_point=world.office)
    things["joined_party"] = make.PartyFactory(region=montreal)  # one has an appointment, one came later
    first, later = (
        make.ArrivalFactory(
            region=montreal, flight=world.flight, party=world.joined_party, family_name=PERSON, with_file=True
        )
        for _ in range(2)
    )
    for arrival in (first, later):
        make.FileFactory(person=arrival.person, service_point=world.office)
    start = add_working_days(clock.today(), 3)
    make.AppointmentFactory(
        region=montreal, service_point=world.office, agent=world.users[Role.INTEGRATION_AGENT], persons=[first.person],
        starts_at=clock.at(start, 9), ends_at=clock.at(start, 10),
    )  # fmt: skip
    things["manifest"] = make.ManifestFactory(region=montreal)


def _partners(world: World) -> None:
    things = world.things
    things["organisation"] = make.OrganisationFactory(
        name=ORGANISATION, region=make.region("06"), address="1, rue d’Avant"
    )
    Organisation.objects.filter(pk=world.organisation.pk).update(address="2, rue d’Après")
    things["organisation_change"] = changes_of(world.organisation).order_by("-pk")[0]
    things["service"] = make.ServiceFactory(
        organisation=world.organisation,
        name="Service Permission",
        themes=[make.theme("french")],
        address="3, rue de l’Essai",
    )
    things["at_location"] = things["service"].main
    things["location"] = things["at_location"].location
    things["required_document"] = RequiredDocument.objects.create(service=things["service"], document="Bail")
    things["joining"] = ServiceJoining.objects.create(
        kept=things["service"], gone=new_uid(), gone_name="Service joint", joined_by=COLLEAGUE,
        reason="La même adresse.", before={"gone": service_fields(things["service"])},
    )  # fmt: skip
    things["alike_service"] = make.ServiceFactory(organisation=world.organisation, name="Service Permission 2")
    make.ServicePlacesFactory(capacity=0, service_at_location__service=things["alike_service"])
    things["hold"] = make.place_asked(things["alike_service"])  # with no place, it waits
    give_priority(system_actor("tests", Right.ORDER_WAITING), things["hold"], "Raison de l’essai.")
    ServiceClosure.objects.create(
        service=world.alike_service,
        starts_on=clock.today() + timedelta(days=30),
        ends_on=clock.today() + timedelta(days=40),
        reason="Travaux",
    )
    things["proposal"] = Proposal.objects.create(
        organisation=world.organisation, service=world.service, proposed_by=COLLEAGUE,
        before={"name": "Service Permission"}, after={"name": "Nom Permission"},
    )  # fmt: skip
    keeper = system_actor("tests", Right.MANAGE_DIRECTORY)
    choose_rhythm(keeper, world.organisation, 6)
    reckon(keeper)
    elsewhere = make.OrganisationFactory(region=make.region("06"))
    for role in sorted(PARTNER_ROLES):
        world.users[role.value] = make.OrganisationMemberFactory(organisation=world.organisation, role=role).user
        member = make.OrganisationMemberFactory(organisation=elsewhere, role=role)
        world.users[role.value + ELSEWHERE] = member.user
    shared = {
        "name": f"Amina {PERSON}",
        "phone": "",
        "email": "",
        "language": "ar",
        "need": "Besoin",
        "theme": "french",
    }
    answered = {"answers": [{"key": "french_level", "question": "Niveau de français ?", "answer": "3"}]}
    for state in ("sent", "accepted", "scheduled", "started", "declined", "completed"):
        need = make.NeedFactory(file=world.file, theme=make.theme("french"))
        things[f"{state}_referral"] = make.ReferralFactory(
            file=world.file, need=need, service=world.service, shared=shared | answered, **{state: True}
        )
    things["partner_note"] = make.NoteFactory(
        file=world.file, visibility="partner", referral=world.sent_referral, text="Mot à l’organisme"
    )
    things["consent"] = make.consented(world.file)
    things["consent_notice"] = make.ConsentNoticeFactory(referral=world.started_referral)
    make.ReferralMessageFactory(referral=world.accepted_referral)
    make.ReferralMessageFactory(referral=world.accepted_referral, from_partner=False)
    things["proposed_date"] = make.DateProposalFactory(referral=world.accepted_referral)
    things["correction"] = make.SharedAnswerReviewFactory(referral=world.accepted_referral, amended=True)
    things["colleague"] = make.OrganisationMemberFactory(organisation=world.organisation, user__name=COLLEAGUE)
    things["reason"] = make.own_reason()
    late = clock.today() - timedelta(days=40)
    things["overdue_referral"] = make.ReferralFactory(
        file=world.file, need=make.NeedFactory(file=world.file), service=world.service, shared=shared, sent=True,
        sent_on=late, answer_due=add_working_days(late, 10), reminder_due=add_working_days(late, 5),
    )  # fmt: skip


def _money(world: World) -> None:
    things = world.things
    things["agreement"] = make.AgreementFactory(
        region=make.region("06"), organisation=world.organisation, number=AGREEMENT
    )
    things["instalment"] = make.InstalmentFactory(agreement=world.agreement)
    things["withheld_instalment"] = make.InstalmentFactory(agreement=world.agreement, withheld=True)
    things["deliverable"] = make.DeliverableFactory(agreement=world.agreement, service=world.service)
    things["paid_agreement"] = make.AgreementFactory(region=make.region("06"), organisation=world.organisation)
    things["draft_agreement"] = make.AgreementFactory(
        region=make.region("06"), organisation=world.organisation, draft=True
    )
    things["local_action"] = make.LocalActionFactory(
        region=make.region("06"), title="Action Permission", happens_on=clock.today(), partners=[world.organisation]
    )
    things["cancelled_action"] = make.LocalActionFactory(region=make.region("06"), cancelled=True)


def _employers(world: World) -> None:
    things = world.things
    things["employer"] = make.EmployerFactory(name=EMPLOYER, region=make.region("06"))
    things["request"] = make.AccompanimentFactory(employer=world.employer)
    things["accompaniment"] = make.AccompanimentFactory(employer=world.employer, in_charge=True, subject="retention")
    for role in sorted(EMPLOYER_ROLES):
        world.users[role.value] = make.EmployerMemberFactory(employer=world.employer, role=role).user
        world.users[role.value + ELSEWHERE] = make.EmployerMemberFactory(role=role).user


def _privacy(world: World) -> None:
    """The registers: an incident in each state, a communication, requests on their way."""
    things, montreal = world.things, make.region("06")
    things["incident"] = make.IncidentFactory(region=montreal, description=f"Courriel sur {PERSON}")
    things["serious_incident"] = make.IncidentFactory(region=montreal, serious=True)
    things["communication"] = make.CommunicationFactory(region=montreal, concerned=PERSON)
    things["linked_incident"] = make.IncidentFactory(region=montreal)
    world.linked_incident.persons.add(world.person)
    things["linked_communication"] = make.CommunicationFactory(region=montreal)
    world.linked_communication.persons.add(world.person)
    things["asked"] = make.PersonRequestFactory(person=world.person, acknowledged_on=clock.today())
    things["letter"] = make.PersonRequestFactory(person=world.person, received_by="mail")
    things["verified_request"] = make.PersonRequestFactory(person=world.person, verified=True)
    things["worked_request"] = make.PersonRequestFactory(person=world.person, in_progress=True)
    things["extended_request"] = make.PersonRequestFactory(person=world.person, extended=True)
    things["retention_rule"] = make.retention_rule()
    things["retention_run"] = make.DueRecordFactory(run__region=montreal).run
    things["executed_run"] = make.CertificateFactory(run__region=montreal).run
    things["granted_request"] = make.CopyFactory(request__person=world.person).request
    things["refused_request"] = make.PersonRequestFactory(person=world.person, rectification=True, refused=True)
