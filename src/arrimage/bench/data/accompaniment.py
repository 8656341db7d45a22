"""Assessments, needs, plans, steps, referrals in every state with their events, follow-ups."""

import json
from collections.abc import Iterator
from datetime import date
from random import Random

from arrimage.bench.data.copying import Table
from arrimage.bench.data.days import answer_due, later, noon, unbounded
from arrimage.bench.data.people import Accompanied
from arrimage.bench.data.world import World
from arrimage.bench.sizes import TODAY
from arrimage.casework.enums import (
    WITH_PARTNER,
    AssessmentStatus,
    Channel,
    NeedStatus,
    Outcome,
    PlanStatus,
    StepOwner,
    StepStatus,
)
from arrimage.casework.enums import ReferralStatus as R
from arrimage.casework.models import Assessment, DeclineReason, FollowUp, Need, Plan, Referral, ReferralEvent, Step
from arrimage.casework.rules import propose_step
from arrimage.demo.answers import Respondent
from arrimage.demo.tables.arrivals import Stage
from arrimage.directory.models import Service, Theme
from arrimage.privacy.consents.enums import Means, Purpose
from arrimage.privacy.consents.models import Consent
from arrimage.privacy.consents.queries import texts_for
from arrimage.privacy.consents.rules import MONTHS, months_later
from arrimage.questionnaires.queries import current_version
from arrimage.questionnaires.rules import check_answers

# What has become of a referral, by how far the person is.
_STATES: dict[Stage, tuple[list[R], list[int]]] = {
    Stage.SENT: ([R.SENT, R.REMINDED, R.DRAFT, R.CANCELLED], [65, 20, 10, 5]),
    Stage.ACCEPTED: ([R.ACCEPTED, R.SCHEDULED, R.DECLINED, R.EXPIRED], [45, 35, 15, 5]),
    Stage.STARTED: ([R.STARTED, R.ATTENDED, R.NO_SHOW, R.SCHEDULED, R.STOPPED], [60, 15, 10, 10, 5]),
    Stage.COMPLETED: ([R.COMPLETED, R.STOPPED, R.DECLINED], [85, 10, 5]),
    Stage.CLOSED: ([R.COMPLETED, R.DECLINED, R.STOPPED, R.EXPIRED, R.CANCELLED], [76, 8, 7, 5, 4]),
}
# The states a referral went through to reach one, by the table of transitions.
_PATHS: dict[R, tuple[R, ...]] = {
    R.DRAFT: (),
    R.SENT: (R.SENT,),
    R.REMINDED: (R.SENT, R.REMINDED),
    R.ACCEPTED: (R.SENT, R.ACCEPTED),
    R.DECLINED: (R.SENT, R.DECLINED),
    R.EXPIRED: (R.SENT, R.EXPIRED),
    R.CANCELLED: (R.SENT, R.CANCELLED),
    R.SCHEDULED: (R.SENT, R.ACCEPTED, R.SCHEDULED),
    R.ATTENDED: (R.SENT, R.ACCEPTED, R.SCHEDULED, R.ATTENDED),
    R.NO_SHOW: (R.SENT, R.ACCEPTED, R.SCHEDULED, R.NO_SHOW),
    R.STARTED: (R.SENT, R.ACCEPTED, R.STARTED),
    R.COMPLETED: (R.SENT, R.ACCEPTED, R.STARTED, R.COMPLETED),
    R.STOPPED: (R.SENT, R.ACCEPTED, R.STARTED, R.STOPPED),
}
_GOES_BACK = frozenset({R.DECLINED, R.EXPIRED, R.STOPPED, R.CANCELLED, R.DRAFT})
# Working days after the first appointment at which each thing happens.
DRAFTED, AGREED, SENT, ANSWERED, STARTED, ENDED, FOLLOWED = 2, 4, 8, 14, 22, 45, 50
_DAYS = {R.SENT: SENT, R.REMINDED: 13, R.ACCEPTED: ANSWERED, R.DECLINED: ANSWERED, R.EXPIRED: 19, R.CANCELLED: 10,
         R.SCHEDULED: ANSWERED + 1, R.ATTENDED: STARTED, R.NO_SHOW: STARTED, R.STARTED: STARTED,
         R.COMPLETED: ENDED, R.STOPPED: ENDED}  # fmt: skip
