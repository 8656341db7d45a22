from django.db import migrations, models


class Migration(migrations.Migration):
    """Whom a map cites for an outline."""

    dependencies = [("territory", "0002_outlines")]

    operations = [
        migrations.AddField(
            model_name="outline",
            name="source",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="source à citer"),
        ),
    ]
