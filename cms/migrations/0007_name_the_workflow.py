"""Wagtail makes one workflow and names it in English; trainers read its name in the editor."""

from django.db import migrations

MADE_BY_WAGTAIL = "Moderators approval"
CHINESE = "内容审核"


def _rename(apps, old, new):
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=old).update(name=new)


def say_it_in_chinese(apps, schema_editor):
    _rename(apps, MADE_BY_WAGTAIL, CHINESE)


def say_it_in_english(apps, schema_editor):
    _rename(apps, CHINESE, MADE_BY_WAGTAIL)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0006_login_only"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(say_it_in_chinese, say_it_in_english)]
