"""Answering on a page: words that are still being written, answers that were deleted, and links that are counted."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_edits")]
    operations = [
        migrations.AddField("submission", "erased_at", models.DateTimeField(null=True)),
        migrations.AddField("submission", "sealed_draft", models.BinaryField(null=True)),
        migrations.AddField("link", "number", models.PositiveIntegerField(default=1)),
        migrations.AlterField(
            "link",
            "submission",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="links", to="surveys.submission"
            ),
        ),
        migrations.AddConstraint(
            "link", models.UniqueConstraint(fields=("submission", "number"), name="one_link_a_number")
        ),
    ]
