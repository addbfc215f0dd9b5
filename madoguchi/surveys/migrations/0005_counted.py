"""Where friends stand in a survey, and what has left the house as a file."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from madoguchi.core.walls import wall_around


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_user_password_set_at"),
        ("surveys", "0004_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="stands_at",
            field=models.CharField(blank=True, db_default="", default="", max_length=12),
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("form", models.CharField(max_length=10, verbose_name="形式")),
                ("is_personal", models.BooleanField(default=False)),
                ("submissions", models.PositiveIntegerField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="surveys.survey"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["survey", "-made_at"], name="surveys_exp_survey__c984cc_idx")
                ],
            },
        ),
        wall_around("surveys_export"),
    ]
