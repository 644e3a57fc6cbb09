"""The web server of the full mode, one for every way to run it: container, benchmark, plain host.

Every setting that depends on the machine comes from the environment.
"""

import gc
import os
from pathlib import Path
from typing import Any

wsgi_app = "portal.wsgi:application"
bind = os.environ.get("WEB_BIND", "0.0.0.0:8000")

# Threads are bounded and not more than the database pool of a process holds
# (DATABASE_POOL_SIZE): further requests wait in the socket's queue, none fails.
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
backlog = 1024

# The code is loaded once, before the workers fork, so that they share its memory.
preload_app = True

# Signals do all that is needed; a socket in the home folder would be one more way in.
control_socket_disable = True

# The heartbeat of a worker must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - heartbeat file only
timeout = 30
graceful_timeout = 30
keepalive = 5

# A slow leak in a library never fills the machine; the jitter keeps workers from restarting together.
max_requests = int(os.environ.get("WEB_MAX_REQUESTS", "5000"))
max_requests_jitter = max_requests // 10

# Longer than any search of the page (10,000 characters are answered by the view, not cut off here).
limit_request_line = 8190
# The proxies whose word is taken that a request came by HTTPS.
forwarded_allow_ips = os.environ.get("WEB_PROXIES", "127.0.0.1")

errorlog = "-"
accesslog = "-" if os.environ.get("WEB_ACCESS_LOG", "1") == "1" else None
loglevel = os.environ.get("LOG_LEVEL", "info").lower()


def when_ready(_server: Any) -> None:
    """Load what the first request would load, and keep the collector from touching shared memory."""
    from django.template import engines
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    engines.all()
    gc.collect()
    gc.freeze()
