"""One person with a row in every table that can mention them, and others around whom nothing may tell."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from arrimage.accounts.enums import Role
from arrimage.casework.enums import FileStatus, LinkStep
from arrimage.casework.models import ConsentNotice, ReferralChoice, ReferralLink
from arrimage.foundation import clock
from arrimage.people.enums import Relation
from arrimage.people.models import Person
from arrimage.privacy.consents.enums import GivenBy
from arrimage.privacy.journal.enums import Basis, Motive, ObjectKind, What
from arrimage.privacy.journal.models import BreakGlass, Reading
from arrimage.privacy.registers.models import CommunicationPerson, IncidentPerson
from arrimage.reception.enums import ArrivalOutcome
from tests import factories as f

OTHERS = ("Zébulon", "Ptolémée", "zebulon@ailleurs.example", "514 555-0777", "+15145550777", "5145550777")


@dataclass
class Life:
    """The person, the one whom no archive of theirs may name, and what they have."""

    person: Person
    other: Person
    staff: Any
    file: Any
    account: Any
    appointment: Any
    household: Any
    party: Any
    referral: Any


def uci_of(person: Person) -> str:
    """Return the number a government knows the person by."""
    return str(9_900_000_000 + person.pk)


def live(
    *, held: bool = True, closed_on: date | None = None, email: str = "nadia@temoin.example", **fields: Any
) -> Life:
    """Write it all down, in Montréal. `held`: with what keeps a person from being purged; `closed_on`: of the file."""
    person = f.PersonFactory(
        given_name="Nadia", family_name="Haddad-Témoin", original_name="نادية حداد", email=email,
        phone="+15145550123", **fields,
    )  # fmt: skip
    other = f.PersonFactory(
        given_name="Zébulon", family_name="Ptolémée", original_name="زيبولون", email="zebulon@ailleurs.example",
        phone="+15145550777",
    )  # fmt: skip
    staff = f.actor(Role.INTEGRATION_AGENT, user__name="Alix Agente")
    household = f.HouseholdFactory()
    f.MemberFactory(household=household, person=person)
    f.MemberFactory(household=household, person=other, relation=Relation.SPOUSE)
    f.PersonStatusFactory(person=person)
    f.PersonNameFactory(person=person, given_name="Nadia", family_name="Haddad-Témoin Jeunesse")
    f.PersonLanguageFactory(person=person)
    f.FrenchLevelFactory(person=person, source_name="Test de Nadia")
    f.SchoolingFactory(person=person, field="Lettres, avec Zébulon")
    f.PersonOccupationFactory(person=person, words="Couturière chez Zébulon Ptolémée")
    f.identifier(person, uci_of(person))
    relative = f.PersonFactory(given_name="Zébulon", family_name="Ptolémée", original_name="", email="", phone="")
    f.PersonNameFactory(person=relative, given_name="Zébulon", family_name="Ptolémée aîné")
    f.FamilyLinkFactory(person=person, other=relative)
    account = f.PersonAccountFactory(person=person, user__name=person.full_name, user__email=person.email)
    about_both = "Nadia et zebulon PTOLEMEE, au 514 555-0777 ou zebulon@ailleurs.example."
    file = f.FileFactory(
        person=person, agent_id=staff.user_id, opened_on=(closed_on or clock.today()) - timedelta(days=200),
        **({"status": FileStatus.CLOSED, "closed_on": closed_on} if closed_on else {}),
    )  # fmt: skip
    f.AssessmentFactory(file=file, completed=True, author_id=staff.user_id, answers={"goal": about_both})
    need = f.NeedFactory(file=file, label="Logement avec Zébulon", author_id=staff.user_id)
    plan = f.PlanFactory(file=file, author_id=staff.user_id, explained_by="Interprète Inconnue")
    f.GoalFactory(plan=plan, words=about_both)
    f.PlanVersionFactory(plan=plan, explained_by="Interprète Inconnue")
    f.AmendmentFactory(plan=plan, why=about_both, author_id=staff.user_id)
    f.DeclinedProposalFactory(plan=plan, need=need, author_id=staff.user_id)
    step = f.StepFactory(plan=plan, need=need)
    f.FollowUpFactory(
        file=file, step=step, note=about_both, author_id=staff.user_id, interpreter="Interprète Inconnue",
        milestone=f.MilestoneContactFactory(file=file, reached=True, municipality="Chez Zébulon"),
    )  # fmt: skip
    f.PlannedContactFactory(file=file, step=step, subject="Appeler Nadia et Zébulon")
    f.FileMoveFactory(file=file, to_agent_id=staff.user_id)
    f.TransferredFileFactory(file=file)
    places = f.ServicePlacesFactory(capacity=1, service_at_location__service__organisation__region=file.region)
    referral = f.ReferralFactory(
        file=file, need=need, service=places.service_at_location.service, sent=True, message=about_both,
        shared={"name": person.full_name, "phone": person.phone, "email": person.email, "language": "ar"},
    )  # fmt: skip
    worker = f.OrganisationMemberFactory(organisation=referral.organisation, user__name="Intervenante Secrète")
    note = f.NoteFactory(file=file, author_id=staff.user_id, text=about_both, sensitive=True)
    note.additions.create(author_id=staff.user_id, text=about_both)
    f.ClosingFactory(
        file=file, closed_on=clock.today(), reopened_on=clock.today(), reopened_why=about_both, summary=about_both,
        author_id=staff.user_id,
    )  # fmt: skip
    file.events.create(from_status="active", to_status="closed", actor_id=staff.user_id, actor_name="Alix Agente")
    referral.events.create(from_status="draft", to_status="sent", actor_id=staff.user_id, actor_name="Alix Agente")
    referral.events.create(
        from_status="sent", to_status="accepted", actor=worker.user, actor_name=worker.user.name, note=about_both
    )
    ReferralChoice.objects.create(referral=referral, shown={"rank": 1, "of": 2})
    f.ReferralMessageFactory(referral=referral)
    f.DateProposalFactory(referral=referral)
    f.SharedAnswerReviewFactory(referral=referral)
    link = ReferralLink.objects.create(referral=referral)
    link.events.create(step=LinkStep.CODE_SENT, address="203.0.113.7")
    ConsentNotice.objects.create(
        referral=referral, region=file.region, organisation=referral.organisation, service=referral.service,
        sent_on=clock.today(), withdrawn_on=clock.today(), is_cancelled=False,
    )  # fmt: skip
    consent = f.ConsentFactory(
        person=person, named=True, given_by=GivenBy.PARENT, guardian=other, guardian_name=other.full_name
    )
    consent.events.create(from_status="", to_status="given", actor_id=staff.user_id, actor_name="Alix Agente")
    f.RefusalFactory(person=person)
    appointment = f.AppointmentFactory(
        agent_id=staff.user_id, persons=[person, other], note="Vu avec son conjoint Zébulon.", booked_by=account.user
    )
    f.AppointmentMessageFactory(appointment=appointment, person=person)
    f.WaitingEntryFactory(person=person, region=appointment.region)
    f.InterpretationFactory(
        appointment=appointment, interpreter__name=f"Interprète Inconnue {person.pk}", asked_by_id=staff.user_id
    )
    enrolment = f.EnrolmentFactory(person=person, enrolled_by=account.user, completed=True)
    f.EnrolmentFactory(person=other, session=enrolment.session)
    f.MeetingPresenceFactory(enrolment=enrolment, noted_by_id=staff.user_id)
    f.AttestationFactory(enrolment=enrolment, issued_by_id=staff.user_id)
    f.CalendarFeedFactory(person=enrolment.person)
    party = f.PartyFactory(special_needs="Fauteuil pour Zébulon", household=household)
    flight = f.FlightFactory()
    for each in (person, other):
        f.ArrivalFactory(
            uid=each.uid, person=each, party=party, flight=flight, outcome=ArrivalOutcome.MET, met_at=clock.now(),
            given_name=each.given_name, family_name=each.family_name, original_name=each.original_name,
            email=each.email, phone=each.phone,
        )  # fmt: skip
    request = f.PersonRequestFactory(person=person, granted=True)
    request.events.create(from_status="", to_status="received", actor_name="Portail")
    f.StatementFactory(person=person, request=request, text="Je ne suis pas d’accord avec Zébulon Ptolémée.")
    Reading.objects.create(
        user_id=staff.user_id, name="Alix Agente", role=Role.INTEGRATION_AGENT, region=file.region, person=person,
        what=What.OPENED, kind=ObjectKind.FILE, object_uid=file.uid, basis=Basis.MY_FILE,
    )  # fmt: skip
    if held:
        _held(person, other, file, staff)
    return Life(person, other, staff, file, account, appointment, household, party, referral)


def _held(person: Person, other: Person, file: Any, staff: Any) -> None:
    """Write what keeps a person: registers, an exceptional access."""
    incident = f.IncidentFactory(description="Le dossier de Nadia et de Zébulon a été envoyé ailleurs.")
    communication = f.CommunicationFactory(concerned="Nadia et Zébulon")
    for each in (person, other):
        IncidentPerson.objects.create(incident=incident, person=each)
        CommunicationPerson.objects.create(communication=communication, person=each)
    broken = BreakGlass.objects.create(
        user_id=staff.user_id, user_name="Alix Agente", role=Role.INTEGRATION_AGENT, person=person,
        region=file.region, file_uid=file.uid, file_number=file.number, motive=Motive.EMERGENCY,
        reason="La personne est à l’hôpital et demande de l’aide.", expires_at=clock.now() + timedelta(hours=4),
    )  # fmt: skip
    Reading.objects.create(
        user_id=staff.user_id, name="Alix Agente", role=Role.INTEGRATION_AGENT, region=file.region, person=person,
        what=What.OPENED, kind=ObjectKind.FILE, object_uid=file.uid, basis=Basis.BREAK_GLASS, break_glass=broken,
    )  # fmt: skip
