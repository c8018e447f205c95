"""The group "Trainers": into Wagtail's editor, courses and lessons up to publishing, files, no more."""

from django.db import migrations

GROUP = "Trainers"


def _permission(apps, app_label, model, codename, name):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
    permission, _ = Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return permission


def make_group(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Collection = apps.get_model("wagtailcore", "Collection")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    courses = apps.get_model("cms", "CourseIndexPage").objects.get()
    group, _ = Group.objects.get_or_create(name=GROUP)
    group.permissions.add(
        _permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
    )
    for action in ("add", "change", "publish"):
        permission = _permission(
            apps, "wagtailcore", "page", f"{action}_page", f"{action.capitalize()} any page"
        )
        GroupPagePermission.objects.get_or_create(
            group=group, page_id=courses.pk, permission=permission
        )
    for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for action in ("add", "change", "choose"):
            permission = _permission(
                apps, app_label, model, f"{action}_{model}", f"Can {action} {model}"
            )
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=Collection.objects.get(depth=1), permission=permission
            )
    # Files are for officers, as pages are: nobody fetches a document without logging in.
    restrictions = apps.get_model("wagtailcore", "CollectionViewRestriction")
    restrictions.objects.get_or_create(
        collection=Collection.objects.get(depth=1), restriction_type="login"
    )


def remove_group(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name=GROUP).delete()
    apps.get_model("wagtailcore", "CollectionViewRestriction").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0004_content_tree"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(make_group, remove_group)]
