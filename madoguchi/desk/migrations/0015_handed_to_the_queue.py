from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0014_answered_is_not_missed"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="handover",
            name="handed_to_a_person_or_a_skill",
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_counsellor", None), ("to_skill", ""), _connector="OR"),
                name="handed_to_one_kind",
            ),
        ),
    ]
