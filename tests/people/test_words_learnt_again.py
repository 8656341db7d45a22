"""The migration of Chinese syllables: what was learnt and written before is found as what is written now."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from arrimage.people.models import NameWord, Person, PersonName
from arrimage.people.search import find_named
from tests import factories as f
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
migration = import_module("arrimage.people.migrations.0009_chinese_syllables")


def test_words_learnt_before_sound_as_those_learnt_now() -> None:
    person = f.PersonFactory(given_name="Wei", family_name="Hsueh")
    with as_owner():
        learnt = NameWord.objects.values().get(word="hsueh")
        NameWord.objects.filter(word="hsueh").update(sounds=["s"], traces=["=s"])
        with connection.cursor() as cursor:
            cursor.execute(migration.SOUND_AGAIN)
        assert NameWord.objects.values().get(word="hsueh") == learnt
    assert find_named(Person.objects.all(), "Xue Wei", 10) == [person]


def test_keys_are_written_again_other_names_last() -> None:
    person = f.PersonFactory(given_name="Ning", family_name="Chen", original_name="陈宁")
    PersonName.objects.create(person=person, kind="birth", family_name="Shen", original_name="沈宁")
    untouched = f.PersonFactory(given_name="Wei", family_name="Wang", original_name="王伟")
    with as_owner():
        Person.objects.update(search_key="chen zhu")
        migration.write_keys_again(apps, None)
    person.refresh_from_db()
    untouched.refresh_from_db()
    assert person.search_key == "chen ning chen ning shen shen ning"
    assert untouched.search_key == "chen zhu"
