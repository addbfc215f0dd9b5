"""The second wall: rows are seen only inside their organisation (core.walls)."""

from django.db import migrations

from madoguchi.core.walls import wall_around


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_start")]
    operations = [
        wall_around("accounts_organisation", column="id"),
        wall_around("accounts_organisationkey"),
        wall_around("accounts_user"),
    ]
