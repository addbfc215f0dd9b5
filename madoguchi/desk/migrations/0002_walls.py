"""The second wall: rows are seen only inside their organisation (core.walls)."""

from django.db import migrations

from madoguchi.core.walls import wall_around


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_start")]
    operations = [
        wall_around("desk_conversation"),
        wall_around("desk_assignment"),
        wall_around("desk_alert"),
        wall_around("desk_reception"),
    ]
