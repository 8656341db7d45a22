"""The chain, as the people of each role walk it, step after step of the loading."""

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random

from arrimage.accounts.rights import Actor
from arrimage.casework.enums import NOT_MET_YET, NeedStatus
from arrimage.casework.models import Need, Step
from arrimage.demo.consents import decline, general_consents, take_back
from arrimage.demo.doing import follow_ups
from arrimage.demo.doing.airport import Airport
from arrimage.demo.doing.calendar import Calendar
from arrimage.demo.doing.cases import Case, Closing, Errand, Group
from arrimage.demo.doing.cast import Cast, by_actor
from arrimage.demo.doing.endings import close_files
from arrimage.demo.doing.notes import moderate, write_notes
from arrimage.demo.doing.office import Office
from arrimage.demo.doing.referrals import CONSENT_HOLDS, Exchange, sent_again, settled
from arrimage.demo.doing.transfers import transfer
from arrimage.demo.planning.accompaniment import Fate, NeedPlan, need_plan
from arrimage.demo.planning.calendar import after
from arrimage.demo.planning.households import InventedHousehold, Stage
from arrimage.directory.models import Organisation

REFUSED = 18  # persons who do not want to be known to an organisation


class Chain:
    """Walks the households of the demonstration as far as their plan says."""

    def __init__(self, today: date, households: Sequence[InventedHousehold], region_id: int) -> None:
        self.today = today
        self.cast = Cast(region_id)
        self.calendar = Calendar(self.cast.agents, today)
        self.airport = Airport(today, households, self.cast, self.calendar)
        self.exchange = Exchange(self.cast)
        self.groups: list[Group] = []
        self.office = Office([])
        self.first: list[Errand] = []
        self.second: list[Errand] = []
        self.later: list[Errand] = []
        self.closings: list[Closing] = []
        self.dropped: list[Closing] = []

    @property
    def cases(self) -> list[Case]:
        return [case for group in self.groups for case in group.cases]

    def book(self) -> None:
        """Give the first appointments; those that were held give each grown-up a case."""
        self.groups = self.airport.book()
        self.office = Office(self.cases)

    def sort_needs(self) -> None:
        """Say of each need of the plans agreed what becomes of it."""
        steps = self.office.steps()
        for case in self.cases:
            if case.stage >= Stage.AGREED:
                for rank, need in enumerate(case.needs):
                    step = steps[need.pk]
                    referred = case.stage == Stage.UNDER_WAY
                    plan = need_plan(case.random, case.met_on, step.due_on, rank=rank, referred=referred)
                    self._sort(case, need, step, plan, self.first)

    def refer(self) -> None:
        """Sort the needs of the plans agreed, and send persons to partners."""
        self.sort_needs()
        self.exchange.send(self.first)

    def answer(self) -> None:
        """Let what happened at the partners happen."""
        self.exchange.carry_out(self.first)

    def refer_again(self) -> None:
        """Send again what came back."""
        self.second = sent_again(self.first)
        self.exchange.send(self.second)
        self.exchange.carry_out(self.second)

    def close_steps(self) -> None:
        """Close what is settled, and drop what is wanted no more."""
        self.closings += settled(self.first, give_up=False) + settled(self.second, give_up=True)
        follow_ups.close(self.closings)
        follow_ups.drop(self.dropped)

    def call(self) -> None:
        """Call the persons after a month, six months, twelve."""
        follow_ups.call(case for case in self.cases if case.stage == Stage.UNDER_WAY)

    def meet_again(self) -> None:
        """Hold the later appointments."""
        follow_ups.meet_again(self.groups, self.calendar)

    def reassess(self) -> None:
        """Assess some persons anew; what it finds goes the same way, without a step."""
        self.closings, self.dropped = [], []
        for case, day, needs in self.office.reassess():
            for need in needs:
                plan = need_plan(case.random, day, after(day, 20), rank=1, referred=True)
                self._sort(case, need, None, plan, self.later)
        self.exchange.send(self.later)
        self.exchange.carry_out(self.later)
        follow_ups.close(self.closings + settled(self.later, give_up=True))
        follow_ups.drop(self.dropped)

    def withdraw_consents(self) -> None:
        """Let one person of each organisation take back a consent, and some refuse an organisation by its name."""
        waiting = [errand for errand in self._errands() if errand.status in NOT_MET_YET]
        held = {errand.case.file.person_id: errand for errand in waiting}
        chosen: dict[int, Case] = {}
        persons = general_consents(held)
        Random(f"arrimage withdrawals {self.today}").shuffle(persons)  # else all would be of the first office
        for person_id in persons:
            errand = held[person_id]
            if errand.referral:
                chosen.setdefault(errand.referral.organisation_id, errand.case)
        for agent, group in by_actor(chosen.values(), lambda case: case.agent):
            take_back(agent, [case.file for case in group])
        self._refuse(set(chosen.values()))

    def write_notes(self, lead: Actor, author: Actor) -> None:
        """Write notes in some files, for each kind of readers; a lead takes a few of one author's from view."""
        moderate(lead, author, write_notes(self.cases, self._errands()))

    def close_files(self) -> None:
        """Close the files of those whose accompaniment ended."""
        close_files(self.groups)

    def transfer(self, sender: Actor, neighbour: Actor, lead: Actor) -> None:
        """Let files go from a region to another."""
        transfer(self.groups, sender, neighbour, lead, self.today)

    def _refuse(self, others: set[Case]) -> None:
        known: dict[Case, set[int]] = {}
        for errand in self._errands():
            if errand.referral:
                known.setdefault(errand.case, set()).add(errand.referral.organisation_id)
        organisations = list(Organisation.objects.filter(pk__in=self.cast.partners).order_by("pk"))
        free = [case for case in known if case not in others and case.until == self.today]
        refusals = [
            (case, next(each for each in organisations if each.pk not in known[case]))
            for case in free[:: max(1, len(free) // REFUSED)][:REFUSED]
        ]
        for agent, group in by_actor(refusals, lambda each: each[0].agent):
            decline(agent, [(case.file, organisation) for case, organisation in group], self.today)

    def _errands(self) -> Iterable[Errand]:
        return [*self.first, *self.second, *self.later]

    def _sort(self, case: Case, need: Need, step: Step | None, plan: NeedPlan, errands: list[Errand]) -> None:
        """Put a need where its plan says, unless its day is still to come."""
        if plan.on > case.until:
            return
        if plan.fate == Fate.REFERRED:
            if plan.on - case.met_on < CONSENT_HOLDS:
                errands.append(Errand(case, need, step, plan.on))
        elif plan.fate == Fate.DROPPED:
            self.dropped.append(Closing(case, need, step, plan.on, NeedStatus.WITHDRAWN))
        else:
            self.closings.append(Closing(case, need, step, plan.on, NeedStatus.MET))
