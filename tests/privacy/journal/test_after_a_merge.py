"""Once two records are one, the person reads who opened either; the lines themselves never change."""

import pytest

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Role
from arrimage.people.merging.actions import merge_persons
from arrimage.privacy.journal.enums import Basis, ObjectKind, What
from arrimage.privacy.journal.models import Reading
from arrimage.privacy.journal.queries import consultations_of_own_record
from arrimage.privacy.journal.writing import Seen, write_readings
from tests import factories as f

pytestmark = pytest.mark.django_db


def test_the_person_reads_who_opened_either_record() -> None:
    kept, gone, other = f.PersonFactory(), f.PersonFactory(), f.PersonFactory()
    lead = f.actor(Role.TEAM_LEAD)
    with acting_as(lead):
        write_readings(
            lead,
            [
                Seen(What.OPENED, ObjectKind.PERSON, Basis.TEAM_LEAD, person.pk, person.region_id, None)
                for person in (kept, gone, other)
            ],
        )
    merge_persons(lead, kept, gone, versions=(kept.version, gone.version), chosen={}, reason="La même personne.")
    assert Reading.objects.filter(person_id=gone.pk).count() == 1
    oneself = f.oneself(kept)
    with acting_as(oneself):
        seen = {reading.person_id for reading in consultations_of_own_record(oneself)}
    assert seen == {kept.pk, gone.pk}
