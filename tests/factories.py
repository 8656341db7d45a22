"""Factories of every model, with traits for its states. One call gives a record that the database accepts.

Everything is in Montréal (06) unless told: `FileFactory(region=region("13"))`, and for what hangs on a file or an
agreement `NeedFactory(file__region=region("13"))`.
Reference data (regions, themes, programmes, questionnaires) is looked up, never made. Passwords: `PASSWORD`.
"""

import hashlib
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any, TypeVar
from uuid import uuid4

from django.db import connection
from django.db.models import Model
from django.utils import timezone
from factory import (
    LazyAttribute,
    LazyFunction,
    RelatedFactory,
    SelfAttribute,
    Sequence,
    SubFactory,
    Trait,
    lazy_attribute,
    post_generation,
)
from factory.django import DjangoModelFactory, Password

from arrimage.accounts.encryption import encrypt
from arrimage.accounts.enums import Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor, actor_of
from arrimage.agreements.enums import AgreementStatus, InstalmentStatus, LocalActionStatus, Measure
from arrimage.agreements.models import Agreement, Deliverable, Instalment, LocalAction, Stream
from arrimage.attachments import keys, storage
from arrimage.attachments.enums import AttachmentKind, AttachmentState, MediaType
from arrimage.attachments.models import Attachment
from arrimage.casework.enums import (
    AmendmentKind,
    AssessmentStatus,
    ClosingReason,
    DocumentKind,
    Employment,
    FileStatus,
    MessageChannel,
    MessageReason,
    MilestoneResult,
    NeedStatus,
    NoteVisibility,
    Outcome,
    PlanStatus,
    ReferralStatus,
    Residence,
    Settlement,
    StepStatus,
    Verdict,
)
from arrimage.casework.models import (
    Absence,
    AbsenceCover,
    AgentProfile,
    Amendment,
    AppointmentMessage,
    Assessment,
    Closing,
    ConsentNotice,
    DateProposal,
    DeclinedProposal,
    DeclineReason,
    Document,
    File,
    FileMove,
    FollowUp,
    Goal,
    Handover,
    MilestoneContact,
    Need,
    Note,
    NoteTemplate,
    Plan,
    PlannedContact,
    PlanVersion,
    Referral,
    ReferralMessage,
    SharedAnswerReview,
    Step,
    Transfer,
    TransferredFile,
)
from arrimage.casework.rules import answer_due, file_number, first_appointment_due
from arrimage.casework.transfer_enums import TransferGround
from arrimage.directory.enums import OrganisationKind
from arrimage.directory.models import (
    Location,
    Organisation,
    OrganisationMember,
    PlaceHold,
    Service,
    ServiceAtLocation,
    ServicePlaces,
    Theme,
)
from arrimage.directory.where import Where, place_services
from arrimage.employers.enums import AccompanimentStatus, AccompanimentSubject
from arrimage.employers.models import Accompaniment, Employer, EmployerMember
from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from arrimage.occupations.models import Occupation
from arrimage.people.enums import (
    Category,
    FrenchSource,
    IdentifierKind,
    LinkKind,
    NameKind,
    OccupationKind,
    Relation,
    SchoolLevel,
)
from arrimage.people.identifiers import PURPOSE, digests_of
from arrimage.people.merging.rules import FIELDS
from arrimage.people.models import (
    FamilyLink,
    FrenchLevel,
    Household,
    Member,
    Person,
    PersonAccount,
    PersonIdentifier,
    PersonLanguage,
    PersonMerge,
    PersonName,
    PersonOccupation,
    PersonStatus,
    Schooling,
)
from arrimage.people.rules import plain_number
from arrimage.privacy.consents.enums import GivenBy, Means, Purpose
from arrimage.privacy.consents.models import Consent, ConsentText, Refusal
from arrimage.privacy.consents.rules import months_later
from arrimage.privacy.journal.enums import Basis, Finding, Motive, ObjectKind, What
from arrimage.privacy.journal.models import BreakGlass, Reading
from arrimage.privacy.registers.enums import (
    Ground,
    IdentityProof,
    IncidentKind,
    IncidentStatus,
    ReceivedBy,
    RefusalGround,
    RequestKind,
    RequestStatus,
)
from arrimage.privacy.registers.models import Communication, Copy, CopyContent, Incident, PersonRequest, Statement
from arrimage.privacy.registers.rules import answer_due as request_due
from arrimage.privacy.registers.rules import copy_until, incident_kept_until
from arrimage.privacy.retention.enums import RunStatus
from arrimage.privacy.retention.models import Certificate, DueRecord, RetentionRule, RetentionRun
from arrimage.questionnaires.models import QuestionnaireVersion
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Flight, Manifest, Party
from arrimage.reporting.models import BilanText
from arrimage.scheduling.enums import (
    AppointmentKind,
    AppointmentStatus,
    EnrolmentStatus,
    InterpretationStatus,
    SessionStatus,
)
from arrimage.scheduling.models import (
    Appointment,
    Attestation,
    CalendarFeed,
    Closure,
    Enrolment,
    GroupSession,
    Interpretation,
    Interpreter,
    InterpreterRate,
    Meeting,
    MeetingPresence,
    Room,
    SessionProgramme,
    SlotTemplate,
    Timetable,
    WaitingEntry,
)
from arrimage.territory.enums import ServicePointKind
from arrimage.territory.models import Place, Region, ServicePoint
from arrimage.territory.working_days import add_working_days

Made = TypeVar("Made", bound=Model)
PASSWORD = "motdepasse-des-tests"
DEPLOYED = date(2020, 7, 1)


def region(code: str = "06") -> Region:
    """Return one of the seventeen regions."""
    return Region.objects.get(code=code)


def theme(code: str = "french") -> Theme:
    """Return one of the common themes of need."""
    return Theme.objects.get(code=code, region=None)


def stream(programme: str = "pasi", code: str | None = None) -> Stream:
    """Return a stream of a programme, the first one unless told."""
    streams = Stream.objects.filter(programme__code=programme).order_by("code")
    return streams.get(code=code) if code else streams[0]


def questionnaire() -> QuestionnaireVersion:
    """Return the latest published version of a questionnaire for assessments."""
    return QuestionnaireVersion.objects.filter(published_at__isnull=False).order_by("-number", "pk")[0]


def actor(role: Role = Role.REGIONAL_DIRECTOR, code: str | None = "06", **fields: Any) -> Actor:
    """Return somebody acting in a staff role; `code=None` for the whole of Québec."""
    return actor_of(RoleGrantFactory(role=role, region=region(code) if code else None, **fields))


def worker_of(organisation: Organisation, role: Role = Role.PARTNER_WORKER) -> Actor:
    """Return somebody of an organisation."""
    return actor_of(OrganisationMemberFactory(organisation=organisation, role=role))


def oneself(person: Person) -> Actor:
    """Return a newcomer, on their own pages."""
    return actor_of(PersonAccountFactory(person=person))


def _days(count: int) -> Callable[[], date]:
    return lambda: clock.today() + timedelta(days=count)


class Factory(DjangoModelFactory[Made]):
    class Meta:
        abstract = True
        skip_postgeneration_save = True


