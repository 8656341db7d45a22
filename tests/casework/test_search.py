"""Finding a file by its number or by the name of its person, however it is typed."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework.models import File
from arrimage.casework.search import find_files, matching
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return f.actor(Role.INTEGRATION_AGENT)


@pytest.fixture
def file():
    person = f.PersonFactory(
        given_name="Élodie", family_name="Nguyễn-Traoré", original_name="Элоди Нгуен", preferred_language="fr"
    )
    f.FileFactory(person=f.PersonFactory(given_name="Zoé", family_name="Lavallée"))
    return f.FileFactory(person=person)


@pytest.mark.parametrize(
    "text",
    [
        "Élodie Nguyễn-Traoré",
        "elodie nguyen",
        "NGUYEN ELODIE",
        "nguyen traore",
        "traoré élodie",
        "Элоди",
        "nguyne",
        "elodei traore",
        "  traore  ",
    ],
)
def test_by_name(actor, file, text: str) -> None:
    assert find_files(actor, text) == [file]


@pytest.mark.parametrize("text", ["", "   ", "!", "Tremblay", "zz", "%", "_"])
def test_nothing_found(actor, file, text: str) -> None:
    assert find_files(actor, text) == []


def test_by_number(actor, file) -> None:
    _prefix, year, serial, digit = file.number.split("-")
    for text in (
        file.number,
        file.number.lower(),
        f"MTL {year} {serial}",
        f"{year}-{serial}",
        f"{year}{serial}{digit}",
        serial,
        str(int(serial)),
    ):
        assert find_files(actor, text) == [file], text
    assert find_files(actor, f"QUE-{year}-{serial}") == []


def test_only_files_the_actor_may_open(file) -> None:
    assert find_files(f.actor(Role.INTEGRATION_AGENT, code="03"), "traore") == []
    assert find_files(f.actor(Role.REGIONAL_ADVISOR), "traore") == []
    assert find_files(f.actor(Role.INTEGRATION_AGENT, code="03"), file.number) == []


def test_a_list_narrowed_by_a_name(actor, file) -> None:
    assert list(matching(File.objects.all(), "nguyen", actor)) == [file]
