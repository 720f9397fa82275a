from django.core.management import call_command
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def create_cache_table(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The table behind CACHES, where the rate limits of signing in are counted; nothing when it is there."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [
        ("members", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="federation",
            name="second_factor_demanded",
            field=models.BooleanField(
                default=True, verbose_name="kräv andra faktor av dem som ändrar eller beslutar"
            ),
        ),
        migrations.RunPython(create_cache_table, migrations.RunPython.noop),
    ]