class Regional(Factory[Made]):
    class Meta:
        abstract = True

    region = LazyFunction(region)


# --- Territory and accounts -----------------------------------------------------------------------------------------
class ServicePointFactory(Regional[ServicePoint]):
    class Meta:
        model = ServicePoint

    class Params:
        airport = Trait(kind=ServicePointKind.AIRPORT, name=Sequence(lambda n: f"Aéroport {n}"), host="")

    kind = ServicePointKind.OFFICE
    name = Sequence(lambda n: f"Point de services {n}")
    host = "Services Québec"
    address = Sequence(lambda n: f"{n + 1}, rue Sherbrooke Est")
    opened_on = DEPLOYED


class UserFactory(Factory[User]):
    class Meta:
        model = User

    class Params:
        # Somebody of the directorate, whose role is over: named on what they did, counted nowhere.
        agent = Trait(
            grant=RelatedFactory(
                "tests.factories.RoleGrantFactory",
                "user",
                role=Role.INTEGRATION_AGENT,
                starts_on=date(1990, 1, 1),
                ends_on=date(1990, 1, 2),
            )
        )

    email = Sequence(lambda n: f"personne.{n}@demo.example")
    name = Sequence(lambda n: f"Camille Tremblay-{n}")
    password = Password(PASSWORD)


class RoleGrantFactory(Factory[RoleGrant]):
    """`RoleGrantFactory(role=Role.MINISTRY_ANALYST, region=None)` for the whole of Québec."""

    class Meta:
        model = RoleGrant

    user = SubFactory(UserFactory)
    role = Role.INTEGRATION_AGENT
    region = LazyFunction(region)
    starts_on = DEPLOYED


# --- People ---------------------------------------------------------------------------------------------------------
class PersonFactory(Regional[Person]):
    class Meta:
        model = Person

    given_name = Sequence(lambda n: f"Nadia {n}")
    family_name = Sequence(lambda n: f"Haddad {n}")
    birth_date = date(1988, 4, 12)
    preferred_language = "ar"


class HouseholdFactory(Regional[Household]):
    class Meta:
        model = Household


class MemberFactory(Factory[Member]):
    class Meta:
        model = Member

    household = SubFactory(HouseholdFactory, region=SelfAttribute("..person.region"))
    person = SubFactory(PersonFactory)
    relation = Relation.PRINCIPAL
    starts_on = LazyFunction(_days(-30))


class PersonStatusFactory(Factory[PersonStatus]):
    class Meta:
        model = PersonStatus

    person = SubFactory(PersonFactory)
    category = Category.SKILLED_WORKER
    starts_on = LazyFunction(_days(-30))


class PersonAccountFactory(Factory[PersonAccount]):
    class Meta:
        model = PersonAccount

    user = SubFactory(UserFactory)
    role = Role.NEWCOMER
    starts_on = DEPLOYED
    person = SubFactory(PersonFactory)


# --- Directory ------------------------------------------------------------------------------------------------------
class OrganisationFactory(Regional[Organisation]):
    class Meta:
        model = Organisation

    class Params:
        city = Trait(  # the government of the region's main city
            kind=OrganisationKind.MUNICIPALITY,
            municipality=LazyAttribute(lambda o: o.region.main_city),
            name=Sequence(lambda n: f"Ville {n}"),
        )

    name = Sequence(lambda n: f"Organisme {n}")
    kind = OrganisationKind.COMMUNITY
    email = Sequence(lambda n: f"organisme.{n}@demo.example")


class ServiceFactory(Factory[Service]):
    """`themes=[theme("housing")]`; French unless told; at a `place` and an `address`, if any."""

    class Meta:
        model = Service

    organisation = SubFactory(OrganisationFactory)
    name = Sequence(lambda n: f"Service {n}")
    languages = LazyFunction(lambda: ["fr"])
    contact_email = Sequence(lambda n: f"service.{n}@demo.example")

    @post_generation
    def themes(self, create: bool, extracted: Any, **_: Any) -> None:
        if create:
            self.themes.set([theme()] if extracted is None else extracted)

    @post_generation
    def place(self, create: bool, extracted: Place | None, **_: Any) -> None:
        if create and extracted:
            place_services({self.pk: Where(self.address, extracted.pk)})

    @post_generation
    def address(self, create: bool, extracted: str | None, **_: Any) -> None:
        if create and extracted:
            place_services({self.pk: Where(extracted, self.place.pk if self.place else None)})


class OrganisationMemberFactory(Factory[OrganisationMember]):
    class Meta:
        model = OrganisationMember

    user = SubFactory(UserFactory)
    role = Role.PARTNER_WORKER
    starts_on = DEPLOYED
    organisation = SubFactory(OrganisationFactory)


# --- Scheduling -----------------------------------------------------------------------------------------------------
class AppointmentFactory(Factory[Appointment]):
    """`persons=[…]` attend; one is made unless told. An hour long, at ten on the day `on` unless told."""

    class Meta:
        model = Appointment

    class Params:
        on = LazyFunction(_days(3))
        region_of = LazyFunction(region)
        kept = Trait(status=AppointmentStatus.KEPT)
        no_show = Trait(status=AppointmentStatus.NO_SHOW)
        cancelled = Trait(status=AppointmentStatus.CANCELLED)
        offered = Trait(status=AppointmentStatus.OFFERED, held_until=LazyAttribute(lambda o: o.starts_at))

    service_point = SubFactory(ServicePointFactory, region=SelfAttribute("..region_of"))
    region = SelfAttribute("service_point.region")
    agent = SubFactory(UserFactory, agent=True)
    kind = AppointmentKind.FIRST
    starts_at = LazyAttribute(lambda o: clock.at(o.on, 10))
    ends_at = LazyAttribute(lambda o: o.starts_at + timedelta(hours=1))

    @post_generation
    def persons(self, create: bool, extracted: Any, **_: Any) -> None:
        if create:
            self.persons.set([PersonFactory()] if extracted is None else extracted)


class WaitingEntryFactory(Factory[WaitingEntry]):
    """Waits for a first appointment, at the `points` given."""

    class Meta:
        model = WaitingEntry

    region = LazyFunction(region)
    person = SubFactory(PersonFactory)
    kind = AppointmentKind.FIRST

    @post_generation
    def points(self, create: bool, extracted: Any, **_: Any) -> None:
        if create:
            self.service_points.set(extracted or [])


class RoomFactory(Factory[Room]):
    class Meta:
        model = Room

    service_point = SubFactory(ServicePointFactory)
    name = Sequence(lambda n: f"Salle {n}")


class TimetableFactory(Factory[Timetable]):
    """From nine to noon and one to four, Monday to Friday, all year."""

    class Meta:
        model = Timetable

    service_point = SubFactory(ServicePointFactory)
    name = Sequence(lambda n: f"Horaire {n}")
    week = LazyFunction(lambda: [[[540, 720], [780, 960]]] * 5 + [[], []])


class ClosureFactory(Factory[Closure]):
    class Meta:
        model = Closure

    service_point = SubFactory(ServicePointFactory)
    first_on = LazyFunction(_days(4))
    last_on = SelfAttribute("first_on")
    reason = "Formation du personnel"


