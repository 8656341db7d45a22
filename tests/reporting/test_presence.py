"""Service points and people on the last day."""

import pytest

from arrimage.accounts.enums import Role
from tests import factories as make
from tests.reporting.world import AFTER, BEFORE, DAY, FIRST, LAST, Case, change, check

ROLES = {"regional_advisors": "advisor", "integration_agents": "agent", "reception_agents": "receptionist"}

POINTS = [
    Case("an office more", lambda w: make.ServicePointFactory(opened_on=LAST), {"service_points": 2}),
    Case("closed on the last day", lambda w: change(w.office, closed_on=LAST)),
    Case("closed the day before", lambda w: change(w.office, closed_on=LAST.replace(day=29)), {"service_points": 0}),
    Case("opened the day after", lambda w: change(w.office, opened_on=AFTER), {"service_points": 0}),
    Case("no longer for the public", lambda w: change(w.office, open_to_public=False), {"service_points": 0}),
    Case("hosted by somebody else", lambda w: change(w.office, host="Place Dupuis")),
    Case("the airport closes", lambda w: change(w.airport, closed_on=DAY), {"airport_reception_services": 0}),
    Case("another airport", lambda w: make.ServicePointFactory(airport=True), {"airport_reception_services": 2}),
    Case("an office elsewhere", lambda w: make.ServicePointFactory(region=make.region("13"))),
    Case("an office closed before", lambda w: make.ServicePointFactory(opened_on=BEFORE, closed_on=BEFORE)),
    Case("an airport elsewhere", lambda w: make.ServicePointFactory(airport=True, region=make.region("13"))),
]


def staff_cases(code: str, name: str) -> list[Case]:
    """Return the cases of one role: the same rule for the three."""

    def role(w):
        return getattr(w, name).role

    def again(w, **fields):
        grant = getattr(w, name)
        return make.RoleGrantFactory(user=grant.user, role=grant.role, **fields)

    return [
        Case(f"{code}: one more", lambda w: make.RoleGrantFactory(role=role(w), starts_on=LAST), {code: 2}),
        Case(f"{code}: leaves on the last day", lambda w: change(getattr(w, name), ends_on=LAST)),
        Case(f"{code}: left before", lambda w: change(getattr(w, name), ends_on=DAY), {code: 0}),
        Case(f"{code}: starts after", lambda w: change(getattr(w, name), starts_on=AFTER), {code: 0}),
        Case(f"{code}: no grant any more", lambda w: getattr(w, name).delete(), {code: 0}),
        Case(f"{code}: the account closes later", lambda w: change(getattr(w, name).user, is_active=False)),
        Case(f"{code}: the same grant twice", again),
        Case(f"{code}: came back", lambda w: again(w, starts_on=FIRST, ends_on=DAY)),
        Case(f"{code}: elsewhere", lambda w: make.RoleGrantFactory(role=role(w), region=make.region("13"))),
        Case(f"{code}: here then elsewhere", lambda w: again(w, region=make.region("13"))),
        Case(f"{code}: already gone", lambda w: make.RoleGrantFactory(role=role(w), starts_on=FIRST, ends_on=DAY)),
    ]


PEOPLE = [case for code, name in ROLES.items() for case in staff_cases(code, name)] + [
    Case("an international recruitment advisor", lambda w: make.RoleGrantFactory(role=Role.RECRUITMENT_ADVISOR)),
    Case("a team lead", lambda w: make.RoleGrantFactory(role=Role.TEAM_LEAD)),
    Case("a partner's worker", lambda w: make.OrganisationMemberFactory(organisation=w.partner)),
]


EVERY = POINTS + PEOPLE


@pytest.mark.parametrize("case", [case for case in EVERY if case.moves], ids=lambda case: case.name)
def test_figures_follow(case, world):
    check(world, [case])


def test_decoys_move_nothing(world):
    check(world, [case for case in EVERY if not case.moves])
