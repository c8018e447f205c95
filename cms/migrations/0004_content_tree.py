"""Put our content root and the course catalogue in the place of Wagtail's welcome page."""

from django.db import migrations


def _add(model, apps, **fields):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    content_type, _ = ContentType.objects.get_or_create(
        app_label="cms", model=model._meta.model_name
    )
    return model.objects.create(
        content_type=content_type,
        locale=Locale.objects.order_by("pk").first(),
        draft_title=fields["title"],
        live=True,
        **fields,
    )


def plant(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    root = Page.objects.get(depth=1)
    home = _add(
        apps.get_model("cms", "HomePage"),
        apps,
        title="明法",
        slug="home",
        path=root.path + "0001",
        depth=2,
        numchild=1,
        url_path="/home/",
    )
    _add(
        apps.get_model("cms", "CourseIndexPage"),
        apps,
        title="课程",
        slug="courses",
        path=home.path + "0001",
        depth=3,
        numchild=0,
        url_path="/home/courses/",
    )
    root.numchild = 1
    root.save(update_fields=["numchild"])
    Site.objects.create(
        hostname="localhost", port=80, site_name="明法", root_page_id=home.pk, is_default_site=True
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0003_name_the_pages"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