SAMPLES = 200


class Accompaniments:
    """Writes what follows the first appointment of each grown-up, as far as their stage."""

    def __init__(self, random: Random, world: World, uids: Iterator[str]) -> None:
        self.random, self.world = random, world
        version = current_version("needs_assessment")
        self.version_id = version.pk
        respondent = Respondent(version)
        facts = {"category": None, "arrived_days": 3, "has_children": False, "has_children_under_5": False,
                 "has_school_age_children": False}  # fmt: skip
        self.answers = [
            json.dumps(check_answers(version.content, respondent.answers(random), facts, complete=True)[0])
            for _ in range(SAMPLES)
        ]
        self.assessments = Table(
            Assessment, uids, "file", "region", "questionnaire", "answers", "status", "author", "started_at",
            "completed_at",
        )  # fmt: skip
        self.needs = Table(
            Need, uids, "file", "region", "assessment", "theme", "label", "priority", "status", "author", "noted_on",
            "closed_on",
        )  # fmt: skip
        self.consents = Table(
            Consent, uids, "person", "region", "purpose", "text", "means", "given_on", "expires_on", "recorded_by"
        )
        self.consent_text = texts_for([Purpose.PLAN_REFERRALS], "fr")[Purpose.PLAN_REFERRALS]["fr"].pk
        self.plans = Table(
            Plan, uids, "file", "region", "status", "goal", "author", "drafted_on", "agreed_on", "explained_language"
        )
        self.steps = Table(
            Step, uids, "plan", "file", "region", "need", "title", "owner", "due_on", "status", "done_on"
        )
        self.referrals = Table(
            Referral, uids, "file", "region", "need", "step", "service", "organisation", "author", "shared", "status",
            "sent_on", "answer_due", "answered_on", "decline_reason", "scheduled_for", "started_on", "ended_on",
            "outcome",
        )  # fmt: skip
        self.reasons = list(DeclineReason.objects.order_by("pk").values_list("pk", flat=True))
        self.events = Table(
            ReferralEvent, uids, "referral", "from_status", "to_status", "happened_at", "actor", "actor_name"
        )
        self.follow_ups = Table(FollowUp, uids, "file", "region", "author", "happened_on", "channel", "note")
        self.tables = [
            self.consents, self.assessments, self.needs, self.plans, self.steps, self.referrals, self.events,
            self.follow_ups,
        ]  # fmt: skip

    def accompany(self, who: Accompanied) -> None:
        """Keep one person's rows."""
        draft = who.stage == Stage.ASSESSED and self.random.random() < 0.3
        status = AssessmentStatus.DRAFT if draft else AssessmentStatus.COMPLETED
        assessment = self.assessments.add(
            who.file_id, who.region_id, self.version_id, self.random.choice(self.answers), status, who.agent_id,
            noon(who.met_on), None if draft else noon(who.met_on),
        )  # fmt: skip
        if draft:
            return
        # Three years and not one: one consent covers whatever is sent, without another row to renew it.
        self.consents.add(
            who.person_id, who.region_id, Purpose.PLAN_REFERRALS, self.consent_text, Means.TICK, who.met_on,
            months_later(who.met_on, MONTHS[Purpose.ACCOMPANIMENT]), who.agent_id,
        )  # fmt: skip
        plan = self._plan(who) if who.stage >= Stage.DRAFTED else None
        themes = self.random.sample(self.world.themes, self.random.choice([1, 2, 2, 3, 3, 4, 5]))
        for rank, theme in enumerate(themes):
            self._need(who, assessment, plan, theme, referred=rank == 0 or self.random.random() < 0.4)
        if who.stage >= Stage.COMPLETED:
            for rank in range(self.random.choice([1, 1, 2])):
                self.follow_ups.add(
                    who.file_id, who.region_id, who.agent_id, later(who.met_on, FOLLOWED + 5 * rank),
                    self.random.choice(list(Channel)), "Suivi généré pour les mesures : tout se passe comme prévu.",
                )  # fmt: skip

    def _plan(self, who: Accompanied) -> int:
        agreed = who.stage >= Stage.AGREED
        status = PlanStatus.CLOSED if who.closed_on else PlanStatus.AGREED if agreed else PlanStatus.DRAFT
        return self.plans.add(
            who.file_id, who.region_id, status, "Travailler dans son domaine, en français.", who.agent_id,
            later(who.met_on, DRAFTED), later(who.met_on, AGREED) if agreed else None, who.language if agreed else "",
        )  # fmt: skip

    def _need(self, who: Accompanied, assessment: int, plan: int | None, theme: Theme, *, referred: bool) -> None:
        """Keep a need, its step once there is a plan, and its referral once there is one."""
        random = self.random
        priority = random.choices([1, 2, 3], [20, 50, 30])[0]
        referral = None
        if referred and who.stage >= Stage.SENT:
            referral = random.choices(*_STATES[who.stage])[0]
        need_status, step_status = self._settled(who, referral)
        closed_on = None if need_status in (NeedStatus.OPEN, NeedStatus.IN_PROGRESS) else later(who.met_on, FOLLOWED)
        need = self.needs.add(
            who.file_id, who.region_id, assessment, theme.pk, theme.label_fr, priority, need_status, who.agent_id,
            who.met_on, closed_on,
        )  # fmt: skip
        if plan is None:
            return
        proposed = propose_step(theme.code, theme.label_fr, priority)
        owner = StepOwner.PARTNER if referral else proposed.owner
        done_on = later(who.met_on, FOLLOWED) if step_status == StepStatus.DONE else None
        step = self.steps.add(
            plan, who.file_id, who.region_id, need, proposed.title, owner,
            unbounded(later(who.met_on, DRAFTED), proposed.working_days), step_status, done_on,
        )  # fmt: skip
        if referral:
            self._refer(who, need, step, theme, referral)

    def _settled(self, who: Accompanied, referral: R | None) -> tuple[NeedStatus, StepStatus]:
        """Return what has become of a need and of its step."""
        random = self.random
        if who.stage == Stage.CLOSED:
            if referral is None or referral == R.COMPLETED:
                return random.choices([NeedStatus.MET, NeedStatus.NOT_MET], [85, 15])[0], StepStatus.DONE
            if who.closed_on:
                return NeedStatus.WITHDRAWN, StepStatus.DROPPED
            return NeedStatus.OPEN, StepStatus.TODO
        if referral is None or referral in _GOES_BACK:
            started = who.stage >= Stage.AGREED and referral is None and random.random() < 0.3
            return (NeedStatus.IN_PROGRESS, StepStatus.IN_PROGRESS) if started else (NeedStatus.OPEN, StepStatus.TODO)
        return NeedStatus.IN_PROGRESS, StepStatus.IN_PROGRESS

    def _refer(self, who: Accompanied, need: int, step: int, theme: Theme, status: R) -> None:
        service: Service = self.random.choice(self.world.services[theme.pk])
        path = _PATHS[status]
        days: dict[R, date] = {state: later(who.met_on, _DAYS[state]) for state in path}
        sent_on = days.get(R.SENT)
        answered = R.ACCEPTED if R.ACCEPTED in path else R.DECLINED
        scheduled = R.SCHEDULED in path
        ended = status in (R.COMPLETED, R.STOPPED)
        shared = json.dumps(
            {"name": who.name, "phone": who.phone, "email": "", "language": who.language, "need": theme.label_fr,
             "theme": theme.code}
        )  # fmt: skip
        referral = self.referrals.add(
            who.file_id, who.region_id, need, step, service.pk, service.organisation_id, who.agent_id, shared, status,
            sent_on, answer_due(sent_on) if sent_on else None, days.get(answered),
            self.random.choice(self.reasons) if status == R.DECLINED else None,
            unbounded(TODAY if status in WITH_PARTNER else days[R.SCHEDULED], 3) if scheduled else None,
            days.get(R.STARTED), days[status] if ended else None,
            self.random.choice(list(Outcome)) if status == R.COMPLETED else "",
        )  # fmt: skip
        before = R.DRAFT
        for state in path:
            self.events.add(referral, before, state, noon(days[state]), who.agent_id, who.agent_name)
            before = state
