"""What a careful editor would find fault with, found by rules: while writing, and in a report.

``rules`` are pure: a page as it would be published, and what is known of the rest of the library,
in; findings out. The editor asks them about the draft on the screen; the report reads a table that
is written when something is published, and once a day for everything.
"""
