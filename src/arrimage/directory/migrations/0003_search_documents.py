"""One document of words a service, kept by triggers, the words that correct typos; locations by where they are."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from arrimage.directory.finding.documents import CONFIGURATIONS, FILL, TRIGGERS, write_functions


def write(apps, schema_editor):
    write_functions(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_shaped_on_hsds")]

    operations = [
        migrations.CreateModel(
            name="ServiceDocument",
            fields=[
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="document",
                        serialize=False,
                        to="directory.service",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="service_document_words")
                ],
            },
        ),
        migrations.CreateModel(
            name="DirectoryWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.TextField(unique=True)),
                ("plain", models.TextField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(models.F("plain"), name="gin_trgm_ops"),
                        name="directory_word_alike",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="location",
            index=models.Index(fields=["latitude", "longitude"], name="location_on_the_map"),
        ),
        migrations.RunSQL(CONFIGURATIONS, migrations.RunSQL.noop),
        migrations.RunPython(write, migrations.RunPython.noop),
        migrations.RunSQL([FILL, *TRIGGERS], migrations.RunSQL.noop),
    ]