class SlotTemplateFactory(Factory[SlotTemplate]):
    """First appointments of an hour from nine to eleven, Monday to Friday, one at a time."""

    class Meta:
        model = SlotTemplate

    service_point = SubFactory(ServicePointFactory)
    kind = AppointmentKind.FIRST
    weekdays = LazyFunction(lambda: [1, 2, 3, 4, 5])
    starts_at = time(9)
    ends_at = time(11)
    minutes = 60


class SessionProgrammeFactory(Factory[SessionProgramme]):
    class Meta:
        model = SessionProgramme

    code = Sequence(lambda n: f"programme-{n}")
    name = Sequence(lambda n: f"Programme {n}")
    hours = Decimal(24)
    attested_hours = Decimal(20)


class GroupSessionFactory(Factory[GroupSession]):
    """A planned session of twelve places, without a meeting: `MeetingFactory(session=…)` adds them."""

    class Meta:
        model = GroupSession

    class Params:
        region_of = LazyFunction(region)
        held = Trait(status=SessionStatus.HELD)
        cancelled = Trait(status=SessionStatus.CANCELLED)

    programme = SubFactory(SessionProgrammeFactory)
    service_point = SubFactory(ServicePointFactory, region=SelfAttribute("..region_of"))
    region = SelfAttribute("service_point.region")
    places = 12


class MeetingFactory(Factory[Meeting]):
    """From nine to noon on the day `on`, in four days unless told."""

    class Meta:
        model = Meeting

    class Params:
        on = LazyFunction(_days(4))

    session = SubFactory(GroupSessionFactory)
    starts_at = LazyAttribute(lambda o: clock.at(o.on, 9))
    ends_at = LazyAttribute(lambda o: o.starts_at + timedelta(hours=3))


class EnrolmentFactory(Factory[Enrolment]):
    """A person seated in a session; `waiting` for a place, or `cancelled`."""

    class Meta:
        model = Enrolment

    class Params:
        waiting = Trait(status=EnrolmentStatus.WAITING)
        cancelled = Trait(status=EnrolmentStatus.CANCELLED)
        completed = Trait(status=EnrolmentStatus.COMPLETED)

    session = SubFactory(GroupSessionFactory)
    person = SubFactory(PersonFactory)
    status = EnrolmentStatus.ENROLLED


class MeetingPresenceFactory(Factory[MeetingPresence]):
    class Meta:
        model = MeetingPresence

    enrolment = SubFactory(EnrolmentFactory)
    meeting = SubFactory(MeetingFactory, session=SelfAttribute("..enrolment.session"))
    presence = "present"


class AttestationFactory(Factory[Attestation]):
    class Meta:
        model = Attestation

    enrolment = SubFactory(EnrolmentFactory, completed=True)
    hours = Decimal(22)
    issued_on = LazyFunction(clock.today)


class InterpreterFactory(Regional[Interpreter]):
    class Meta:
        model = Interpreter

    name = Sequence(lambda n: f"Interprète Essai-{n}")
    languages = LazyFunction(lambda: ["es", "ar"])
    email = Sequence(lambda n: f"interprete-{n}@banque.example")


class InterpreterRateFactory(Factory[InterpreterRate]):
    class Meta:
        model = InterpreterRate

    interpreter = SubFactory(InterpreterFactory)
    hourly = Decimal("60.00")
    first_on = LazyFunction(_days(-365))


class InterpretationFactory(Factory[Interpretation]):
    """An interpreter asked for an appointment; `confirmed` and `done` are traits."""

    class Meta:
        model = Interpretation

    class Params:
        confirmed = Trait(status=InterpretationStatus.CONFIRMED)
        done = Trait(status=InterpretationStatus.DONE, minutes=60)
        declined = Trait(status=InterpretationStatus.DECLINED)

    appointment = SubFactory(AppointmentFactory)
    region = SelfAttribute("appointment.region")
    interpreter = SubFactory(InterpreterFactory, region=SelfAttribute("..region"))
    language = "es"


# --- Employers ------------------------------------------------------------------------------------------------------
class EmployerFactory(Regional[Employer]):
    class Meta:
        model = Employer

    neq = Sequence(lambda n: f"11{n:08}")
    name = Sequence(lambda n: f"Entreprise {n}")
    email = Sequence(lambda n: f"entreprise.{n}@demo.example")


class AccompanimentFactory(Factory[Accompaniment]):
    """Requested unless a trait says otherwise; in the employer's region unless told."""

    class Meta:
        model = Accompaniment

    class Params:
        in_charge = Trait(
            status=AccompanimentStatus.IN_CHARGE,
            in_charge_on=SelfAttribute("requested_on"),
            advisor=SubFactory(UserFactory, agent=True),
        )
        done = Trait(in_charge=True, status=AccompanimentStatus.DONE, ended_on=LazyFunction(clock.today))
        unreachable = Trait(status=AccompanimentStatus.UNREACHABLE, ended_on=LazyFunction(clock.today))

    employer = SubFactory(EmployerFactory)
    region = SelfAttribute("employer.region")
    subject = AccompanimentSubject.RECRUITMENT
    requested_on = LazyFunction(_days(-15))


class EmployerMemberFactory(Factory[EmployerMember]):
    class Meta:
        model = EmployerMember

    user = SubFactory(UserFactory)
    role = Role.EMPLOYER_ADMINISTRATOR
    starts_on = DEPLOYED
    employer = SubFactory(EmployerFactory)


# --- Consents -------------------------------------------------------------------------------------------------------
def consent_text(purpose: Purpose = Purpose.PLAN_REFERRALS, language: str = "fr") -> ConsentText:
    """Return the last published text of a purpose."""
    return ConsentText.objects.filter(purpose=purpose, language=language).order_by("-number")[0]


class ConsentFactory(Factory[Consent]):
    """Given today by a tick, to be referred to the organisations of one's plan, for a year less a day.

    `named=True` for one organisation (`recipient=…`), `by_parent=True`, `signed=True`, `withdrawn=True`.
    """

    class Meta:
        model = Consent

    class Params:
        named = Trait(
            purpose=Purpose.REFERRAL, recipient=SubFactory(OrganisationFactory, region=SelfAttribute("..region"))
        )
        by_parent = Trait(given_by=GivenBy.PARENT, guardian_name="Samir Haddad")
        signed = Trait(means=Means.SIGNATURE, signature=[[[10, 100], [200, 40], [300, 120], [400, 60], [590, 100]]])
        withdrawn = Trait(withdrawn_on=LazyFunction(clock.today))

    person = SubFactory(PersonFactory)
    region = LazyFunction(region)
    purpose = Purpose.PLAN_REFERRALS
    text = LazyAttribute(lambda o: consent_text(o.purpose))
    means = Means.TICK
    given_on = LazyFunction(clock.today)
    expires_on = LazyAttribute(lambda o: o.given_on + timedelta(days=364))


class RefusalFactory(Factory[Refusal]):
    class Meta:
        model = Refusal

    person = SubFactory(PersonFactory)
    region = LazyFunction(region)
    organisation = SubFactory(OrganisationFactory)


