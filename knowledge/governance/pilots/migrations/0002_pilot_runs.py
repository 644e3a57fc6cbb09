import django.db.models.deletion
from django.db import migrations, models

import knowledge.governance.models.versions


class Migration(migrations.Migration):

    dependencies = [
        ("governance_pilots", "0001_pilots"),
        ("practice", "0006_pilot_runs"),
    ]

    operations = [
        migrations.CreateModel(
            name="PilotRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pilot", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="governance_pilots.pilot")),
                ("revision", models.ForeignKey(on_delete=knowledge.governance.models.versions.keep_while_page_stands, related_name="+", to="wagtailcore.revision")),
                ("run", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="pilot", to="practice.run")),
            ],
            options={"ordering": ["-pk"], "default_permissions": ()},
        ),
    ]
