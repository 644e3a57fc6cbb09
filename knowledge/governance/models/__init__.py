"""Models of governance. Import them from here."""

from knowledge.governance.models.feedback import Feedback
from knowledge.governance.models.letters import Letter
from knowledge.governance.models.moderation import EditorialReviewTask
from knowledge.governance.models.reminders import ReviewReminder
from knowledge.governance.models.snoozes import ReviewSnooze
from knowledge.governance.models.versions import Version

__all__ = ["EditorialReviewTask", "Feedback", "Letter", "ReviewReminder", "ReviewSnooze", "Version"]
