"""At the office: consents, assessments, plans."""

from collections.abc import Sequence
from datetime import date

from arrimage.casework import actions as casework
from arrimage.casework.actions.agreements import Agreed
from arrimage.casework.actions.assessments import CompletedAssessment
from arrimage.casework.actions.plans import NewPlan
from arrimage.casework.models import Need, Step
from arrimage.demo.answers import Respondent
from arrimage.demo.consents import first_consents
from arrimage.demo.doing.cases import Case
from arrimage.demo.doing.cast import by_actor
from arrimage.demo.planning.accompaniment import reassessed_on
from arrimage.demo.planning.households import Stage
from arrimage.privacy.consents.actions import give
from arrimage.questionnaires.queries import current_version

AGAIN = 0.05  # chance (0 to 1) of a need for each question, the second time


class Office:
    """The work of the agents with the persons they meet, up to the plan."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = cases
        self.respondent = Respondent(current_version("needs_assessment"))

    def consent(self) -> None:
        """Take the consents at the first appointment: nearly all say yes to most; some, for a shorter time."""
        for agent, cases in by_actor(self.cases, lambda case: case.agent):
            give(agent, [item for case in cases for item in first_consents(case.file, case.met_on, case.until)])

    def assess(self) -> None:
        """Assess the needs at the first appointment; some assessments are left half way."""
        for case in self._from_stage(Stage.ASSESSMENT_BEGUN):
            if case.stage == Stage.ASSESSMENT_BEGUN:
                answers = list(self.respondent.answers(case.random).items())
                begun = casework.start_assessment(case.agent, case.file, on=case.met_on)
                casework.save_answers(case.agent, begun, dict(answers[: len(answers) // 2]))
        for case, needs in self._assess([(case, case.met_on) for case in self._from_stage(Stage.ASSESSED)]):
            case.needs = needs

    def reassess(self) -> list[tuple[Case, date, list[Need]]]:
        """Assess some persons anew after some months; return the day and the needs that were not there before."""
        days = {case: reassessed_on(case.random, case.met_on) for case in self._from_stage(Stage.UNDER_WAY)}
        again = [(case, day) for case, day in days.items() if day and day <= case.until]
        self.respondent.need = AGAIN
        return [(case, days[case] or case.until, needs) for case, needs in self._assess(again)]

    def _assess(self, days: Sequence[tuple[Case, date]]) -> list[tuple[Case, list[Need]]]:
        """Complete an assessment of each case on its day; return the needs each raised, the most pressing first."""
        found: dict[int, list[Need]] = {case.file.pk: [] for case, _day in days}
        for agent, group in by_actor(days, lambda each: each[0].agent):
            items = [
                CompletedAssessment(case.file, self.respondent.answers(case.random), on=day) for case, day in group
            ]
            for need in casework.complete_assessments(agent, items):
                found[need.file_id].append(need)
        for needs in found.values():
            needs.sort(key=lambda need: (need.priority, need.pk))
        return [(case, found[case.file.pk]) for case, _day in days]

    def draft(self) -> None:
        """Draft the plans, the next working day."""
        by_file = {case.file.pk: case for case in self.cases}
        for agent, cases in by_actor(self._from_stage(Stage.DRAFTED), lambda case: case.agent):
            for plan in casework.draft_plans(agent, [NewPlan(case.file, on=case.after(1)) for case in cases]):
                by_file[plan.file_id].plan = plan

    def agree(self) -> None:
        """Agree the plans with the persons, in their language."""
        for agent, cases in by_actor(self._from_stage(Stage.AGREED), lambda case: case.agent):
            casework.agree_plans(agent, [item for case in cases if (item := _agreed(case))])

    def steps(self) -> dict[int, Step]:
        """Return the steps of the plans, by key of the need each is for."""
        plans = [case.plan for case in self.cases if case.plan]
        return {step.need_id: step for step in Step.objects.filter(plan__in=plans).order_by("-pk") if step.need_id}

    def _from_stage(self, stage: Stage) -> list[Case]:
        return [case for case in self.cases if case.stage >= stage]


def _agreed(case: Case) -> Agreed | None:
    if case.plan is None:
        return None
    language = case.file.person.preferred_language
    by = "" if language == "fr" else "Interprète Démo"
    return Agreed(case.plan, language=language, by=by, on=case.after(3))
