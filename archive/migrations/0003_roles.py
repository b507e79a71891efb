"""The three roles: contributor, editor, archivist. Each may do what the one before may, and more."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

VIEWED_BY_ALL = [
    "article", "authorship", "edition", "original", "person", "personname", "quote", "source", "suggestion",
    "tagging", "topic", "topicbroader", "topicname", "topicrelation",
]  # fmt: skip

CONTRIBUTOR = [
    *(f"view_{model}" for model in VIEWED_BY_ALL),
    "add_article", "change_article", "add_authorship", "change_authorship", "delete_authorship",
    "add_tagging", "change_tagging", "delete_tagging",
]  # fmt: skip

EDITOR = [
    *CONTRIBUTOR,
    "publish_article", "answer_suggestion", "change_suggestion",
    "add_quote", "change_quote", "delete_quote", "add_person",
]  # fmt: skip

ARCHIVIST = [
    *EDITOR,
    "withdraw_article", "delete_article", "change_edition", "add_original", "change_person", "delete_person",
    *(
        f"{action}_{model}"
        for model in ["personname", "source", "topic", "topicname", "topicbroader", "topicrelation"]
        for action in ["add", "change", "delete"]
    ),
]  # fmt: skip

ROLES = {"contributor": CONTRIBUTOR, "editor": EDITOR, "archivist": ARCHIVIST}


def make_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    config = apps.get_app_config("archive")
    config.models_module = True  # the historical app has none, and would be passed over
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    group_of, permission_of = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for role, codenames in ROLES.items():
        group, _ = group_of.objects.get_or_create(name=role)
        permissions = list(permission_of.objects.filter(content_type__app_label="archive", codename__in=codenames))
        missing = set(codenames) - {permission.codename for permission in permissions}
        if missing:
            raise LookupError(f"no such permissions: {', '.join(sorted(missing))}")
        group.permissions.set(permissions)


def drop_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del schema_editor
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0002_records"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, drop_roles)]
