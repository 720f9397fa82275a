from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0008_logotypes_from_files"),
    ]

    operations = [
        migrations.RemoveField(model_name="federation", name="old_logotype"),
    ]
