"""The claim of work stops after as many rows as it wants, instead of sorting all that are due."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0002_walls")]

    operations = [
        migrations.RemoveIndex(model_name="inboundevent", name="event_due"),
        migrations.AddIndex(
            model_name="inboundevent",
            index=models.Index(
                fields=["due_at", "id"],
                condition=models.Q(due_at__isnull=False),
                name="event_due_in_order",
            ),
        ),
    ]