def consented(file: File) -> Consent:
    """Let a file's person be referred to any organisation, whenever: the consent is made unless it is there."""
    known = Consent.objects.filter(
        person=file.person, region=file.region, purpose=Purpose.PLAN_REFERRALS, withdrawn_on=None
    ).first()
    return known or ConsentFactory(
        person=file.person, region=file.region, given_on=date(2020, 1, 1), expires_on=date(2099, 12, 31)
    )


def answers_consented(file: File, organisation: Organisation) -> Consent:
    """Let the answers of a file's person go to an organisation, whenever: the consent is made unless it is there."""
    given = {"person": file.person, "region": file.region, "recipient": organisation}
    known = Consent.objects.filter(**given, purpose=Purpose.ASSESSMENT_SHARING, withdrawn_on=None).first()
    return known or ConsentFactory(
        **given, purpose=Purpose.ASSESSMENT_SHARING, given_on=date(2020, 1, 1), expires_on=date(2099, 12, 31)
    )


# --- Casework -------------------------------------------------------------------------------------------------------
class FileFactory(Regional[File]):
    """Active, opened today, its first appointment due five working days after arrival."""

    class Meta:
        model = File

    class Params:
        closed = Trait(status=FileStatus.CLOSED, closed_on=SelfAttribute("opened_on"))
        transferred = Trait(status=FileStatus.TRANSFERRED, closed_on=SelfAttribute("opened_on"))
        serial = Sequence(lambda n: 500_000 + n)  # far from the numbers that `open_files` gives

    number = LazyAttribute(lambda o: file_number(o.region.file_prefix, o.opened_on.year, o.serial))
    person = SubFactory(PersonFactory, region=SelfAttribute("..region"))
    service_point = SubFactory(ServicePointFactory, region=SelfAttribute("..region"))
    opened_on = LazyFunction(clock.today)
    arrived_on = SelfAttribute("opened_on")
    first_appointment_due = LazyAttribute(lambda o: first_appointment_due(o.arrived_on) if o.arrived_on else None)


class OnFile(Factory[Made]):
    class Meta:
        abstract = True

    file = SubFactory(FileFactory)
    region = SelfAttribute("file.region")


class AssessmentFactory(OnFile[Assessment]):
    class Meta:
        model = Assessment

    class Params:
        completed = Trait(status=AssessmentStatus.COMPLETED, completed_at=LazyFunction(clock.now))

    questionnaire = LazyFunction(questionnaire)
    started_at = LazyFunction(clock.now)


class NeedFactory(OnFile[Need]):
    class Meta:
        model = Need

    class Params:
        met = Trait(status=NeedStatus.MET, closed_on=LazyFunction(clock.today))
        not_met = Trait(status=NeedStatus.NOT_MET, closed_on=LazyFunction(clock.today))

    theme = LazyFunction(theme)
    label = Sequence(lambda n: f"Cours de français {n}")


class PlanFactory(OnFile[Plan]):
    class Meta:
        model = Plan

    class Params:
        agreed = Trait(status=PlanStatus.AGREED, agreed_on=LazyFunction(clock.today))


class OnPlan(Factory[Made]):
    class Meta:
        abstract = True

    plan = SubFactory(PlanFactory)
    file = SelfAttribute("plan.file")
    region = SelfAttribute("plan.region")


class GoalFactory(OnPlan[Goal]):
    class Meta:
        model = Goal

    words = "Travailler dans mon domaine, en français."


class PlanVersionFactory(OnPlan[PlanVersion]):
    class Meta:
        model = PlanVersion

    number = 1
    content = LazyFunction(lambda: {"goals": [], "steps": []})
    digest = "0" * 64
    agreed_on = LazyFunction(clock.today)


class AmendmentFactory(OnPlan[Amendment]):
    class Meta:
        model = Amendment

    since = 1
    kind = AmendmentKind.GOAL_ADDED
    after = LazyFunction(lambda: {"words": "Apprendre à nager.", "language": "fr"})


class DeclinedProposalFactory(OnPlan[DeclinedProposal]):
    class Meta:
        model = DeclinedProposal

    need = SubFactory(NeedFactory, file=SelfAttribute("..file"))
    rule = "usual"


class StepFactory(Factory[Step]):
    class Meta:
        model = Step

    class Params:
        done = Trait(status=StepStatus.DONE, done_on=LazyFunction(clock.today))

    plan = SubFactory(PlanFactory)
    file = SelfAttribute("plan.file")
    region = SelfAttribute("plan.region")
    title = Sequence(lambda n: f"Démarche {n}")
    due_on = LazyFunction(_days(20))


class FollowUpFactory(OnFile[FollowUp]):
    class Meta:
        model = FollowUp

    note = "Tout va bien."


class ReferralFactory(OnFile[Referral]):
    """A draft unless a trait says otherwise; sent today unless `sent_on` says otherwise, with the person's consent."""

    class Meta:
        model = Referral

    class Params:
        sent = Trait(
            status=ReferralStatus.SENT,
            sent_on=LazyFunction(clock.today),
            answer_due=LazyAttribute(lambda o: answer_due(o.sent_on)),
        )
        accepted = Trait(sent=True, status=ReferralStatus.ACCEPTED, answered_on=SelfAttribute("sent_on"))
        declined = Trait(
            sent=True,
            status=ReferralStatus.DECLINED,
            answered_on=SelfAttribute("sent_on"),
            decline_reason=LazyFunction(lambda: DeclineReason.objects.get(code="no_place")),
        )
        expired = Trait(sent=True, status=ReferralStatus.EXPIRED)
        scheduled = Trait(accepted=True, status=ReferralStatus.SCHEDULED, scheduled_for=SelfAttribute("sent_on"))
        attended = Trait(scheduled=True, status=ReferralStatus.ATTENDED)
        started = Trait(accepted=True, status=ReferralStatus.STARTED, started_on=SelfAttribute("sent_on"))
        stopped = Trait(started=True, status=ReferralStatus.STOPPED, ended_on=LazyFunction(clock.today))
        completed = Trait(
            started=True,
            status=ReferralStatus.COMPLETED,
            ended_on=LazyFunction(clock.today),
            outcome=Outcome.REACHED,
        )

    need = SubFactory(NeedFactory, file=SelfAttribute("..file"))
    service = SubFactory(ServiceFactory, organisation__region=SelfAttribute("...region"))
    organisation = SelfAttribute("service.organisation")

    @classmethod
    def _create(cls, model_class: type[Referral], *args: Any, **kwargs: Any) -> Referral:
        """Make the consents it needs first: no referral leaves without one, nor answers without theirs."""
        if kwargs.get("status", ReferralStatus.DRAFT) not in (ReferralStatus.DRAFT, ReferralStatus.CANCELLED):
            consented(kwargs["file"])
        if "answers" in kwargs.get("shared", {}):
            answers_consented(kwargs["file"], kwargs["organisation"])
        return super()._create(model_class, *args, **kwargs)


