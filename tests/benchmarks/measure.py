"""Servers to measure, and wrk to measure them with."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("wrk.lua")
WORKERS = 2


@dataclass(frozen=True)
class Figures:
    """Requests a second, and milliseconds."""

    rate: float
    p50: float
    p95: float
    p99: float
    errors: int


def need_wrk() -> None:
    if shutil.which("wrk"):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "install", "-y", "-qq", "wrk"], check=True, capture_output=True)
    if not shutil.which("wrk"):
        sys.exit("The benchmark needs wrk. Install it (Debian: apt-get install wrk).")


@contextmanager
def server(application: str, port: int, settings: str = "") -> Iterator[int]:
    """gunicorn with the settings of deploy/gunicorn.conf.py; yields the process id of its master."""
    environment = {
        **os.environ,
        "WEB_BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": str(WORKERS),
        "WEB_ACCESS_LOG": "0",
        "WEB_MAX_REQUESTS": "0",
    }
    if settings:
        environment["DJANGO_SETTINGS_MODULE"] = settings
    log = tempfile.NamedTemporaryFile("w+", suffix=".log", delete=False)  # noqa: SIM115 - kept open
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", application],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/", process, log.name)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=40)


def _wait(url: str, process: subprocess.Popen, log: str) -> None:
    for _attempt in range(300):
        if process.poll() is not None:
            sys.exit(f"The server did not start:\n{Path(log).read_text()[-3000:]}")
        try:
            urllib.request.urlopen(url, timeout=2)  # noqa: S310 - our own server
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("The server did not answer within a minute.")


def wrk(port: int, paths: list[str], *, clients: int, seconds: int, cookie: str = "") -> Figures:
    """Ask ``paths`` in turn; a path may be followed by a space and an ETag."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listing:
        listing.write("\n".join(paths))
        listing.flush()
        done = subprocess.run(
            ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "20s", "-s", str(SCRIPT),
             f"http://127.0.0.1:{port}", "--", listing.name, cookie],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    found = re.search(r"FIGURES (\S+) (\S+) (\S+) (\S+) (\d+)", done.stdout)
    if found is None:
        sys.exit(f"wrk said nothing usable:\n{done.stdout}\n{done.stderr}")
    rate, p50, p95, p99, errors = found.groups()
    return Figures(float(rate), float(p50), float(p95), float(p99), int(errors))


def memory_mib(master: int) -> int:
    """Proportional memory (PSS) of a server's processes together."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    total = 0
    for pid in [str(master), *children]:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])
    return total // 1024
