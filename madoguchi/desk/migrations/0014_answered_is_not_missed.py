from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0013_answers_owed"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(("missed", ""), ("first_answered_at", None), _connector="OR"),
                name="answered_is_not_missed",
            ),
        ),
    ]
