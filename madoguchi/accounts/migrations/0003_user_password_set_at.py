"""Who has chosen a password: nobody yet, as far as is known, so everybody is asked once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_walls")]
    operations = [
        migrations.AddField("user", "password_set_at", models.DateTimeField(editable=False, null=True)),
    ]
