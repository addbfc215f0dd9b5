"""The LIFF app of an account: its pages open inside LINE and know who opens them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0002_walls")]
    operations = [
        migrations.AddField(
            "channel",
            "login_channel_id",
            models.CharField("LINEログインのチャネルID", max_length=20, blank=True, default=""),
        ),
        migrations.AddField(
            "channel", "liff_id", models.CharField("LIFF ID", max_length=32, blank=True, default="")
        ),
        migrations.AddConstraint(
            "channel",
            models.UniqueConstraint(
                condition=models.Q(("liff_id", ""), _negated=True),
                fields=("liff_id",),
                name="one_channel_a_liff_app",
            ),
        ),
    ]
