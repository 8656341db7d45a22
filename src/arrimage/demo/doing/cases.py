"""What is carried from one step of the loading to the next: a person's case, and the way of each of their needs."""

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.casework.enums import FileStatus, ReferralStatus
from arrimage.casework.models import File, Need, Plan, Referral, Step
from arrimage.demo.planning.calendar import after
from arrimage.demo.planning.households import InventedHousehold, Stage
from arrimage.demo.planning.referrals import Move


@dataclass(eq=False)
class Case:
    """One adult's file on its way: what their household's plan says, who accompanies them, and what was written."""

    file: File
    household: InventedHousehold
    met_on: date
    agent: Actor
    random: Random
    needs: list[Need] = field(default_factory=list)
    plan: Plan | None = None

    @property
    def stage(self) -> Stage:
        return self.household.stage

    @property
    def until(self) -> date:
        """The last day of which the plan of this household tells."""
        return self.household.until

    def after(self, working_days: int) -> date:
        """Return the day so many working days after the first appointment, today at the latest."""
        return min(after(self.met_on, working_days), self.until)


@dataclass(eq=False)
class Errand:
    """One sending of a need to a partner: when, what will come of it, and how far it is."""

    case: Case
    need: Need
    step: Step | None
    sent_on: date
    referral: Referral | None = None
    moves: deque[Move] = field(default_factory=deque)
    last: Move | None = None

    @property
    def status(self) -> ReferralStatus:
        return self.last.to if self.last else ReferralStatus.SENT


@dataclass(eq=False)
class Closing:
    """A step or need the agent closes after a contact: when, and what became of the need."""

    case: Case
    need: Need
    step: Step | None
    on: date
    need_status: str


@dataclass(eq=False)
class Group:
    """A household with an appointment: its grown-ups' cases, and the agent who receives them."""

    household: InventedHousehold
    met_on: date
    agent: Actor
    user: User
    cases: list[Case]


def files_of(groups: Sequence[Group]) -> dict[str, list[File]]:
    """Return the open files of the households, the children's too, by reference."""
    of = {member.uid: group.household.reference for group in groups for member in group.household.members}
    found: dict[str, list[File]] = defaultdict(list)
    files = File.objects.filter(person__uid__in=of, status=FileStatus.ACTIVE).select_related("person").order_by("pk")
    for file in files:
        found[of[file.person.uid]].append(file)
    return found