class ConsentNoticeFactory(Factory[ConsentNotice]):
    """What an organisation was told today, of a referral under way unless `is_cancelled=True`."""

    class Meta:
        model = ConsentNotice

    referral = SubFactory(ReferralFactory, started=True)
    region = SelfAttribute("referral.region")
    organisation = SelfAttribute("referral.organisation")
    service = SelfAttribute("referral.service")
    sent_on = SelfAttribute("referral.sent_on")
    withdrawn_on = LazyFunction(clock.today)
    is_cancelled = False


# --- Agreements -----------------------------------------------------------------------------------------------------
class AgreementFactory(Regional[Agreement]):
    """Signed today under PASI for a year unless told; `draft=True`, `closed=True`, `annulled=True`."""

    class Meta:
        model = Agreement

    class Params:
        draft = Trait(status=AgreementStatus.DRAFT, signed_on=None, starts_on=LazyFunction(clock.today))
        closed = Trait(status=AgreementStatus.CLOSED)
        annulled = Trait(status=AgreementStatus.ANNULLED)

    number = Sequence(lambda n: f"ENT-{n:05}")
    organisation = SubFactory(OrganisationFactory, region=SelfAttribute("..region"))
    stream = LazyFunction(stream)
    title = Sequence(lambda n: f"Projet {n}")
    status = AgreementStatus.SIGNED
    signed_on = LazyFunction(clock.today)
    starts_on = LazyAttribute(lambda o: o.signed_on or clock.today())
    ends_on = LazyAttribute(lambda o: o.starts_on + timedelta(days=364))
    committed = Decimal("100000.00")


class OnAgreement(Factory[Made]):
    class Meta:
        abstract = True

    agreement = SubFactory(AgreementFactory)
    region = SelfAttribute("agreement.region")


class InstalmentFactory(OnAgreement[Instalment]):
    class Meta:
        model = Instalment

    class Params:
        released = Trait(status=InstalmentStatus.RELEASED, released_on=LazyFunction(clock.today))
        withheld = Trait(status=InstalmentStatus.WITHHELD)

    sequence = Sequence(lambda n: n % 30_000 + 1)
    amount = Decimal("25000.00")
    due_on = LazyFunction(_days(30))


class DeliverableFactory(OnAgreement[Deliverable]):
    class Meta:
        model = Deliverable

    service = SubFactory(ServiceFactory, organisation=SelfAttribute("..agreement.organisation"))
    label = Sequence(lambda n: f"Livrable {n}")
    measure = Measure.REFERRALS_COMPLETED
    target = 10


class LocalActionFactory(Regional[LocalAction]):
    """`partners=[…]`; one organisation of the region unless told, none with `partners=[]`."""

    class Meta:
        model = LocalAction

    class Params:
        carried_out = Trait(status=LocalActionStatus.CARRIED_OUT, participants=40)
        cancelled = Trait(status=LocalActionStatus.CANCELLED)

    title = Sequence(lambda n: f"Fête des voisins {n}")
    happens_on = LazyFunction(clock.today)

    @post_generation
    def partners(self, create: bool, extracted: Any, **_: Any) -> None:
        if create:
            self.partners.set([OrganisationFactory(region=self.region)] if extracted is None else extracted)


# --- Reception ------------------------------------------------------------------------------------------------------
class ManifestFactory(Regional[Manifest]):
    class Meta:
        model = Manifest

    filename = Sequence(lambda n: f"manifeste-{n}.csv")
    row_count = 1
    created_count = 1
    updated_count = 0


class FlightFactory(Regional[Flight]):
    class Meta:
        model = Flight

    service_point = SubFactory(ServicePointFactory, airport=True, region=SelfAttribute("..region"))
    number = Sequence(lambda n: f"AC{n:04}")
    lands_on = LazyFunction(clock.today)


class PartyFactory(Regional[Party]):
    class Meta:
        model = Party

    reference = Sequence(lambda n: f"GROUPE-{n}")


class ArrivalFactory(Regional[Arrival]):
    """Expected unless `met=True` (at noon of the flight's day)."""

    class Meta:
        model = Arrival

    class Params:
        met = Trait(outcome=ArrivalOutcome.MET, met_at=LazyAttribute(lambda o: clock.at(o.flight.lands_on, 12)))
        no_show = Trait(outcome=ArrivalOutcome.NO_SHOW)
        with_file = Trait(
            met=True, person=SubFactory(PersonFactory, uid=SelfAttribute("..uid"), region=SelfAttribute("..region"))
        )

    uid = LazyFunction(new_uid)
    flight = SubFactory(FlightFactory, region=SelfAttribute("..region"))
    party = SubFactory(PartyFactory, region=SelfAttribute("..region"))
    given_name = Sequence(lambda n: f"Omar {n}")
    family_name = Sequence(lambda n: f"Nasser {n}")
    birth_date = date(1990, 1, 15)
    language = "ar"
    category = Category.STATE_SUPPORTED_REFUGEE


# --- The registers of privacy ---------------------------------------------------------------------------------------
class IncidentFactory(Factory[Incident]):
    """To be assessed unless a trait says otherwise; known today."""

    class Meta:
        model = Incident

    class Params:
        assessed = Trait(
            status=IncidentStatus.ASSESSED,
            serious_risk=False,
            conclusion="Rien n’est sorti du bureau.",
            assessed_on=SelfAttribute("aware_on"),
        )
        serious = Trait(assessed=True, serious_risk=True)
        closed = Trait(assessed=True, status=IncidentStatus.CLOSED, closed_on=SelfAttribute("aware_on"))

    number = Sequence(lambda n: f"INC-2001-{n:04}")
    region = LazyFunction(region)
    kind = IncidentKind.COMMUNICATION
    description = "Un courriel est parti à une mauvaise adresse."
    aware_on = LazyFunction(clock.today)
    keep_until = LazyAttribute(lambda o: incident_kept_until(o.aware_on))


class CommunicationFactory(Factory[Communication]):
    class Meta:
        model = Communication

    number = Sequence(lambda n: f"COM-2001-{n:04}")
    region = LazyFunction(region)
    made_on = LazyFunction(clock.today)
    information = "Nom et adresse"
    concerned = "Une personne accompagnée"
    recipient = "Service de police"
    purpose = "Retrouver une personne en danger"
    ground = Ground.S59_1
    reason = "Menace sérieuse et pressante"
    decided_by = "Camille Tremblay"


class PersonRequestFactory(Factory[PersonRequest]):
    """For access, received today by the portal, unless told; `verified`, `in_progress`, `granted`, `refused`."""

    class Meta:
        model = PersonRequest

    class Params:
        verified = Trait(
            status=RequestStatus.VERIFIED,
            identity_proof=IdentityProof.ACCOUNT,
            identity_verified_on=SelfAttribute("received_on"),
        )
        in_progress = Trait(verified=True, status=RequestStatus.IN_PROGRESS)
        granted = Trait(
            verified=True,
            status=RequestStatus.GRANTED,
            answered_on=SelfAttribute("received_on"),
            answer="Voici votre copie.",
        )
        refused = Trait(
            verified=True,
            status=RequestStatus.REFUSED,
            answered_on=SelfAttribute("received_on"),
            answer="Nous ne pouvons pas faire cette correction.",
            refusal_ground=RefusalGround.EXACT,
            refusal_explanation="Le document reçu porte cette date.",
        )
        rectification = Trait(
            kind=RequestKind.RECTIFICATION,
            field="Date de naissance",
            current_value="12 avril 1988",
            wanted_value="21 avril 1988",
        )
        extended = Trait(
            extended_on=SelfAttribute("received_on"),
            extension_reason="Des pièces sont à retrouver.",
            due_on=LazyAttribute(lambda o: request_due(o.received_on, extended=True)),
        )

    number = Sequence(lambda n: f"DEM-2001-{n:04}")
    kind = RequestKind.ACCESS
    person = SubFactory(PersonFactory)
    region = SelfAttribute("person.region")
    requester = SelfAttribute("person.full_name")
    received_by = ReceivedBy.PORTAL
    received_on = LazyFunction(clock.today)
    due_on = LazyAttribute(lambda o: request_due(o.received_on))


