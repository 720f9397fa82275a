import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The file's name makes room for the row that takes its place: see 0008 and 0009."""

    dependencies = [
        ("members", "0006_access_log"),
    ]

    operations = [
        migrations.RenameField(model_name="federation", old_name="logotype", new_name="old_logotype"),
        migrations.CreateModel(
            name="Logotype",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.BinaryField(verbose_name="innehåll")),
                (
                    "media_type",
                    models.CharField(
                        choices=[("image/jpeg", "JPEG"), ("image/png", "PNG")],
                        max_length=10,
                        verbose_name="format",
                    ),
                ),
                (
                    "federation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="logotype",
                        to="members.federation",
                        verbose_name="förbund",
                    ),
                ),
            ],
            options={
                "verbose_name": "logotyp",
                "verbose_name_plural": "logotyper",
                "ordering": ["federation"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("media_type__in", ["image/jpeg", "image/png"])),
                        name="logotype_media_type",
                    )
                ],
            },
        ),
    ]
