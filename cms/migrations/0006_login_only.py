"""Say "logged-in people only" on the content root, so that the editor shows what every page holds to."""

from django.db import migrations


def restrict(apps, schema_editor):
    PageViewRestriction = apps.get_model("wagtailcore", "PageViewRestriction")
    for home in apps.get_model("cms", "HomePage").objects.all():
        PageViewRestriction.objects.get_or_create(page_id=home.pk, restriction_type="login")


def open_up(apps, schema_editor):
    apps.get_model("wagtailcore", "PageViewRestriction").objects.filter(
        page__depth=2, restriction_type="login"
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("cms", "0005_trainers")]

    operations = [migrations.RunPython(restrict, open_up)]
