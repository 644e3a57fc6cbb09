"""Starts the demo in a fresh copy of this checkout, twice, and uses it as a visitor would.

Run by ``make demo-check``. Needs only Python's own library. The copy has neither environment nor
database, so that the first start is that of a newcomer; the limits are those of the README.
"""

import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST_START_SECONDS = 180
SECOND_START_SECONDS = 10
# A slow or busy machine may take longer without anything being wrong.
PATIENCE = float(os.environ.get("DEMO_CHECK_PATIENCE", "1"))


class Failed(Exception):
    """Something is not as a visitor would expect it."""


class Visitor:
    """A browser without scripts: keeps cookies, follows redirects."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), urllib.request.ProxyHandler({})
        )

    def get(self, path: str, kind: str = "text/html", form: dict[str, str] | None = None) -> bytes:
        """The body; a form is posted. Fails on any other status than 200, or another type."""
        url = urllib.parse.urljoin(self.base, path)
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(url, data, {"Referer": url})  # noqa: S310 - our own address
        try:
            with self.opener.open(request, timeout=60) as answer:
                body: bytes = answer.read()
                found = answer.headers.get_content_type()
        except urllib.error.HTTPError as error:
            raise Failed(f"{path} answers {error.code}.") from error
        if found != kind:
            raise Failed(f"{path} is {found}, not {kind}.")
        say(f"  200 {path} ({len(body):,} bytes)")
        return body


def say(text: str) -> None:
    """Print at once, whatever the output is connected to."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def copy_checkout(target: Path) -> None:
    """Copy what git knows or would add; without git, all but what was made here."""
    listing = subprocess.run(  # noqa: S603 - fixed arguments
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git of the PATH
        capture_output=True,
        check=False,
    )
    if listing.returncode:
        made = shutil.ignore_patterns(".venv", ".var", "__pycache__", ".*_cache")
        shutil.copytree(ROOT, target, ignore=made, dirs_exist_ok=True)
        return
    for name in filter(None, listing.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def free_port() -> int:
    """A port that nobody has right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demo(folder: Path, limit_seconds: float) -> Iterator[tuple[str, str]]:
    """``make demo`` until it is ready: its address and what it has printed. Stopped at the end."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    log = folder / "demo.log"
    hidden = (
        "PORTAL_",
        "DJANGO_",
        "MAKE",
        "MFLAGS",
        "DATABASE_URL",
        "REDIS_URL",
        "CELERY_",
        "ELASTIC",
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    began = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - fixed arguments
            ["make", "demo", f"PORT={port}"],  # noqa: S607 - make of the PATH
            cwd=folder,
            env=kept,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        while not is_ready(base):
            took = time.monotonic() - began
            if process.poll() is not None or took > limit_seconds * PATIENCE:
                raise Failed(
                    f"make demo is not ready after {took:.0f} s:\n{log.read_text()[-3000:]}"
                )
            time.sleep(0.1)
        say(f"Ready after {time.monotonic() - began:.1f} s (limit {limit_seconds:.0f} s).")
        yield base, log.read_text()
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End make and the server that it has started."""
    for end in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, end)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
            return


def is_ready(base: str) -> bool:
    """Whether the portal says that it can serve pages."""
    try:
        with urllib.request.urlopen(f"{base}/healthz/ready", timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False


def read_and_search(visitor: Visitor) -> None:
    """Home, search, an artifact, its downloads."""
    if b"<h1" not in visitor.get("/"):
        raise Failed("The home page has no heading.")
    results = visitor.get("/search/?q=incident")
    answer = json.loads(visitor.get("/api/v1/search/?q=incident", "application/json"))
    if not answer["count"]:
        raise Failed("The search for “incident” finds nothing.")
    path = next(
        (
            urllib.parse.urlsplit(hit["url"]).path
            for hit in answer["results"]
            if "#" not in hit["url"] and hit["kind"] not in ("faq", "topic", "article")
        ),
        "",
    )
    if path.encode() not in results:
        raise Failed(f"{path} is in the JSON, but not on the results page.")
    page = visitor.get(path).decode()
    for style in re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)[:3]:
        visitor.get(style, "text/css")
    if not visitor.get(f"{path}download.pdf", "application/pdf").startswith(b"%PDF-"):
        raise Failed("The PDF is none.")
    visitor.get(f"{path}download.md", "text/markdown")


def sign_in(base: str, printed: str) -> None:
    """Open the admin as the administrator whose login was printed."""
    row = re.search(r"^\s+(\S+)\s+(\S+)\s+.*[Aa]dministrator", printed, re.MULTILINE)
    if row is None:
        raise Failed(f"No login of an administrator was printed:\n{printed[-1500:]}")
    visitor = Visitor(base)
    visitor.get("/login/")
    token = next(cookie.value for cookie in visitor.cookies if "csrf" in cookie.name)
    form = {
        "username": row[1],
        "password": row[2],
        "csrfmiddlewaretoken": token or "",
        "next": "/admin/",
    }
    page = visitor.get("/login/?next=/admin/", form=form).decode()
    if "wagtail" not in page or "/logout/" not in page:
        raise Failed("The administrator's login does not open the admin.")


def count_rows(folder: Path) -> dict[str, int]:
    """How many pages, revisions and people there are."""
    tables = ("wagtailcore_page", "wagtailcore_revision", "accounts_user")
    with sqlite3.connect(folder / ".var" / "portal.sqlite3") as database:
        return {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - fixed names
            for table in tables
        }


def main() -> int:
    """0 when all is well, else 1."""
    folder = Path(tempfile.mkdtemp(prefix="playbook-portal-demo-"))
    try:
        copy_checkout(folder)
        say("First start")
        with demo(folder, FIRST_START_SECONDS) as (base, printed):
            read_and_search(Visitor(base))
            sign_in(base, printed)
        before = count_rows(folder)
        say("Second start")
        with demo(folder, SECOND_START_SECONDS) as (base, _printed):
            Visitor(base).get("/")
        if (after := count_rows(folder)) != before:
            raise Failed(f"The second start changed the content: {before} became {after}.")
        say(f"The demo works: {before['wagtailcore_page']} pages.")
        return 0
    except Failed as failure:
        say(f"FAILED: {failure}")
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
