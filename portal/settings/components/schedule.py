"""What beat hands to the workers, and how often in seconds. Each task may run twice."""

CELERY_BEAT_SCHEDULE = {
    "drain-search-outbox": {"task": "search.tasks.drain_outbox", "schedule": 15.0},
    "compute-search-meaning": {
        "task": "search.tasks.compute_meaning",
        "schedule": 15.0,
        "options": {"expires": 15},  # rounds that had to wait do not queue up
    },
    "reconcile-search-index": {"task": "search.tasks.reconcile", "schedule": 24 * 3600.0},
    "compare-changed-artifacts": {"task": "search.related.tasks.catch_up", "schedule": 300.0},
    "compare-all-artifacts": {
        "task": "search.related.tasks.compare_all",
        "schedule": 24 * 3600.0,
    },
    "mail-saved-searches": {"task": "search.saved.tasks.mail_digests", "schedule": 3600.0},
    "mail-changes": {
        "task": "knowledge.governance.following.tasks.mail_changes",
        "schedule": 3600.0,
    },
    "publish-scheduled": {"task": "knowledge.governance.tasks.publish_scheduled", "schedule": 60.0},
    "send-letters": {"task": "knowledge.governance.tasks.send_letters", "schedule": 60.0},
    "deliver-waiting-feedback": {
        "task": "knowledge.governance.tasks.deliver_waiting_feedback",
        "schedule": 300.0,
    },
    "remind-of-reviews": {
        "task": "knowledge.governance.tasks.remind_of_reviews",
        "schedule": 3600.0,
    },
    "check-content": {"task": "knowledge.governance.lint.tasks.check_all", "schedule": 24 * 3600.0},
    "ask-outside-links": {
        "task": "knowledge.governance.lint.tasks.ask_outside",
        "schedule": 3600.0,
    },
    "catch-up-audit": {
        "task": "knowledge.governance.audit.tasks.catch_up",
        "schedule": 24 * 3600.0,
    },
    "compute-indicators": {
        "task": "knowledge.governance.kpis.tasks.compute",
        "schedule": 6 * 3600.0,
    },
    "mail-indicators": {"task": "knowledge.governance.kpis.tasks.mail_week", "schedule": 3600.0},
    "fold-old-usage": {
        "task": "knowledge.governance.measures.tasks.fold_old",
        "schedule": 24 * 3600.0,
    },
    "chase-waiting-reviews": {
        "task": "knowledge.governance.reviewing.tasks.chase",
        "schedule": 3600.0,
    },
    "make-recurring-tasks": {
        "task": "knowledge.practice.cadence.tasks.make_due",
        "schedule": 6 * 3600.0,
    },
    "mail-mornings": {
        "task": "knowledge.practice.work.tasks.mail_mornings",
        "schedule": 3600.0,
    },
    "forget-old-answers": {
        "task": "portal.api.tasks.forget_old_answers",
        "schedule": 3600.0,
    },
    "compare-variants": {
        "task": "knowledge.governance.variants.tasks.compare_published",
        "schedule": 3600.0,
    },
    "watch-deadlines-of-runs": {
        "task": "knowledge.practice.tasks.watch_deadlines",
        "schedule": 60.0,
    },
    "write-search-log": {"task": "search.insight.tasks.write_waiting", "schedule": 30.0},
    "forget-old-searches": {
        "task": "search.insight.tasks.forget_old",
        "schedule": 24 * 3600.0,
    },
}
