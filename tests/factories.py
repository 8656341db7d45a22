"""Factories of every model, with traits for its states. One call gives a record that the database accepts.

Everything is in Montréal (06) unless told: `FileFactory(region=region("13"))`, and for what hangs on a file or an
agreement `NeedFactory(file__region=region("13"))`.
Reference data (regions, themes, programmes, questionnaires) is looked up, never made. Passwords: `PASSWORD`.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Model
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait, post_generation
from factory.django import DjangoModelFactory, Password

from arrimage.accounts.enums import Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor, actor_of
from arrimage.agreements.enums import AgreementStatus, InstalmentStatus, LocalActionStatus, Measure
from arrimage.agreements.models import Agreement, Deliverable, Instalment, LocalAction, Stream
from arrimage.casework.enums import (
    AssessmentStatus,
    DeclineReason,
    FileStatus,
    NeedStatus,
    Outcome,
    PlanStatus,
    ReferralStatus,
    StepStatus,
)
from arrimage.casework.models import Assessment, File, FollowUp, Need, Plan, Referral, Step
from arrimage.casework.rules import answer_due, file_number, first_appointment_due
from arrimage.directory.enums import OrganisationKind
from arrimage.directory.models import Organisation, OrganisationMember, Service, Theme
from arrimage.employers.enums import AccompanimentStatus, AccompanimentSubject
from arrimage.employers.models import Accompaniment, Employer, EmployerMember
from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from arrimage.people.enums import Category, Relation
from arrimage.people.models import Household, Member, Person, PersonAccount, PersonStatus
from arrimage.questionnaires.models import QuestionnaireVersion
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Flight, Manifest, Party
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus
from arrimage.scheduling.models import Appointment
from arrimage.territory.enums import ServicePointKind
from arrimage.territory.models import Region, ServicePoint

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
    """`themes=[theme("housing")]`; French unless told."""

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

    service_point = SubFactory(ServicePointFactory, region=SelfAttribute("..region_of"))
    region = SelfAttribute("service_point.region")
    agent = SubFactory(UserFactory)
    kind = AppointmentKind.FIRST
    starts_at = LazyAttribute(lambda o: clock.at(o.on, 10))
    ends_at = LazyAttribute(lambda o: o.starts_at + timedelta(hours=1))

    @post_generation
    def persons(self, create: bool, extracted: Any, **_: Any) -> None:
        if create:
            self.persons.set([PersonFactory()] if extracted is None else extracted)


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
            advisor=SubFactory(UserFactory),
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

    goal = "Travailler dans mon domaine, en français."


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
    """A draft unless a trait says otherwise; sent today unless `sent_on` says otherwise."""

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
            decline_reason=DeclineReason.NO_PLACE,
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
