"""A locked screen calls too: the intake counts on whoever can be called."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_approvals")]
    operations = [
        migrations.AddField("user", "rung_at", models.DateTimeField(editable=False, null=True)),
    ]
