from django.db import migrations

from common.triggers import ProtectAppendOnly


class Migration(migrations.Migration):
    dependencies = [("question_banks", "0001_initial")]

    operations = [
        ProtectAppendOnly("qb_question_version"),
    ]
