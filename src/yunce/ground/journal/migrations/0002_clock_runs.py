"""The clock's ledger: which daily job was queued for which moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_the_journal_tables")]

    operations = [
        migrations.CreateModel(
            name="ClockRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("due_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("name", "due_at"), name="one_run_per_moment")
                ],
            },
        ),
    ]
