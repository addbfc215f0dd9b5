"""Links that ran out are deleted, so how many there were is counted where it stays: no number is given twice."""

from django.db import migrations, models

COUNT = """SELECT set_config('madoguchi.organisation', '*', true);
  UPDATE surveys_submission s SET links_made = l.made
  FROM (SELECT submission_id, max(number) AS made FROM surveys_link GROUP BY submission_id) l WHERE l.submission_id = s.id;
  SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_approvals"), ("surveys", "0006_answers_alike")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="links_made",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="link", index=models.Index(fields=["until"], name="surveys_lin_until_18a704_idx")
        ),
    ]
