"""Lines of Today may be put off until an hour of the same day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("flow", "0001_initial")]

    operations = [
        migrations.AddField(model_name="setaside", name="until_at", field=models.DateTimeField(null=True)),
    ]
