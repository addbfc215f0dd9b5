"""An account belongs to one organisation of an installation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0003_liff")]
    operations = [
        migrations.RemoveConstraint("channel", "one_channel_a_line_channel"),
        migrations.AddConstraint(
            "channel",
            models.UniqueConstraint(fields=("line_channel_id",), name="one_channel_a_line_channel"),
        ),
    ]
