"""A database of the measurement's own."""

import os
import subprocess
import sys

from tests.benchmarks.measure import ROOT


def prepare(*, keep: bool) -> None:
    """Make the database of DATABASE_URL anew, unless it is kept and there; collect the static files."""
    import psycopg

    server, _slash, name = os.environ["DATABASE_URL"].rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        if not keep:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount:
            connection.execute(f"CREATE DATABASE {name}")
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True)
