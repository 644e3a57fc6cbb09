"""Speed, measured by one command (``make bench``), never in tests.

Two gunicorn servers with the same settings run side by side: the portal, and a Django project with
one view that says hello. wrk asks both in turn, so that each ratio comes from the same run.
"""
