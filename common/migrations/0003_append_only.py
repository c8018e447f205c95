from typing import Any

from django.db import migrations

from common.triggers import ProtectAppendOnly

GENESIS = "0" * 64


def open_audit_chain(apps: Any, schema_editor: Any) -> None:
    """The audit chain starts empty; its head row is what writers lock."""
    apps.get_model("common", "ChainHead").objects.get_or_create(
        name="audit", defaults={"length": 0, "digest": GENESIS}
    )


class Migration(migrations.Migration):
    dependencies = [("common", "0002_links_to_people")]

    operations = [
        migrations.RunPython(open_audit_chain, migrations.RunPython.noop),
        ProtectAppendOnly("com_audit_event"),
    ]
