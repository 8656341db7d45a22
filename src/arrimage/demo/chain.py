"""The chain, as the people of each role walk it: in bulk, by the same actions as their pages."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor, actor_of
from arrimage.casework import actions as casework
from arrimage.casework.actions.assessments import CompletedAssessment
from arrimage.casework.actions.follow_ups import NewFollowUp
from arrimage.casework.actions.plans import Agreed, NewPlan
from arrimage.casework.actions.referrals import Answer, NewReferral
from arrimage.casework.enums import Channel, DeclineReason, NeedStatus, Outcome, PlanStatus, StepStatus
from arrimage.casework.models import File, Need, Plan, Referral, Step
from arrimage.demo.answers import Respondent
from arrimage.demo.consents import allow, first_consents, general_consents, take_back
from arrimage.demo.tables.arrivals import InventedHousehold, Stage
from arrimage.demo.turns import Calendar, ServicesInTurn
from arrimage.directory.models import OrganisationMember
from arrimage.foundation import clock
from arrimage.privacy.consents.actions import give
from arrimage.questionnaires.queries import current_version
from arrimage.reception.actions import (
    FirstAppointment,
    Welcome,
    book_first_appointments,
    open_party_files,
    record_outcomes,
)
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Party
from arrimage.scheduling.actions import set_appointment_status
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment
from arrimage.territory.models import ServicePoint
from arrimage.territory.working_days import add_working_days


@dataclass
class Case:
    """One adult's file on its way: its household's stage, and the days things happened."""

    file: File
    stage: Stage
    met_agent_on: date
    agent: Actor
    needs: list[Need] = field(default_factory=list)
    plan: Plan | None = None
    referral: Referral | None = None

    def after(self, working_days: int) -> date:
        """Return the day so many working days after the first appointment."""
        return add_working_days(self.met_agent_on, working_days) if working_days else self.met_agent_on


class Chain:
    """Walks the households of the demonstration as far as their stage says."""

    def __init__(self, today: date, found: Sequence[InventedHousehold], airport: Actor) -> None:
        if airport.region_id is None:
            raise ValueError("the airport's agent acts in a region")
        self.today = today
        self.airport = airport
        self.random = Random(f"arrimage chain {today}")
        self.households = {household.reference: household for household in found}
        self.parties = {party.reference: party for party in Party.objects.filter(reference__in=self.households)}
        self.offices = list(
            ServicePoint.objects.filter(
                region_id=airport.region_id, kind="office", open_to_public=True, closed_on__isnull=True
            ).order_by("pk")
        )
        grants = RoleGrant.objects.filter(
            region_id=airport.region_id, role="integration_agent", ends_on__isnull=True
        ).select_related("user", "region")
        self.agents: dict[int, list[User]] = defaultdict(list)
        self.actors: dict[int, Actor] = {}
        for grant in grants.order_by("pk"):
            if grant.service_point_id is not None:
                self.agents[grant.service_point_id].append(grant.user)
            self.actors[grant.user_id] = actor_of(grant)
        self.partners = {
            member.organisation_id: actor_of(member)
            for member in OrganisationMember.objects.select_related("user", "organisation__region").order_by("-pk")
        }
        self.cases: list[Case] = []
        self.arrivals: dict[int, Arrival] = {}  # by file

    def from_stage(self, stage: Stage) -> list[Case]:
        return [case for case in self.cases if case.stage >= stage]

    # --- The airport ------------------------------------------------------------------------------------------------
    def meet(self) -> None:
        """Meet at the airport all who have landed, a few no-shows aside."""
        arrivals = Arrival.objects.filter(party__in=self.parties.values()).select_related("party", "flight")
        by_day: dict[tuple[date, bool], list[Arrival]] = defaultdict(list)
        for arrival in arrivals.order_by("pk"):
            household = self.households[arrival.party.reference]
            if household.stage >= Stage.MET:
                by_day[household.arrived_on, False].append(arrival)
            elif household.arrived_on < self.today:
                by_day[household.arrived_on, True].append(arrival)
        for (day, absent), group in sorted(by_day.items()):
            outcome = ArrivalOutcome.NO_SHOW if absent else ArrivalOutcome.MET
            record_outcomes(self.airport, group, outcome, at=min(clock.at(day, 7, 30), clock.now()))

    def open_files(self) -> None:
        """Open the files of those met, at the offices in turn."""
        welcomes = [
            Welcome(self.parties[household.reference], self.offices[rank % len(self.offices)])
            for rank, household in enumerate(self.households.values())
            if household.stage >= Stage.OPENED
        ]
        open_party_files(self.airport, welcomes)

    def book(self) -> None:
        """Give each household its first appointment, nearly always within five working days."""
        files = defaultdict(list)
        arrivals = {
            arrival.person_id: arrival
            for arrival in Arrival.objects.filter(party__in=self.parties.values(), person__isnull=False).select_related(
                "party"
            )
        }
        for file in File.objects.filter(person__in=arrivals).select_related("person", "service_point"):
            self.arrivals[file.pk] = arrivals[file.person_id]
            files[self.arrivals[file.pk].party.reference].append(file)
        calendar = Calendar(self.agents)
        bookings = []
        for household in self.households.values():
            if household.stage < Stage.BOOKED:
                continue
            members = files[household.reference]
            office = members[0].service_point
            slot = calendar.next_slot(office, self._appointment_day(household))
            bookings.append(FirstAppointment(slot, members))
        bookings.sort(key=lambda booking: booking.slot.starts_at)
        appointments = book_first_appointments(self.airport, bookings)
        for household_booking, appointment in zip(bookings, appointments, strict=True):
            self._take_note(household_booking, appointment)
        past = [appointment for appointment in appointments if appointment.ends_at.date() < self.today]
        set_appointment_status(self.airport, past, AppointmentStatus.KEPT)

    def _appointment_day(self, household: InventedHousehold) -> date:
        if household.stage == Stage.BOOKED:  # today and the days after
            day = add_working_days(self.today - timedelta(days=1), 1 + self.random.randrange(4))
            return max(day, self.today)
        late = self.random.random() < 0.06
        return add_working_days(household.arrived_on, 6 if late else self.random.randrange(1, 6))

    def _take_note(self, booking: FirstAppointment, appointment: Appointment) -> None:
        for file in booking.files:
            arrival = self.arrivals[file.pk]
            if arrival.relation == "child":
                continue
            stage = self.households[arrival.party.reference].stage
            if stage >= Stage.ASSESSED:
                actor = self.actors[appointment.agent_id]
                self.cases.append(Case(file, stage, booking.slot.starts_at.date(), actor))

    # --- The office -------------------------------------------------------------------------------------------------
    def assess(self) -> None:
        """Assess the needs of every adult at the first appointment."""
        respondent = Respondent(current_version("needs_assessment"))
        by_file = {case.file.pk: case for case in self.cases}
        for agent, cases in self._by_agent(self.cases):
            raised = casework.complete_assessments(
                agent,
                [
                    CompletedAssessment(case.file, respondent.answers(self.random), on=case.met_agent_on)
                    for case in cases
                ],
            )
            for need in raised:
                by_file[need.file_id].needs.append(need)
        for case in self.cases:
            case.needs.sort(key=lambda need: (need.priority, need.pk))

    def draft(self) -> None:
        """Draft the plans, two working days later."""
        by_file = {case.file.pk: case for case in self.cases}
        for agent, cases in self._by_agent(self.from_stage(Stage.DRAFTED)):
            for plan in casework.draft_plans(agent, [NewPlan(case.file, on=case.after(1)) for case in cases]):
                by_file[plan.file_id].plan = plan

    def agree(self) -> None:
        """Agree the plans with the persons, in their language."""
        for agent, cases in self._by_agent(self.from_stage(Stage.AGREED)):
            casework.agree_plans(
                agent,
                [
                    Agreed(
                        case.plan,
                        language=case.file.person.preferred_language,
                        by="" if case.file.person.preferred_language == "fr" else "Interprète Démo",
                        on=case.after(3),
                    )
                    for case in cases
                    if case.plan and case.plan.status == PlanStatus.DRAFT
                ],
            )

    def consent(self) -> None:
        """Take the persons' consents at the first appointment: nearly all say yes to most; some, for a shorter time."""
        for agent, cases in self._by_agent(self.cases):
            give(agent, [item for case in cases for item in first_consents(case.file, case.met_agent_on, self.today)])

    def withdraw_consents(self) -> None:
        """Let one person of each organisation take back a consent, which ends what has not begun."""
        held = {case.file.person_id: case for case in self.from_stage(Stage.SENT) if case.stage < Stage.COMPLETED}
        chosen: dict[int, Case] = {}
        for person_id in general_consents(held):
            case = held[person_id]
            if case.referral:
                chosen.setdefault(case.referral.organisation_id, case)
        for agent, group in self._by_agent(chosen.values()):
            take_back(agent, [case.file for case in group])

    def refer(self) -> None:
        """Send each person to a service that answers their first need."""
        services = ServicesInTurn()
        by_need = {}
        for agent, cases in self._by_agent(self.from_stage(Stage.SENT)):
            items = []
            for case in cases:
                need = case.needs[0]
                by_need[need.pk] = case
                items.append(
                    NewReferral(
                        need,
                        services.following(need.theme_id),
                        step=need.steps.first(),
                        message="Merci de communiquer avec cette personne (inventée) pour un premier rendez-vous.",
                        on=self._sent_on(case),
                    )
                )
            allow(agent, items)
            for referral in casework.send_referrals(agent, items):
                by_need[referral.need_id].referral = referral

    def _sent_on(self, case: Case) -> date:
        if case.stage == Stage.SENT:  # some wait since yesterday, some are overdue
            return max(case.after(4), add_working_days(self.today, -1 - self.random.randrange(11)))
        return case.after(5)

    def accept(self) -> None:
        """Let the partners accept, after a few days."""
        self._answer(Stage.ACCEPTED, casework.accept_referrals, lambda case: {"on": case.after(9)})

    def start(self) -> None:
        """Let the services begin."""
        self._answer(Stage.STARTED, casework.start_referrals, lambda case: {"on": case.after(15)})

    def complete(self) -> None:
        """Record the results."""

        def result(case: Case) -> dict[str, object]:
            outcome = self.random.choices(list(Outcome), [70, 22, 8])[0]
            on = case.after(52)
            if case.stage == Stage.COMPLETED:  # results that have just come in
                on = max(on, add_working_days(self.today, -self.random.randrange(1, 7)))
            return {"on": min(on, self.today), "outcome": outcome, "note": "Résultat inventé."}

        self._answer(Stage.COMPLETED, casework.complete_referrals, result)

    def follow_up(self) -> None:
        """Call the persons, close the steps, say what became of the needs."""
        for agent, cases in self._by_agent(self.from_stage(Stage.CLOSED)):
            casework.record_follow_ups(
                agent,
                [
                    NewFollowUp(
                        case.file,
                        step=case.referral.step,
                        channel=self.random.choice(list(Channel)),
                        note="Suivi inventé : tout se passe comme prévu.",
                        on=min(case.after(56), self.today),
                        closes_step=True,
                        need_status=NeedStatus.MET if case.referral.outcome != Outcome.NOT_REACHED else "",
                    )
                    for case in cases
                    if case.referral
                ],
            )

    def settle(self) -> None:
        """Close nearly all the other steps that are due, as agents do with a call; some stay late."""
        cases = {case.file.pk: case for case in self.from_stage(Stage.AGREED)}
        referred = [case.referral.step_id for case in cases.values() if case.referral and case.referral.step_id]
        due = Step.objects.filter(file__in=cases, due_on__lt=self.today, status=StepStatus.TODO).exclude(
            pk__in=referred
        )
        closing: dict[int, list[Step]] = defaultdict(list)
        long_ago = add_working_days(self.today, -15)
        for step in due.order_by("pk"):
            if step.due_on < long_ago or self.random.random() < 0.9:
                closing[step.file_id].append(step)
        for agent, group in self._by_agent(cases.values()):
            casework.record_follow_ups(
                agent,
                [
                    NewFollowUp(
                        case.file,
                        step=step,
                        channel=Channel.PHONE,
                        note="Suivi inventé.",
                        on=step.due_on,
                        closes_step=True,
                        need_status=NeedStatus.MET,
                    )
                    for case in group
                    for step in closing[case.file.pk]
                ],
            )

    def give_time(self) -> None:
        """Move the date of steps a partner is still carrying out, as agents do when a service goes on."""
        cases = {case.file.pk: case for case in self.from_stage(Stage.SENT)}
        waiting = Step.objects.filter(file__in=cases, due_on__lt=self.today, status=StepStatus.IN_PROGRESS)
        for step in waiting.filter(referrals__status__in=["sent", "accepted", "started"]).select_related("file"):
            due_on = add_working_days(self.today, 5 + self.random.randrange(30))
            casework.edit_step(
                cases[step.file_id].agent, step, version=step.version, title=step.title, owner=step.owner, due_on=due_on
            )

    def trouble(self) -> None:
        """Let some other referrals be declined or expire, so that needs come back to the agents."""
        services = ServicesInTurn(3)
        day = add_working_days(self.today, -13)
        cases = [case for case in self.from_stage(Stage.SENT) if len(case.needs) > 1 and case.met_agent_on <= day][:90]
        sent: list[Referral] = []
        for agent, group in self._by_agent(cases):
            items = [
                NewReferral(
                    case.needs[1],
                    services.following(case.needs[1].theme_id),
                    step=case.needs[1].steps.first(),
                    on=day,
                )
                for case in group
            ]
            allow(agent, items)
            sent += casework.send_referrals(agent, items)
        declined, expired, _waiting = sent[:40], sent[40:70], sent[70:]
        reasons = list(DeclineReason)
        for partner, referrals in self._by_partner(declined):
            answers = [
                Answer(referral, reason=reasons[referral.pk % len(reasons)], on=add_working_days(self.today, -2))
                for referral in referrals
            ]
            casework.decline_referrals(partner, answers)
        by_author: dict[int, list[Answer]] = defaultdict(list)
        for referral in expired:
            by_author[referral.author_id or 0].append(Answer(referral, on=self.today, note="Délai écoulé"))
        for author_id, answers in by_author.items():
            casework.expire_referrals(self.actors[author_id], answers)

    # --- Who acts ---------------------------------------------------------------------------------------------------
    def _by_agent(self, cases: Iterable[Case]) -> list[tuple[Actor, list[Case]]]:
        groups: dict[int, list[Case]] = defaultdict(list)
        for case in cases:
            groups[case.agent.user_id or 0].append(case)
        return [(self.actors[user_id], group) for user_id, group in sorted(groups.items())]

    def _by_partner(self, referrals: Iterable[Referral]) -> list[tuple[Actor, list[Referral]]]:
        groups: dict[int, list[Referral]] = defaultdict(list)
        for referral in referrals:
            groups[referral.organisation_id].append(referral)
        return [(self.partners[organisation_id], group) for organisation_id, group in sorted(groups.items())]

    def _answer(
        self,
        stage: Stage,
        action: Callable[[Actor, Sequence[Answer]], list[Referral]],
        say: Callable[[Case], dict[str, object]],
    ) -> None:
        """Let each partner answer for the persons who have come to `stage`."""
        cases = {case.referral.pk: case for case in self.from_stage(stage) if case.referral}
        for partner, referrals in self._by_partner(case.referral for case in cases.values() if case.referral):
            answers = [Answer(referral, **say(cases[referral.pk])) for referral in referrals]  # type: ignore[arg-type]
            for referral in action(partner, answers):
                cases[referral.pk].referral = referral
