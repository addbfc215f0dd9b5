"""The second wall: rows are seen only inside their organisation (core.walls)."""

from django.db import migrations

from madoguchi.core.walls import wall_around


class Migration(migrations.Migration):
    dependencies = [("signs", "0001_start")]
    operations = [
        wall_around("signs_lexicon"),
        wall_around("signs_rule"),
        wall_around("signs_word"),
    ]
