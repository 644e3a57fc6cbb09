"""Steps that wait when the portal is brought up to date get their row. Back: nothing to do."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

DAYS = 5


def begin(apps, schema_editor):
    states = apps.get_model("wagtailcore", "TaskState").objects.filter(
        status="in_progress", workflow_state__base_content_type__app_label="wagtailcore",
        workflow_state__base_content_type__model="page",
    )
    pages = apps.get_model("wagtailcore", "Page").objects
    model = apps.get_model("governance_reviewing", "Assignment")
    now = timezone.now()
    due = timezone.localdate(now) + timedelta(days=DAYS)
    for state in states.select_related("workflow_state").iterator():
        page = int(state.workflow_state.object_id)
        if pages.filter(pk=page).exists():
            model.objects.get_or_create(
                task_state=state,
                defaults={"page_id": page, "due_on": due, "opened_at": state.started_at},
            )


class Migration(migrations.Migration):
    dependencies = [
        ("governance_reviewing", "0001_steps_and_rules"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
