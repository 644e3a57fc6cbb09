"""Once made the full-text index; 0004 makes it, over all columns (search.engines.schema)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = []
