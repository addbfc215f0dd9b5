"""The second wall around practices."""

from django.db import migrations

from madoguchi.core.walls import wall_around


class Migration(migrations.Migration):
    dependencies = [("practice", "0001_start")]
    operations = [wall_around("practice_practice")]