class StatementFactory(Factory[Statement]):
    class Meta:
        model = Statement

    request = SubFactory(PersonRequestFactory, rectification=True, refused=True)
    person = SelfAttribute("request.person")
    region = SelfAttribute("person.region")
    text = "Ma date de naissance est le 21 avril 1988."


class CopyFactory(Factory[Copy]):
    """A copy with its content, `data=b"…"`."""

    class Meta:
        model = Copy

    class Params:
        data = b"PK une archive"

    request = SubFactory(PersonRequestFactory, granted=True)
    person = SelfAttribute("request.person")
    size = LazyAttribute(lambda o: len(o.data))
    sha256 = LazyAttribute(lambda o: hashlib.sha256(o.data).hexdigest())
    available_until = LazyAttribute(lambda o: copy_until(clock.today()))

    @post_generation
    def content(self, create: bool, extracted: Any, **_: Any) -> None:
        if create:
            CopyContent.objects.create(copy=self, person=self.person, data=extracted or b"PK une archive")


# --- Documents ------------------------------------------------------------------------------------------------------
class AttachmentFactory(Regional[Attachment]):
    """Kept, with its encrypted file holding `content`; nothing of it was checked."""

    class Meta:
        model = Attachment

    class Params:
        content = b"%PDF-1.4 une page\n%%EOF\n"
        picture = Trait(media_type=MediaType.PNG, name="photo.png")

    uid = LazyFunction(new_uid)
    kind = AttachmentKind.CASE_DOCUMENT
    name = Sequence(lambda n: f"document-{n}.pdf")
    media_type = MediaType.PDF
    size = LazyAttribute(lambda o: len(o.content))
    sha256 = LazyAttribute(lambda o: hashlib.sha256(o.content).hexdigest())

    @classmethod
    def _create(cls, model_class: type[Attachment], *args: Any, **fields: Any) -> Attachment:
        key = keys.new_key()
        wrapped = keys.wrap(key, fields["uid"])
        storage.write(fields["uid"], BytesIO(fields.pop("file")), key)
        fields["key_id"] = wrapped.key_id
        fields["wrapped_key"] = b"" if fields.get("state") == AttachmentState.DESTROYED else wrapped.sealed
        return super()._create(model_class, *args, **fields)

    file = SelfAttribute("content")


class DocumentFactory(OnFile[Document]):
    """A document of a file, given by an agent; `shared=True`, `from_the_person=True`, `removed=True`."""

    class Meta:
        model = Document

    class Params:
        from_the_person = Trait(from_person=True, shared=True)
        removed = Trait(
            attachment=SubFactory(
                AttachmentFactory,
                region=SelfAttribute("..region"),
                state=AttachmentState.DESTROYED,
                destroyed_at=LazyFunction(clock.now),
                destruction_reason="Déposé par erreur.",
            )
        )

    attachment = SubFactory(AttachmentFactory, region=SelfAttribute("..region"))
    kind = DocumentKind.LETTER
    title = Sequence(lambda n: f"Lettre {n}")
    author = SubFactory(UserFactory)


# --- Retention ------------------------------------------------------------------------------------------------------
def retention_rule(kind: str = "file") -> RetentionRule:
    """Return the rule of a kind of record."""
    return RetentionRule.objects.get(kind=kind)


def region_without_a_run() -> Region:
    """Return Montréal, or another region while a destruction of Montréal's is under way: one at a time in a region."""
    busy = RetentionRun.objects.filter(status__in=["prepared", "approved", "executing"], region__isnull=False)
    free = Region.objects.exclude(pk__in=busy.values("region"))
    return free.filter(code="06").first() or free.order_by("code")[0]


class RetentionRunFactory(Factory[RetentionRun]):
    """Waits for its approval unless `approved=True` or `executed=True`; one file is due, of no table."""

    class Meta:
        model = RetentionRun

    class Params:
        approved = Trait(
            status=RunStatus.APPROVED,
            approved_by=LazyFunction(lambda: RoleGrantFactory(role=Role.REGIONAL_DIRECTOR).user),
            approved_at=LazyFunction(clock.now),
        )
        executed = Trait(approved=True, status=RunStatus.EXECUTED)
        cancelled = Trait(status=RunStatus.CANCELLED)

    region = LazyFunction(region_without_a_run)
    as_of = LazyFunction(clock.today)
    figures = LazyAttribute(
        lambda o: [
            {
                "kind": "file", "months": 60, "ending": "anonymise", "basis": "La loi", "cutoff": "2021-01-01",
                "count": o.total, "oldest": "2020-07-01", "held": 0,
            }
        ]
    )  # fmt: skip
    total = 1
    digest = "0" * 64
    prepared_by = LazyFunction(lambda: RoleGrantFactory(role=Role.PRIVACY_OFFICER, region=None).user)


class DueRecordFactory(Factory[DueRecord]):
    class Meta:
        model = DueRecord

    run = SubFactory(RetentionRunFactory)
    kind = "file"
    record_id = Sequence(lambda n: 9_000_000 + n)
    reference = Sequence(lambda n: f"MTL-2015-{n:06}-1")
    since = date(2020, 7, 1)


class CertificateFactory(Factory[Certificate]):
    class Meta:
        model = Certificate

    run = SubFactory(RetentionRunFactory, executed=True)
    region = SelfAttribute("run.region")
    number = Sequence(lambda n: f"DST-2001-{n:04}")
    lines = LazyFunction(
        lambda: [
            {
                "kind": "file", "label": "Dossiers fermés", "months": 60, "ending": "anonymise", "basis": "La loi",
                "cutoff": "2021-01-01", "listed": 1, "destroyed": 1, "left": 0,
            }
        ]
    )  # fmt: skip
    destroyed = 1
    left = 0
    scrubbed = 12
    prepared_by = SelfAttribute("run.prepared_by.name")
    prepared_at = SelfAttribute("run.prepared_at")
    approved_by = SelfAttribute("run.approved_by.name")
    approved_at = SelfAttribute("run.approved_at")
    executed_by = "compte système « essai »"
    digest = SelfAttribute("run.digest")


