import django.db.models.deletion
from django.db import migrations, models


def region() -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="territory.region",
        verbose_name="région d’inscription",
    )


class Migration(migrations.Migration):
    """No person and no household without a region."""

    dependencies = [("people", "0003_fill_regions")]

    operations = [migrations.AlterField("person", "region", region()), migrations.AlterField("household", "region", region())]
