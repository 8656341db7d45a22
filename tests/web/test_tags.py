"""The words and parts of a page."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from arrimage.casework.enums import ReferralStatus
from arrimage.web.parts import Empty, Moment, Todo, grouped, steps
from arrimage.web.signs import PATHS
from arrimage.web.states import Tone, tone_of


def shown(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("{{ v|date }}", date(2026, 11, 27), "27\u00a0nov.\u00a02026"),
        ("{{ v|date:'Y-m' }}", date(2026, 11, 27), "2026-11"),
        ("{{ v|date }}", None, ""),
        ("{{ v|long_date }}", date(2021, 7, 1), "1er\u00a0juillet\u00a02021"),
        ("{{ v|weekday }}", date(2026, 11, 27), "vendredi\u00a027\u00a0novembre"),
        ("{{ v|time }}", datetime(2026, 11, 27, 19, 30, tzinfo=UTC), "14\u00a0h\u00a030"),
        ("{{ v|number }}", Decimal("1234.5"), "1\u00a0234,5"),
        ("{{ v|money }}", 86_200_000, "86\u00a0200\u00a0000\u00a0$"),
        ("{{ v|large_money }}", 86_200_000, "86,2\u00a0M$"),
    ],
)
def test_writing(text: str, value: object, words: str) -> None:
    assert shown(text, v=value) == words


def test_a_state_is_a_word_and_a_sign_and_a_colour() -> None:
    badge = shown("{% badge s.label s %}", s=ReferralStatus.ACCEPTED)

    assert "Acceptée" in badge
    assert "tone-ok" in badge
    assert "<svg" in badge


def test_a_badge_escapes_its_word() -> None:
    assert "&lt;b&gt;" in shown('{% badge w "warn" %}', w="<b>")


def test_an_unknown_state_is_neutral() -> None:
    assert tone_of("never_heard_of") == Tone.NEUTRAL


def test_every_tone_has_its_sign() -> None:
    assert {tone.value for tone in Tone} <= PATHS.keys()


def test_things_to_do_are_grouped_most_urgent_first() -> None:
    def todo(title: str, reason: str, due: date | None) -> Todo:
        return Todo(title, reason, "/x/", "Relancer", due=due)

    groups = grouped(
        [
            todo("sans date", "Suivis", None),
            todo("plus tard", "Orientations", date(2026, 12, 20)),
            todo("demain", "Suivis", date(2026, 12, 1)),
            todo("en retard", "Orientations", date(2026, 11, 1)),
        ]
    )
    assert [group.reason for group in groups] == ["Orientations", "Suivis"]
    assert [todo.title for group in groups for todo in group.todos] == ["en retard", "plus tard", "demain", "sans date"]


def test_a_to_do_list_shows_its_one_action_or_says_that_nothing_waits() -> None:
    groups = grouped([Todo("Nadia Haddad", "Orientations", "/dossier/", "Relancer", action_url="/relance/", post=True)])
    page = shown("{% todo_list groups empty %}", groups=groups, empty=Empty("Rien ne vous attend."), csrf_token="jeton")

    assert 'action="/relance/"' in page
    assert "jeton" in page
    assert "Rien ne vous attend." in shown("{% todo_list groups empty %}", groups=[], empty="Rien ne vous attend.")


def test_a_figure_has_its_period_and_its_definition() -> None:
    page = shown('{% figure 1265 "Employeurs" "du 1er juillet 2020 au 30 juin 2021" "/preuves/" "/definition/" %}')

    assert "1\u00a0265" in page
    assert "du 1er juillet 2020" in page
    assert 'href="/definition/"' in page


def test_a_fact_that_is_missing_says_so_and_zero_is_a_fact() -> None:
    page = shown("{% facts pairs %}", pairs=[("Courriel", ""), ("Enfants", 0)])

    assert "Non précisé" in page
    assert "<dd>0</dd>" in page.replace("\n", "").replace(" ", "")


def test_a_timeline_and_the_steps_of_a_form() -> None:
    assert "Accueillie" in shown("{% timeline m %}", m=[Moment("Accueillie", date(2021, 6, 14), tone=Tone.OK)])
    page = shown("{% progress s %}", s=steps(["Besoins", "Services", "Vérification"], 2, ["/besoins/"]))
    assert "Étape 2 sur 3" in page
    assert 'aria-current="step"' in page
    assert 'href="/besoins/"' in page
