"""The second wall: rows are seen only inside their organisation (core.walls)."""

from django.db import migrations

from madoguchi.core.walls import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_start")]
    operations = [
        append_only("audit_entry"),
    ]
