import django.db.models.deletion
from django.db import migrations, models
from arrimage.foundation.grouped_operations import Grouped


def region() -> models.ForeignKey:
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="territory.region",
        verbose_name="région d’inscription",
    )


class Migration(migrations.Migration):
    """A person and a household are recorded in a region. Empty first: the column comes without rewriting the table."""

    dependencies = [("people", "0001_initial"), ("territory", "0001_initial")]

    operations = [
        Grouped([
            migrations.AddField("person", "region", region()),
            migrations.AddField("household", "region", region()),
        ]),
    ]
