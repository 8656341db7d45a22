"""The dictionary of the words of names, its triggers, the indexes of searches, and the words of those already there."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from arrimage.people.rules import search_key
from arrimage.people.word_functions import TRIGGERS, write_word_functions

BATCH = 2_000
INDEXES = """
create index person_words on people_person using gin (to_tsvector('simple', search_key));
create index person_phone_ending on people_person (reverse(regexp_replace(phone, '\\D', '', 'g')) text_pattern_ops);
create index person_email_beginning on people_person (lower(email) text_pattern_ops);
create index person_birth on people_person (birth_date);
"""
LEARN = """
select people_learn_words(array(select distinct unnest(string_to_array(search_key, ' ')) from people_person));
"""


def write_keys_again(apps, schema_editor):
    """Write the keys of names in another script as they are written now (vowels of Arabic, signs of Cyrillic)."""
    persons = apps.get_model("people", "Person").objects
    others = persons.exclude(original_name__regex=r"^[\x20-\x7e]*$").order_by("pk")
    last = 0
    while rows := list(others.filter(pk__gt=last)[:BATCH]):
        for person in rows:
            person.search_key = search_key(person.family_name, person.given_name, person.original_name)
        persons.bulk_update(rows, ["search_key"])
        last = rows[-1].pk


def write_functions(apps, schema_editor):
    write_word_functions(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("people", "0005_people_and_households")]

    operations = [
        migrations.CreateModel(
            name="NameWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.TextField(unique=True)),
                ("fold", models.TextField()),
                ("sounds", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("traces", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("unused_since", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["traces"], name="name_word_traces")],
            },
        ),
        migrations.RunPython(write_keys_again, migrations.RunPython.noop),
        migrations.RunPython(write_functions, migrations.RunPython.noop),
        migrations.RunSQL([LEARN, TRIGGERS, INDEXES], migrations.RunSQL.noop),
    ]
