from django.db import migrations

from common.triggers import ProtectAppendOnly


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [
        ProtectAppendOnly("tra_hours_entry"),
        ProtectAppendOnly("tra_performance_entry"),
    ]
