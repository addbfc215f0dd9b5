"""The second wall: rows are seen only inside their organisation (core.walls)."""

from django.db import migrations

from madoguchi.core.walls import wall_around


class Migration(migrations.Migration):
    dependencies = [("phrases", "0001_start")]
    operations = [wall_around("phrases_phrase"), wall_around("phrases_signature")]
