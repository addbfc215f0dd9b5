"""How many different answers there are, all columns of a count together: without it PostgreSQL expects a hundred times as
many groups, and counts a survey's answers in one process where several would halve the time."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("surveys", "0005_counted")]
    operations = [
        migrations.RunSQL(
            'CREATE STATISTICS surveys_answers_alike (ndistinct) ON question, is_skipped, codes, number, "on" FROM surveys_answer',
            "DROP STATISTICS surveys_answers_alike",
        )
    ]
