"""The second wall: rows are seen only inside their organisation (core.walls)."""

from django.db import migrations

from madoguchi.core.walls import wall_around


class Migration(migrations.Migration):
    dependencies = [("threads", "0001_start")]
    operations = [
        wall_around("threads_message"),
        wall_around("threads_attachment"),
        wall_around("threads_chunk"),
        wall_around("threads_readmark"),
    ]
