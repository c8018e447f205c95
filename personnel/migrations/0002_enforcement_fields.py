from typing import Any

from django.db import migrations

# The seven comprehensive-enforcement fields and what is common to all; a province may add its own.
FIELDS = [
    ("public_law", "公共法律", "Public law"),
    ("ecology", "生态环境", "Ecology and environment"),
    ("city", "城市管理", "City management"),
    ("transport", "交通运输", "Transport"),
    ("agriculture", "农业", "Agriculture"),
    ("culture", "文化市场", "Culture market"),
    ("emergency", "应急管理", "Emergency management"),
    ("market", "市场监管", "Market regulation"),
]


def add_fields(apps: Any, schema_editor: Any) -> None:
    """Write the fields; an installation that renamed one keeps its name."""
    field = apps.get_model("personnel", "EnforcementField")
    for order, (code, name, name_en) in enumerate(FIELDS):
        field.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en, "order": order})


class Migration(migrations.Migration):
    dependencies = [("personnel", "0001_initial")]

    operations = [migrations.RunPython(add_fields, migrations.RunPython.noop)]