# --- Read journal ---------------------------------------------------------------------------------------------------
class BreakGlassFactory(Factory[BreakGlass]):
    """An access to `file`, live for an hour; `over=True` has ended, `justified` and `not_justified` are reviewed."""

    class Meta:
        model = BreakGlass
        exclude = ["file"]

    class Params:
        over = Trait(
            opened_at=LazyFunction(lambda: timezone.now() - timedelta(hours=3)),
            expires_at=LazyFunction(lambda: timezone.now() - timedelta(hours=2)),
        )
        justified = Trait(
            over=True,
            reviewed_by=SubFactory(UserFactory),
            reviewed_at=LazyFunction(timezone.now),
            finding=Finding.JUSTIFIED,
        )
        not_justified = Trait(justified=True, finding=Finding.NOT_JUSTIFIED, notes="Aucun lien avec la personne.")

    file = SubFactory(FileFactory)
    user = SubFactory(UserFactory)
    user_name = SelfAttribute("user.name")
    role = Role.INTEGRATION_AGENT
    person = SelfAttribute("file.person")
    region = SelfAttribute("file.region")
    file_uid = SelfAttribute("file.uid")
    file_number = SelfAttribute("file.number")
    motive = Motive.REPLACEMENT
    reason = "Je remplace une collègue absente cette semaine."
    opened_at = LazyFunction(timezone.now)
    expires_at = LazyAttribute(lambda o: o.opened_at + timedelta(hours=1))


class ReadingFactory(Factory[Reading]):
    """A file opened by an agent it is assigned to."""

    class Meta:
        model = Reading
        exclude = ["file"]

    file = SubFactory(FileFactory)
    user = SubFactory(UserFactory)
    name = SelfAttribute("user.name")
    role = Role.INTEGRATION_AGENT
    region = SelfAttribute("file.region")
    service_point = SelfAttribute("file.service_point")
    person = SelfAttribute("file.person")
    what = What.OPENED
    kind = ObjectKind.FILE
    object_uid = SelfAttribute("file.uid")
    basis = Basis.MY_FILE
    address = "192.0.2.7"


# --- The bilan --------------------------------------------------------------------------------------------------------
class BilanTextFactory(Factory[BilanText]):
    """The text of a period of its own, a week long."""

    class Meta:
        model = BilanText

    region = LazyFunction(region)
    first_on = Sequence(lambda n: date(2021, 1, 1) + timedelta(days=n))
    last_on = LazyAttribute(lambda text: text.first_on + timedelta(days=6))
    title = "Une année d’accueil"
    sections = LazyFunction(lambda: [{"heading": "", "text": "{employers_accompanied.words}"}])


# --- What is known of people ----------------------------------------------------------------------------------------
class PersonNameFactory(Factory[PersonName]):
    class Meta:
        model = PersonName

    person = SubFactory(PersonFactory)
    kind = NameKind.BIRTH
    given_name = SelfAttribute("person.given_name")
    family_name = Sequence(lambda n: f"Naissance {n}")


class PersonLanguageFactory(Factory[PersonLanguage]):
    class Meta:
        model = PersonLanguage

    person = SubFactory(PersonFactory)
    language = "ar"
    is_mother_tongue = True


class FrenchLevelFactory(Factory[FrenchLevel]):
    class Meta:
        model = FrenchLevel

    person = SubFactory(PersonFactory)
    assessed_on = LazyFunction(_days(-20))
    source = FrenchSource.AGENT
    listening = 3
    speaking = 2


class SchoolingFactory(Factory[Schooling]):
    class Meta:
        model = Schooling

    person = SubFactory(PersonFactory)
    level = SchoolLevel.BACHELOR
    field = "Génie civil"
    country = "LB"


class PersonOccupationFactory(Factory[PersonOccupation]):
    class Meta:
        model = PersonOccupation

    person = SubFactory(PersonFactory)
    kind = OccupationKind.ABROAD
    words = "Ingénieure de ponts"


class FamilyLinkFactory(Factory[FamilyLink]):
    class Meta:
        model = FamilyLink

    person = SubFactory(PersonFactory)
    other = SubFactory(PersonFactory)
    kind = LinkKind.PARENT


def identifier(
    person: Person, number: str = "1122334455", kind: IdentifierKind = IdentifierKind.UCI
) -> PersonIdentifier:
    """Return the UCI of a person, sealed as its action seals it."""
    kind = IdentifierKind.UCI
    plain = plain_number(kind, number)
    return PersonIdentifier.objects.create(
        person=person, kind=kind, ending=plain[-4:], sealed=encrypt(plain, PURPOSE), digest=digests_of(kind, plain)[0]
    )


def occupation(code: str, title: str) -> Occupation:
    """Return an occupation of the classification."""
    return Occupation.objects.create(code=code, title_fr=title, title_en=title)


# --- Notes and closings ---------------------------------------------------------------------------------------------
class NoteFactory(OnFile[Note]):
    """For the file's team unless told otherwise; `shared_with_partner` makes the referral it needs."""

    class Meta:
        model = Note

    class Params:
        sensitive = Trait(visibility=NoteVisibility.SENSITIVE)
        shared_with_person = Trait(visibility=NoteVisibility.PERSON)
        shared_with_partner = Trait(
            visibility=NoteVisibility.PARTNER,
            referral=SubFactory(ReferralFactory, sent=True, file=SelfAttribute("..file")),
        )
        withdrawn = Trait(withdrawn_on=LazyFunction(clock.today), withdrawn_why="Ne concerne pas l’accompagnement.")

    author = SubFactory(UserFactory)
    text = Sequence(lambda n: f"La personne a trouvé un logement, note {n}.")


class NoteTemplateFactory(Regional[NoteTemplate]):
    class Meta:
        model = NoteTemplate

    title = Sequence(lambda n: f"Modèle {n}")
    text = "Appel à la personne pour confirmer le rendez-vous."


class ClosingFactory(OnFile[Closing]):
    """Of a file that is closed."""

    class Meta:
        model = Closing

    file = SubFactory(FileFactory, closed=True)
    reason = ClosingReason.GOALS_REACHED
    summary = "Logement, école et emploi trouvés."
    closed_on = SelfAttribute("file.closed_on")


# --- Contacts to come and teamwork ----------------------------------------------------------------------------------
class PlannedContactFactory(OnFile[PlannedContact]):
    """For whoever the file is assigned to, today unless `planned_on` says otherwise."""

    class Meta:
        model = PlannedContact

    planned_on = LazyFunction(clock.today)
    subject = "Demander comment va la recherche de logement."


class MilestoneContactFactory(OnFile[MilestoneContact]):
    """At six months; nobody reached unless `reached=True` (in the region, at work, at ease in French) or `declined`."""

    class Meta:
        model = MilestoneContact

    class Params:
        reached = Trait(
            result=MilestoneResult.REACHED,
            residence=Residence.SAME_REGION,
            employment=Employment.FULL_TIME,
            listening=8,
            speaking=7,
            reading=6,
            writing=5,
        )
        declined = Trait(result=MilestoneResult.DECLINED)

    months = 6
    due_on = LazyAttribute(lambda o: months_later(o.file.arrived_on, o.months))
    contacted_on = SelfAttribute("due_on")
    result = MilestoneResult.NOT_REACHED


