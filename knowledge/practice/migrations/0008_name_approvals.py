"""Decisions that name who approves them get that as a row, with what was said."""

from django.db import migrations

GIVEN = {"accepted": True, "superseded": True, "rejected": False}


def name(apps, _editor) -> None:
    approval = apps.get_model("practice", "Approval")
    decisions = apps.get_model("practice", "Decision").objects.exclude(approver_role="")
    for one in decisions.filter(approvals=None).iterator():
        approval.objects.create(
            decision=one,
            role=one.approver_role,
            person_id=one.approver_id,
            is_given=GIVEN.get(one.state),
            given_at=one.approved_at,
            note=one.approval_note,
        )


class Migration(migrations.Migration):
    dependencies = [("practice", "0007_approvals")]

    operations = [migrations.RunPython(name, migrations.RunPython.noop, elidable=True)]
