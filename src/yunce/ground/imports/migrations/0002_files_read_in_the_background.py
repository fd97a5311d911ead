import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("imports", "0001_the_imports_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("upload", "archive", models.CharField(blank=True, default="", max_length=255), preserve_default=False),
        migrations.AddField(
            "upload",
            "state",
            models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("reading", "Reading"),
                    ("ready", "Ready"),
                    ("committing", "Committing"),
                    ("failed", "Failed"),
                ],
                default="ready",
                max_length=10,
            ),
        ),
        migrations.AddField("upload", "sentence", models.CharField(blank=True, default="", max_length=1000), preserve_default=False),
        migrations.AddField("upload", "choices", models.JSONField(default=dict)),
        migrations.AddField("upload", "glance", models.JSONField(default=dict)),
        migrations.AddField(
            "upload",
            "pressed_by",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField("savedmapping", "name", models.CharField(blank=True, default="", max_length=80), preserve_default=False),
        migrations.AddField(
            "savedmapping",
            "created_by",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterModelOptions("savedmapping", options={"ordering": ["name", "id"]}),
    ]
