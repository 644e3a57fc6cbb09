from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("practice", "0005_milestones"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="is_pilot",
            field=models.BooleanField(default=False, verbose_name="pilot"),
        ),
    ]
