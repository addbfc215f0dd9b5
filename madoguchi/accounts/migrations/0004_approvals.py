"""E-mail addresses in small letters; recovery codes; what a supervisor approves; tries counted by account and by browser."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from madoguchi.core.walls import EVERYWHERE, SETTING, wall_around

SMALL = "UPDATE accounts_user SET email = lower(email) WHERE email <> lower(email);"
SEE_ALL = f"SELECT set_config('{SETTING}', '{EVERYWHERE}', true);"  # until the migration's transaction ends


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_user_password_set_at")]
    operations = [
        migrations.CreateModel(
            name="StaffApproval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("roles", "役割をつける"), ("reset", "サインインをやり直させる")],
                        max_length=10,
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("counsellor", "相談員"),
                                ("supervisor", "スーパーバイザー"),
                                ("delivery", "広報"),
                                ("approver", "承認者"),
                                ("auditor", "監査"),
                                ("administrator", "管理者"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "承認待ち"),
                            ("approved", "承認した"),
                            ("refused", "断った"),
                            ("withdrawn", "取り下げ"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": (
                    models.OrderBy(models.F("decided_at"), descending=True, nulls_first=True),
                    "-asked_at",
                    "-pk",
                ),
            },
        ),
        migrations.RemoveConstraint(
            model_name="user",
            name="one_user_an_email",
        ),
        migrations.AddField(
            model_name="signintry",
            name="has_account",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="signintry",
            name="is_known_browser",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="user",
            name="recovery_codes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64), default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="supervisor_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunSQL(SEE_ALL + SMALL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="email_in_small_letters",
            ),
        ),
        migrations.AddField(
            model_name="staffapproval",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="staffapproval",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="staffapproval",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="staffapproval",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="staffapproval",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("member", "kind"),
                name="one_waiting_of_a_kind",
            ),
        ),
        wall_around("accounts_staffapproval"),
    ]
