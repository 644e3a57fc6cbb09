"""What stands near an artifact: shared terms and similar text, compared when something changes.

Comparing costs more than a page may, so it is done by a task (``comparing``), and a page reads the
finished list (``wagtail_hooks``). The list knows nothing of readers: what one may not see is left
out when it is read.
"""
