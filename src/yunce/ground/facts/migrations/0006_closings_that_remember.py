import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def remember(apps, schema_editor):
    """Until now nothing could be written into a closed month, so any batch since then will do."""
    Closing = apps.get_model("facts", "MonthClosing")
    Batch = apps.get_model("facts", "Batch")
    TeamMetric = apps.get_model("facts", "TeamMetric")
    for closing in Closing.objects.all():
        batches = Batch.objects.filter(
            team_id=closing.team_id, state="committed", created_at__lte=closing.closed_at
        )
        closing.batch = batches.order_by("-pk").values_list("pk", flat=True).first() or 0
        made = TeamMetric.objects.filter(team_id=closing.team_id).order_by("code", "version")
        for metric in made:
            # The built-in ones had one version each; a team's counted from their first day on.
            if metric.code not in closing.definitions or metric.effective <= _last(closing.month):
                closing.definitions[metric.code] = metric.version
        closing.save(update_fields=["batch", "definitions"])


def _last(first):
    from yunce.kit.months import Month

    return Month.of(first).last


class Migration(migrations.Migration):

    dependencies = [
        ("facts", "0005_posts_that_are_one"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="monthclosing", options={"ordering": ["-month", "-id"]}
        ),
        migrations.AddField(
            model_name="monthclosing",
            name="batch",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="monthclosing",
            name="definitions",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="monthclosing",
            name="reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="monthclosing",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="monthclosing",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="monthclosing", name="one_closing_per_month"
        ),
        migrations.AddConstraint(
            model_name="monthclosing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("team", "month"),
                name="one_living_closing_per_month",
            ),
        ),
    ]
