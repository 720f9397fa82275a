import sys
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import migrations

from finsam.pictures.reencoding import UnusablePictureError, reencoded
from members.old_logotypes import old_logotype


def take_in(apps: Any, schema_editor: Any) -> None:
    """Every logotype from its file, which stays where it is. One that cannot be read is left out, and told."""
    using = schema_editor.connection.alias
    logotypes = apps.get_model("members", "Logotype").objects.using(using)
    federations = apps.get_model("members", "Federation").objects.using(using)
    named = federations.exclude(old_logotype="").order_by("pk").values_list("pk", "slug", "old_logotype")
    for key, slug, name in named:
        try:
            encoded = reencoded(old_logotype(name))
        except (OSError, SuspiciousOperation) as error:
            _tell(slug, name, "Filen finns inte." if isinstance(error, FileNotFoundError) else str(error))
        except UnusablePictureError as error:
            _tell(slug, name, str(error))
        else:
            logotypes.create(federation_id=key, content=encoded.content, media_type=encoded.media_type)


def _tell(slug: str, name: str, why: str) -> None:
    print(f"Logotypen för {slug} ({name}) följde inte med. {why}", file=sys.stderr)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0007_logotype"),
    ]

    operations = [
        migrations.RunPython(take_in, migrations.RunPython.noop),
    ]
