"""Searches are kept, changed and forgotten by whoever they are of, and by nobody else."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor, system_actor
from arrimage.directory.finding.criteria import Criteria
from arrimage.directory.models import SavedSearch
from arrimage.directory.saved_searches import change_search, delete_search, save_search, saved_searches_visible_to
from arrimage.foundation.errors import Conflict, NotAllowed
from tests.factories import ServiceFactory, UserFactory, actor, theme

pytestmark = pytest.mark.django_db


def test_kept_under_a_name_changed_and_forgotten():
    agent = actor(Role.INTEGRATION_AGENT)
    known = ServiceFactory(themes=[theme("french")])
    search = save_search(agent, "Cours", Criteria(theme=theme("french")), alert=True)
    assert (search.user_id, search.known) == (agent.user_id, [known.pk])
    with pytest.raises(Conflict):
        save_search(agent, "Cours", Criteria(), alert=False)
    change_search(agent, search, "Français", alert=False)
    assert [found.name for found in saved_searches_visible_to(agent)] == ["Français"]
    delete_search(agent, search)
    assert not SavedSearch.objects.exists()


def test_somebody_without_a_role_keeps_their_own():
    user = UserFactory()
    oneself = Actor(user.pk, user.name, role=None)
    save_search(oneself, "Cours", Criteria(), alert=False)
    assert saved_searches_visible_to(oneself).count() == 1


def test_another_s_is_out_of_reach():
    search = save_search(actor(Role.INTEGRATION_AGENT), "Cours", Criteria(), alert=False)
    for other in (actor(Role.INTEGRATION_AGENT), system_actor("clock")):
        assert not saved_searches_visible_to(other).exists()
        with pytest.raises(NotAllowed):
            change_search(other, search, "Autre", alert=True)
        with pytest.raises(NotAllowed):
            delete_search(other, search)
    with pytest.raises(NotAllowed):
        save_search(system_actor("clock"), "Cours", Criteria(), alert=False)
    search.refresh_from_db()
    assert search.name == "Cours"
