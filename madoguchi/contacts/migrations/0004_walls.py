"""The second wall around what is known of friends; and when those that are here already were last active."""

from django.db import migrations

from madoguchi.core.walls import EVERYWHERE, SETTING, wall_around

TABLES = (
    "attribute",
    "change",
    "consent",
    "merge",
    "option",
    "origin",
    "originvisit",
    "tag",
    "tagging",
    "terms",
    "values",
)
SEE_ALL = f"SELECT set_config('{SETTING}', '{EVERYWHERE}', true);"  # until the migration's transaction ends
LAST_KNOWN = "UPDATE contacts_contact SET active_at = GREATEST(first_seen_at, followed_at);"


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_what_is_known")]
    operations = [
        migrations.RunSQL(SEE_ALL + LAST_KNOWN, migrations.RunSQL.noop),
        *(wall_around(f"contacts_{table}") for table in TABLES),
    ]
