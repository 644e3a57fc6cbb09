"""The demo: migrate, load the content, serve. One process, so that the second start is quick.

Run by ``make demo``; HOST and PORT choose the address.
"""

import os
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Serve until interrupted. Ends with a message when the port is taken."""
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    # Said before a minute is spent on loading the content.
    if is_taken(host, port):
        sys.exit(
            f"Port {port} is taken by another program. Choose another one: make demo PORT={port + 1}"
        )

    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.dev"
    os.environ.setdefault("PORTAL_BASE_URL", f"http://{host}:{port}")
    os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
    sys.path.insert(0, str(ROOT))

    import django
    from django.core.management import CommandError, call_command

    django.setup()
    from django.db import connection

    try:
        is_first = "django_migrations" not in connection.introspection.table_names()
        if is_first:
            say("First start. Making the database (about half a minute) ...")
        call_command("migrate", interactive=False, verbosity=0)
        if is_first:
            say("Loading the demo content (about a minute) ...")
        call_command("load_synonyms", verbosity=0)
        call_command("load_demo")
    except CommandError as error:
        sys.exit(f"The demo cannot start: {error}")
    say(f"\nThe portal is at http://{host}:{port}/ (stop it with Ctrl-C)\n")
    call_command("runserver", f"{host}:{port}", use_reloader=False, skip_checks=True)


def say(line: str) -> None:
    """At once, also into a file or a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def is_taken(host: str, port: int) -> bool:
    """Whether something already answers there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


if __name__ == "__main__":
    main()
