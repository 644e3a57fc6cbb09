"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

_django = get_wsgi_application()

# After Django is set up: it reads the settings.
from portal.kept_pages import KeptPages  # noqa: E402

application = KeptPages(_django)
