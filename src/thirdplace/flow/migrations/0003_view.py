"""Searches that were given a name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("flow", "0002_until_an_hour"),
        ("members", "0002_community_is_invented"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="View",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("query", models.TextField()),
                ("kept_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="views", to="members.community"
                    ),
                ),
                (
                    "steward",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="views", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("community", "name"), name="view_called_once"
                    )
                ]
            },
        ),
    ]
