"""Two leads merge the same records at the same moment: one of them is told."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from arrimage.accounts.enums import Role
from arrimage.foundation.errors import DomainError
from arrimage.people.merging.actions import merge_persons
from arrimage.people.models import Person, PersonMerge
from tests import factories as f


@pytest.mark.django_db(transaction=True)
def test_the_second_is_told_and_nothing_is_merged_twice() -> None:
    pair = [f.PersonFactory(), f.PersonFactory()]
    leads = [f.actor(Role.TEAM_LEAD) for _ in pair]
    together = Barrier(2)
    said: list[str] = []

    def run(actor, kept, gone) -> None:
        together.wait(10)
        try:
            merge_persons(
                actor, kept, gone, versions=(kept.version, gone.version), chosen={}, reason="La même personne."
            )
            said.append("")
        except DomainError as error:
            said.append(str(error))
        finally:
            connection.close()

    # Each keeps the record the other gives up: locks taken in another order would wait for each other forever.
    threads = [Thread(target=run, args=args) for args in ((leads[0], *pair), (leads[1], *reversed(pair)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(bool, said)) == [False, True]
    assert PersonMerge.objects.count() == 1
    assert Person.objects.filter(merged_into__isnull=False).count() == 1
