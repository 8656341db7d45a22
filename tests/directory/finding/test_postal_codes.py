"""Where a postal code is: the mean of the directory's own locations there, however the code is written."""

import pytest

from arrimage.directory.enums import LocationType
from arrimage.directory.finding.criteria import Point
from arrimage.directory.finding.postal_codes import find_area
from arrimage.directory.models import Address, Location
from arrimage.foundation.errors import InvalidInput
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def place(code: str, latitude: float | None, longitude: float | None, **address) -> None:
    location = Location.objects.create(organisation=OrganisationFactory(), latitude=latitude, longitude=longitude)
    Address.objects.create(location=location, address_1="1, rue A", postal_code=code, **address)


@pytest.mark.parametrize("typed", ["H2X", "h2x", " H2x ", "h2x 9z9", "H2X9Z9", "h2x-9z9"])
def test_the_first_three_characters_are_the_mean_of_what_is_there(typed):
    place("H2X 1Y4", 45.0, -73.0)
    place("h2x2b2", 46.0, -74.0)
    place("H3X 1Y4", 50.0, -60.0)
    area = find_area(typed)
    assert (area.code, area.middle) == ("H2X", Point(45.5, -73.5))
    assert "H2X" in str(area)


def test_a_whole_code_that_a_location_bears_is_there():
    place("H2X 1Y4", 45.0, -73.0)
    place("H2X 2B2", 46.0, -74.0)
    area = find_area("h2x 2b2")
    assert (area.code, area.middle) == ("H2X 2B2", Point(46.0, -74.0))


@pytest.mark.parametrize("typed", ["H2", "H2X 1", "123", "H2X 1Y4 9", "Montréal", "٣A٣", "H2X\x00"])
def test_what_is_no_code_is_said(typed):
    with pytest.raises(InvalidInput, match="comme"):
        find_area(typed)


def test_a_code_where_the_directory_has_nobody_is_said():
    place("H2X 1Y4", None, None)
    place("H2X 1Y4", 45.0, -73.0, address_type=LocationType.POSTAL)
    with pytest.raises(InvalidInput, match="H2X"):
        find_area("H2X")
