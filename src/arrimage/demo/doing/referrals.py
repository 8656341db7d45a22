"""The referrals: sent by the agents, answered and carried out by the partners, sent again when they come back."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, system_actor
from arrimage.casework import actions as casework
from arrimage.casework.actions.deadlines import remind_referrals
from arrimage.casework.actions.referrals import Answer, NewReferral
from arrimage.casework.enums import NeedStatus, Outcome, ReferralStatus
from arrimage.casework.models import Referral
from arrimage.demo.consents import allow
from arrimage.demo.doing.cases import Closing, Errand
from arrimage.demo.doing.cast import Cast, by_actor
from arrimage.demo.doing.services import ServicesInTurn
from arrimage.demo.planning.accompaniment import give_up_on, settled_on, try_again_on
from arrimage.demo.planning.calendar import after
from arrimage.demo.planning.referrals import habit_of, moves

R = ReferralStatus
CONSENT_HOLDS = timedelta(days=350)  # nobody is sent to a partner on a consent about to end
CAME_BACK = frozenset({R.DECLINED, R.EXPIRED, R.STOPPED})
MESSAGE = "Merci de communiquer avec cette personne (inventée) pour un premier rendez-vous."

Act = Callable[[Actor, Sequence[Answer]], list[Referral]]
BY_PARTNERS: dict[ReferralStatus, Act] = {
    R.ACCEPTED: casework.accept_referrals,
    R.DECLINED: casework.decline_referrals,
    R.SCHEDULED: casework.schedule_referrals,
    R.ATTENDED: casework.attend_referrals,
    R.NO_SHOW: casework.miss_referrals,
    R.STARTED: casework.start_referrals,
    R.COMPLETED: casework.complete_referrals,
    R.STOPPED: casework.stop_referrals,
}
BY_AGENTS: dict[ReferralStatus, Act] = {R.CANCELLED: casework.cancel_referrals}
BY_THE_CLOCK: dict[ReferralStatus, Act] = {R.REMINDED: remind_referrals, R.EXPIRED: casework.expire_referrals}
CLOCK = system_actor("clock", Right.ACCOMPANY)


class Exchange:
    """What goes back and forth between the agents and the partners."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.services = ServicesInTurn()

    def send(self, errands: Sequence[Errand]) -> None:
        """Send each need to a service that answers it; work out what the partner will do."""
        for agent, group in by_actor(errands, lambda errand: errand.case.agent):
            items = [
                NewReferral(
                    errand.need,
                    self.services.following(errand.need.theme_id),
                    step=errand.step,
                    message=MESSAGE,
                    on=errand.sent_on,
                )
                for errand in group
            ]
            allow(agent, items, {errand.case.file.pk: errand.case.met_on for errand in group})
            for errand, referral in zip(group, casework.send_referrals(agent, items), strict=True):
                habit = habit_of(self.cast.ranks[referral.organisation_id])
                errand.referral = referral
                errand.moves = deque(moves(errand.case.random, habit, errand.sent_on, errand.case.until))

    def carry_out(self, errands: Sequence[Errand]) -> None:
        """Let everything that has happened to these referrals happen, one change of each at a time."""
        while moving := [errand for errand in errands if errand.moves]:
            waves: dict[ReferralStatus, list[Errand]] = defaultdict(list)
            for errand in moving:
                errand.last = errand.moves.popleft()
                waves[errand.last.to].append(errand)
            for status, wave in waves.items():
                if act := BY_THE_CLOCK.get(status):
                    act(CLOCK, _answers(wave))
                    continue
                act = BY_PARTNERS.get(status) or BY_AGENTS[status]
                for actor, group in by_actor(wave, self._partner if status in BY_PARTNERS else _agent):
                    act(actor, _answers(group))

    def _partner(self, errand: Errand) -> Actor:
        if errand.referral is None:
            raise LookupError("this need was sent to nobody")
        return self.cast.partners[errand.referral.organisation_id]


def sent_again(errands: Iterable[Errand]) -> list[Errand]:
    """Return what the agents send to another service, of what came back; the rest still waits for them."""
    found = []
    for errand in errands:
        if errand.last and errand.status in CAME_BACK:
            on = try_again_on(errand.case.random, errand.last.on)
            if on <= errand.case.until and (on - errand.case.met_on) < CONSENT_HOLDS:
                found.append(Errand(errand.case, errand.need, errand.step, on))
    return found


def settled(errands: Iterable[Errand], *, give_up: bool) -> list[Closing]:
    """Return what the agents close after a result; with `give_up`, what came back too, as not met, after a while."""
    found = []
    for errand in errands:
        closing = _closing(errand, give_up=give_up)
        if closing is not None and closing.on <= errand.case.until:
            found.append(closing)
    return found


def _closing(errand: Errand, *, give_up: bool) -> Closing | None:
    case, last = errand.case, errand.last
    if last is None:
        return None
    if last.to == R.COMPLETED:
        need_status = NeedStatus.NOT_MET if last.outcome == Outcome.NOT_REACHED else NeedStatus.MET
        return Closing(case, errand.need, errand.step, settled_on(case.random, last.on), need_status)
    if last.to == R.CANCELLED:
        return Closing(case, errand.need, errand.step, after(last.on, 3), NeedStatus.MET)
    if last.to in CAME_BACK and give_up:
        return Closing(case, errand.need, errand.step, give_up_on(last.on), NeedStatus.NOT_MET)
    return None


def _agent(errand: Errand) -> Actor:
    return errand.case.agent


def _answers(errands: Iterable[Errand]) -> list[Answer]:
    return [answer for errand in errands if (answer := _answer(errand))]


def _answer(errand: Errand) -> Answer | None:
    if errand.referral is None or errand.last is None:
        return None
    move = errand.last
    return Answer(
        errand.referral,
        move.on,
        note=move.note,
        reason=move.reason,
        outcome=move.outcome,
        scheduled_for=move.scheduled_for,
    )
