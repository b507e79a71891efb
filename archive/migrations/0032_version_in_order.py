import pgtrigger.compiler
import pgtrigger.migrations
from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def remove_rights(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Rights that mean nothing are in no colleague's form any more, unless somebody was given one."""
    del schema_editor
    apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="archive",
        content_type__model__in=["resemblance", "textmark", "version", "versionmove"],
        group__isnull=True,
        user__isnull=True,
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0031_words_of_the_archive"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="resemblance",
            options={"default_permissions": ()},
        ),
        migrations.AlterModelOptions(
            name="textmark",
            options={"default_permissions": ()},
        ),
        migrations.AlterModelOptions(
            name="version",
            options={"default_permissions": ()},
        ),
        migrations.AlterModelOptions(
            name="versionmove",
            options={"default_permissions": ()},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="versionmove",
            name="move",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="versionmove",
            trigger=pgtrigger.compiler.Trigger(
                name="move",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n                    INSERT INTO archive_version (id, number, moved_at) VALUES (1, 1, clock_timestamp())\n                    ON CONFLICT (id) DO UPDATE\n                    SET number = archive_version.number + 1,\n                        moved_at = GREATEST(clock_timestamp(), archive_version.moved_at);\n                    DELETE FROM archive_versionmove WHERE id = NEW.id;\n                    RETURN NULL;\n                ",
                    hash="fae96bf6590958527afde8f149cea157970f8666",
                    operation="UPDATE",
                    pgid="pgtrigger_move_bb45c",
                    table="archive_versionmove",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(remove_rights, migrations.RunPython.noop),
    ]
