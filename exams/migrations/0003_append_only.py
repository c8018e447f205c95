from django.db import migrations

from common.triggers import ProtectAppendOnly


class Migration(migrations.Migration):
    dependencies = [("exams", "0002_links_to_people")]

    operations = [
        ProtectAppendOnly("exa_attempt_layout"),
        ProtectAppendOnly("exa_attempt_event"),
        ProtectAppendOnly("exa_response"),
        ProtectAppendOnly("exa_score_entry"),
    ]
