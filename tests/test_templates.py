"""A variable that a view forgot fails the test that shows the page."""

import pytest
from django.template import Context, Template
from django.template.base import Origin

from tests.templates import OURS, UndefinedVariable

OUR_PAGE = f"{OURS}/web/templates/page.html"
THEIR_PAGE = "/elsewhere/allauth/page.html"


def rendered(source: str, file: str) -> str:
    return Template(source, origin=Origin(file)).render(Context({"person": {"name": "Ana"}}))


@pytest.mark.parametrize(
    "source",
    [
        "{{ forgotten }}",
        "{{ person.forgotten }}",
        "{{ forgotten|default:'' }}",
        "{% blocktranslate %}Bonjour {{ forgotten }}{% endblocktranslate %}",
    ],
)
def test_writing_what_is_not_defined(source: str) -> None:
    with pytest.raises(UndefinedVariable):
        rendered(source, OUR_PAGE)
    rendered(source, THEIR_PAGE)


def test_asking_whether_it_is_defined() -> None:
    assert rendered("{% if forgotten %}oui{% else %}non{% endif %}", OUR_PAGE) == "non"