def reachable_later(file: File, **fields: Any) -> Consent:
    """Let a file's person be reached 6, 12 and 24 months after their arrival: they agreed on that day, or before."""
    # No text to consent to is older than 2020.
    given = {
        "given_on": max(file.arrived_on, date(2020, 1, 1)),
        "expires_on": months_later(file.arrived_on, 30),
        **fields,
    }
    known = Consent.objects.filter(person=file.person, region=file.region, purpose=Purpose.FOLLOW_UP).first()
    return known or ConsentFactory(person=file.person, region=file.region, purpose=Purpose.FOLLOW_UP, **given)


def due_contact(months: int = 6, **fields: Any) -> File:
    """Return the file of somebody who agreed to be reached so many months after they arrived, and no later."""
    arrived_on = months_earlier(fields.pop("due_on", clock.today()), months)
    file = FileFactory(**{"opened_on": arrived_on, "arrived_on": arrived_on} | fields)
    reachable_later(file, expires_on=months_later(arrived_on, months) + timedelta(days=120))
    return file


def months_earlier(day: date, months: int) -> date:
    """Return the day `months` before; the first one that leads back to `day`, or to the nearest before."""
    return months_later(day, -months)


class AgentProfileFactory(Regional[AgentProfile]):
    class Meta:
        model = AgentProfile

    user = SubFactory(UserFactory)
    languages = LazyFunction(lambda: ["fr"])


class AbsenceFactory(Regional[Absence]):
    """From today for two weeks; `AbsenceCoverFactory` says who replaces."""

    class Meta:
        model = Absence

    agent = SubFactory(UserFactory)
    starts_on = LazyFunction(clock.today)
    ends_on = LazyFunction(_days(13))


class AbsenceCoverFactory(Factory[AbsenceCover]):
    """The one colleague who replaces."""

    class Meta:
        model = AbsenceCover

    absence = SubFactory(AbsenceFactory)
    region = SelfAttribute("absence.region")
    substitute = SubFactory(UserFactory)
    rank = 0
    shares = 1


class HandoverFactory(Regional[Handover]):
    class Meta:
        model = Handover

    reason = "Équilibrer la charge."


class FileMoveFactory(Factory[FileMove]):
    """A file that has just come to `to_agent`, who has not said they know."""

    class Meta:
        model = FileMove

    file = SubFactory(FileFactory)
    handover = SubFactory(HandoverFactory, region=SelfAttribute("..file.region"))
    to_agent = SubFactory(UserFactory)
    from_point = SelfAttribute("file.service_point")
    to_point = SelfAttribute("file.service_point")


class TransferFactory(Regional[Transfer]):
    """Asked of Laval by Montréal for `file`, whose person agrees."""

    class Meta:
        model = Transfer
        exclude = ["file"]

    file = SubFactory(FileFactory, region=SelfAttribute("..region"))
    to_region = LazyFunction(lambda: region("13"))
    to_point = SubFactory(ServicePointFactory, region=SelfAttribute("..to_region"))
    ground = TransferGround.AGREED
    reason = "La personne a trouvé un logement là-bas."
    shown = LazyAttribute(lambda o: [{"number": o.file.number, "language": o.file.person.preferred_language}])


class TransferredFileFactory(Factory[TransferredFile]):
    class Meta:
        model = TransferredFile

    file = SubFactory(FileFactory)
    transfer = SubFactory(TransferFactory, file=SelfAttribute("..file"), region=SelfAttribute("..file.region"))


# --- What organisations and agents say of a referral ----------------------------------------------------------------
def own_reason(code: str = "06") -> DeclineReason:
    """Add a reason for a refusal to a region's own."""
    return DeclineReason.objects.create(
        code=f"{code}-essai", region=region(code), label_fr="Raison d’essai", label_en="A reason to try"
    )


class OnReferral(Factory[Made]):
    class Meta:
        abstract = True

    referral = SubFactory(ReferralFactory, accepted=True)
    author_name = "Camille Essai"


class ReferralMessageFactory(OnReferral[ReferralMessage]):
    """A question of the organisation that waits for an answer; `from_partner=False` is the agent's answer."""

    class Meta:
        model = ReferralMessage

    from_partner = True
    text = "Quel est son niveau de français ?"


class DateProposalFactory(OnReferral[DateProposal]):
    class Meta:
        model = DateProposal

    day = LazyFunction(lambda: add_working_days(clock.today(), 3))


class SharedAnswerReviewFactory(OnReferral[SharedAnswerReview]):
    """A confirmed answer; `asked_again`, `amended` and `added` are traits."""

    class Meta:
        model = SharedAnswerReview

    class Params:
        asked_again = Trait(verdict=Verdict.ASKED_AGAIN)
        amended = Trait(verdict=Verdict.AMENDED, value="9", settlement=Settlement.WAITING)
        added = Trait(verdict=Verdict.ADDED, key="", question="Avez-vous un ordinateur ?")

    key = Sequence(lambda n: f"question_{n}")
    question = "Quel est votre niveau de français ?"
    verdict = Verdict.CONFIRMED


class PersonMergeFactory(Factory[PersonMerge]):
    """A merge of two empty records."""

    class Meta:
        model = PersonMerge

    survivor = SubFactory(PersonFactory)
    absorbed = SubFactory(PersonFactory, merged_into=SelfAttribute("..survivor"))
    region = SelfAttribute("survivor.region")
    reason = "Même permis de travail."

    @lazy_attribute
    def before(self) -> dict[str, Any]:
        own = {each: getattr(self.survivor, each) for columns in FIELDS.values() for each in columns}
        return {"survivor": own, "absorbed": {}, "written": own, "names": [], "tables": {}}


class AppointmentMessageFactory(Factory[AppointmentMessage]):
    """A reminder by text, of the hour the appointment has."""

    class Meta:
        model = AppointmentMessage

    appointment = SubFactory(AppointmentFactory)
    person = LazyAttribute(lambda o: o.appointment.persons.first())
    channel = MessageChannel.TEXT
    reason = MessageReason.REMINDER
    starts_at = LazyAttribute(lambda o: o.appointment.starts_at)


class CalendarFeedFactory(Factory[CalendarFeed]):
    """The address a person lets their calendar be read at."""

    class Meta:
        model = CalendarFeed

    person = SubFactory(PersonFactory)
    holder = SubFactory(UserFactory)
    digest = Sequence(lambda n: f"{n:064x}")


class ServicePlacesFactory(Factory[ServicePlaces]):
    """Ten places of a service at a location of its own, all free; `service_at_location__service=…` says which."""

    class Meta:
        model = ServicePlaces

    capacity = 10
    service_at_location = SubFactory("tests.factories.ServiceAtLocationFactory")


class ServiceAtLocationFactory(Factory[ServiceAtLocation]):
    class Meta:
        model = ServiceAtLocation

    service = SubFactory(ServiceFactory)
    location = LazyAttribute(lambda here: Location.objects.create(organisation=here.service.organisation))


def place_asked(service: Service) -> PlaceHold:
    """Ask a place of a service for somebody known by no record: held when one is free, waited for otherwise."""
    holder = uuid4()
    with connection.cursor() as cursor:
        cursor.execute("select directory_ask_place(%s, %s, null)", [holder, service.pk])
    return PlaceHold.objects.get(holder=holder)
