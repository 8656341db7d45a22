"""Markers: a person writes the sentence, the records give the figure."""

from decimal import Decimal

import pytest

from arrimage.reporting.bilan import compute
from arrimage.reporting.indicators import INDICATORS
from arrimage.reporting.markers import fill, markers, unknown_in
from arrimage.reporting.texts import paragraphs
from tests import factories as make
from tests.reporting.world import DAY, YEAR

pytestmark = pytest.mark.django_db


def filled(text: str) -> str:
    return fill(text, compute(make.region(), YEAR)).replace("\u00a0", " ")


def test_every_figure_has_a_marker_and_every_marker_a_label(world):
    assert INDICATORS.keys() <= markers().keys()
    bilan = compute(make.region(), YEAR)
    for marker in markers().values():
        assert marker.label()
        assert marker.write(bilan)
        assert unknown_in([marker.written]) == []


def test_figures_are_written_as_people_read_them(world):
    make.AgreementFactory(signed_on=DAY, organisation=world.partner, committed=Decimal(86_000_000))
    assert filled("{employers_accompanied} employeur") == "1 employeur"
    assert filled("{employers_accompanied.words}") == "1 employeur accompagné"
    assert filled("{agreements_signed_value}, soit {agreements_signed_value.short}") == "86 100 000 $, soit 86,1 M$"
    assert filled("{first_appointments_in_time} ({first_appointments_in_time.share})") == "100 % (1 sur 1)"
    assert filled("{region}, {period}") == "Montréal, du 1er juillet 2020 au 30 juin 2021"


def test_the_figure_follows_the_records(world):
    assert filled("{employers_accompanied.words}") == "1 employeur accompagné"
    make.AccompanimentFactory(in_charge=True, requested_on=DAY)
    assert filled("{employers_accompanied.words}") == "2 employeurs accompagnés"


def test_a_share_of_nothing_is_no_figure():
    assert filled("{first_appointments_in_time} {first_appointments_in_time.share}") == "— —"


def test_unknown_markers_are_named_once_each():
    assert unknown_in(["{employers}, { region } {employers} {}", "{service_points.short}"]) == [
        "{employers}",
        "{}",
        "{service_points.short}",
    ]
    assert unknown_in(["une accolade { seule }", "sans { rien"]) == ["{ seule }"]


def test_an_unknown_marker_of_a_kept_text_stays_in_sight():
    assert filled("{ancien_chiffre} et {employers_accompanied}") == "{ancien_chiffre} et 0"


def test_blank_lines_part_paragraphs():
    bilan = compute(make.region(), YEAR)
    assert paragraphs("Un\ndeux.\n\n \nTrois : {employers_accompanied}.\n", bilan) == ("Un deux.", "Trois\u00a0: 0.")
    assert paragraphs("  ", bilan) == ()
