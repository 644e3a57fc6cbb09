"""The full-text index, by vendor; it follows the entries by itself (search.engines.schema)."""

from django.db import migrations

from search.engines import schema


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(schema.install, schema.uninstall)]
