"""The second wall: rows are seen only inside their organisation (core.walls)."""

from django.db import migrations

from madoguchi.core.walls import wall_around

TABLES = ("survey", "version", "submission", "answer", "link", "welcome")


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_start")]
    operations = [wall_around(f"surveys_{table}") for table in TABLES]
