"""A search is kept under a name by whoever is signed in; what newly answers it is told once a day at most."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from arrimage.accounts import letters
from arrimage.accounts.enums import Role
from arrimage.accounts.models import Letter
from arrimage.accounts.rights import system_actor
from arrimage.directory.models import SavedSearch
from arrimage.directory.saved_searches import NEW_SERVICES, tell_new_services
from arrimage.foundation import clock
from tests.factories import PersonAccountFactory, ServiceFactory, theme
from tests.web.visitor import Visitor, visitor

pytestmark = pytest.mark.django_db
CLOCK = system_actor("clock")


@pytest.fixture
def agent():
    return visitor(Role.INTEGRATION_AGENT)


def save(person, name: str = "Cours", query: str = "theme=french", **fields) -> SavedSearch:
    address = f"{reverse('saved_search_add')}?{query}"
    assert person.client.post(address, {"name": name, **fields}).status_code == 302
    return SavedSearch.objects.get(user=person.user, name=name)


def test_a_saved_search_leads_to_the_same_address(agent):
    ServiceFactory(themes=[theme("french")])
    save(agent, query="q=cours&theme=french&mode=remote&near=45.5,-73.6")
    page = agent.open("saved_searches")
    assert "q=cours&amp;theme=french&amp;mode=remote" in page
    assert "« cours » · Thème : Français · De quelle façon : À distance" in page.replace("\u00a0", " ")
    assert "45.5" not in page


def test_a_name_is_given_once_and_may_be_changed(agent):
    search = save(agent)
    agent.client.post(reverse("saved_search_add"), {"name": "Cours"})
    assert SavedSearch.objects.filter(user=agent.user).count() == 1
    agent.send("saved_search_edit", search.uid, name="Français", alert="on")
    search.refresh_from_db()
    assert (search.name, search.alert) == ("Français", True)
    agent.send("saved_search_delete", search.uid)
    assert not SavedSearch.objects.filter(pk=search.pk).exists()


def test_another_s_search_is_absent(agent):
    search = save(agent)
    other = visitor(Role.INTEGRATION_AGENT)
    assert "Cours" not in other.open("saved_searches").split("Mes recherches")[-1]
    other.open("saved_search_edit", search.uid, status=404)
    assert other.client.post(reverse("saved_search_delete", args=[search.uid])).status_code == 404


def test_what_is_new_is_told_once_a_day(agent, monkeypatch):
    ServiceFactory(name="Connu", themes=[theme("french")])
    search = save(agent, alert="on")
    assert tell_new_services(CLOCK) == 0
    ServiceFactory(name="Nouveau", themes=[theme("french")])
    ServiceFactory(name="Ailleurs", themes=[theme("housing")])
    assert tell_new_services(CLOCK) == 1
    ServiceFactory(name="Encore", themes=[theme("french")])
    assert tell_new_services(CLOCK) == 0
    tomorrow = clock.today() + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    assert tell_new_services(CLOCK) == 1
    assert tell_new_services(CLOCK) == 0
    promised = Letter.objects.filter(kind=NEW_SERVICES).order_by("pk")
    assert promised.count() == 2
    for _twice in range(2):
        letters.send(promised[0].uid)
    [sent] = mail.outbox
    assert sent.to == [agent.user.email]
    assert "Nouveau" in sent.body
    for absent in ("Connu", "Ailleurs", "Encore"):
        assert absent not in sent.body
    assert search.name in sent.subject


def test_without_an_alert_nothing_is_told(agent):
    save(agent)
    ServiceFactory(themes=[theme("french")])
    assert tell_new_services(CLOCK) == 0


def test_one_comes_to_it_from_the_menu_and_from_the_directory(agent):
    address = reverse("saved_searches")
    for page in ("staff:services", "staff:home", "public:services"):
        assert f'href="{address}"' in agent.open(page), page
    empty = agent.open("saved_searches")
    assert "Vous n’avez pas encore de recherche" in empty
    assert reverse("staff:services") in empty  # the menu of the staff
    newcomer = Visitor(PersonAccountFactory())
    assert f'href="{address}"' in newcomer.open("saved_searches")
