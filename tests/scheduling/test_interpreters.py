"""A lead says who interprets in the region: what is refused, and to whom."""

from dataclasses import replace

import pytest

from arrimage.accounts.enums import Role
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.scheduling.interpreters import InterpreterDetails, add_interpreter, edit_interpreter
from arrimage.scheduling.models import Interpreter
from tests import factories as make

pytestmark = pytest.mark.django_db

DETAILS = InterpreterDetails("Interprète Essai-Neuf", ["es"], ["phone"], cost_code=" 100 ")


@pytest.fixture
def point():
    return make.ServicePointFactory()


@pytest.fixture
def lead(point):
    return make.actor(Role.TEAM_LEAD, service_point=point)


def test_an_interpreter_is_written_once_a_region(lead, point) -> None:
    made = add_interpreter(lead, point.region, DETAILS)
    assert made.cost_code == "100"
    with pytest.raises(InvalidInput, match="porte déjà ce nom") as refused:
        add_interpreter(lead, point.region, replace(DETAILS, name=f" {DETAILS.name} "))
    assert refused.value.field == "name"
    make.InterpreterFactory(region=point.region, name="Interprète Essai-Pris")
    with pytest.raises(InvalidInput, match="porte déjà ce nom"):
        edit_interpreter(lead, made, replace(DETAILS, name="Interprète Essai-Pris"), version=made.version)


@pytest.mark.parametrize(
    ("missing", "field"),
    [({"name": " "}, "name"), ({"languages": []}, "languages"), ({"modes": []}, "modes"), ({"modes": ["x"]}, "modes")],
)
def test_what_is_missing_is_said_beside_its_field(lead, point, missing, field) -> None:
    with pytest.raises(InvalidInput) as refused:
        add_interpreter(lead, point.region, replace(DETAILS, **missing))
    assert refused.value.field == field
    assert not Interpreter.objects.exists()


def test_an_older_version_is_refused(lead, point) -> None:
    made = add_interpreter(lead, point.region, DETAILS)
    edit_interpreter(lead, made, replace(DETAILS, phone="5145550142"), version=made.version)
    with pytest.raises(Conflict, match="entre-temps"):
        edit_interpreter(lead, made, replace(DETAILS, phone="5145550143"), version=made.version)


def test_agents_and_leads_of_elsewhere_write_none(lead, point) -> None:
    made = add_interpreter(lead, point.region, DETAILS)
    agent = make.actor(Role.INTEGRATION_AGENT, service_point=point)
    elsewhere = make.actor(Role.TEAM_LEAD, "13")
    for other in (agent, elsewhere):
        with pytest.raises(NotAllowed):
            add_interpreter(other, point.region, replace(DETAILS, name="Interprète Essai-Autre"))
        with pytest.raises(NotAllowed):
            edit_interpreter(other, made, DETAILS, version=made.version)
