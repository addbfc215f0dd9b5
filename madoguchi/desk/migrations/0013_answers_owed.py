"""How long an answer may be owed, and what is said when a talk ends that nobody could answer."""

from django.db import migrations, models

from madoguchi.core import walls

MISSED_TEXT = (
    "送ってくれたことに、お返事ができませんでした。ごめんなさい。いったんここで区切ります。\n"
    "話したい気持ちがあれば、もう一度ひとことでも送ってください。新しい相談として受け取ります。\n"
    "急ぐときは、電話もできます。\n{ほかの窓口}"
)


def _answered_is_not_missed(apps, _editor):
    with walls.everywhere():
        answered = apps.get_model("desk", "Conversation").objects.filter(first_answered_at__isnull=False)
        answered.exclude(missed="").update(missed="", outcome="ended_by_consulter")


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0012_summing_told"),
    ]

    operations = [
        migrations.AddField(
            model_name="reception",
            name="answer_minutes",
            field=models.PositiveIntegerField(
                default=10, verbose_name="担当の人の返事を待っていることを知らせるまで（分）"
            ),
        ),
        migrations.AddField(  # who has a channel already says it too
            model_name="reception",
            name="missed_text",
            field=models.TextField(
                blank=True,
                default=MISSED_TEXT,
                max_length=2000,
                verbose_name="だれも答えられないまま終わるとき",
            ),
        ),
        migrations.AlterField(
            model_name="reception",
            name="missed_text",
            field=models.TextField(
                blank=True, default="", max_length=2000, verbose_name="だれも答えられないまま終わるとき"
            ),
        ),
        migrations.RunPython(_answered_is_not_missed, migrations.RunPython.noop),
    ]
