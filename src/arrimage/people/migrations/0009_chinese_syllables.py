"""Words of Chinese syllables learnt again, and the keys of names whose characters are now read otherwise."""

from django.db import migrations

from arrimage.people.rules import search_key
from arrimage.people.word_functions import write_word_functions

BATCH = 2_000
READ_OTHERWISE = "[万乾叶娜宁沈洁薛]"
SOUND_AGAIN = """
update people_nameword k set sounds = n.sounds, traces = people_name_traces(k.word, n.sounds)
from (
    select w.id, people_name_sounds(w.word) as sounds from people_nameword w
    where people_chinese_sound(w.word) is not null
) n
where n.id = k.id and n.sounds <> k.sounds;
"""


def write_functions(apps, schema_editor):
    write_word_functions(schema_editor.connection.alias)


def write_keys_again(apps, schema_editor):
    persons = apps.get_model("people", "Person").objects
    others = persons.filter(original_name__regex=READ_OTHERWISE) | persons.filter(
        names__original_name__regex=READ_OTHERWISE
    )
    others = others.distinct().order_by("pk").prefetch_related("names")
    last = 0
    while rows := list(others.filter(pk__gt=last)[:BATCH]):
        for person in rows:
            names = [person, *sorted(person.names.all(), key=lambda name: name.pk)]
            person.search_key = search_key(
                *(part for name in names for part in (name.family_name, name.given_name, name.original_name))
            )
        persons.bulk_update(rows, ["search_key"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("people", "0008_merge_of_persons")]

    operations = [
        migrations.RunPython(write_functions, migrations.RunPython.noop),
        migrations.RunSQL(SOUND_AGAIN, migrations.RunSQL.noop),
        migrations.RunPython(write_keys_again, migrations.RunPython.noop),
    ]
