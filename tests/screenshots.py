"""Pictures of the pages at three widths, light and dark: ``python -m tests.screenshots``.

Starts the demo on a free port with a database of its own, so that nobody's content is touched, and
leaves the whole set in ``.var/screenshots``. The few that the README shows go, in fewer colours,
into ``docs/screenshots``. With ``--base-url`` a demo that runs already is photographed.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
ALL = ROOT / ".var" / "screenshots"
FOR_README = ROOT / "docs" / "screenshots"

PASSWORD = "pictures-of-the-demo"
START_SECONDS = 240
WIDTHS = {360: 780, 768: 1024, 1440: 900}
THEMES = ("light", "dark")
PAGES = {
    "home": "/",
    "search": "/search/?q=broken+build",
    "category": "/operations/",
    "artifact": "/operations/build-break-runbook/",
    "checklist": "/operations/release-checklist/",
    "decision-tree": "/operations/rollback-or-fix-forward/",
    "faq": "/operations/django-faq/",
    "kinds": "/kinds/",
    "choose": "/choose/?q=a+release+broke+production&maturity=2&risk=low&scale=team",
    # The second of fixtures/practice.yaml: half done.
    "run": "/runs/2/",
    "decision": "/decisions/1/",
    "not-found": "/nothing/here/",
    "admin": "/admin/",
}
NEEDS_LOGIN = {"admin": "reviewer", "run": "editor", "decision": "editor"}
SHOWN_IN_README = {
    *(("home", 1440, "light"), ("home", 360, "dark"), ("search", 1440, "light")),
    *(("artifact", 1440, "light"), ("artifact", 1440, "dark"), ("checklist", 360, "light")),
    *(("decision-tree", 768, "light"), ("faq", 1440, "light"), ("category", 768, "dark")),
    *(("run", 1440, "light"), ("run", 360, "dark"), ("choose", 1440, "light")),
    *(("admin", 1440, "light"), ("search", 360, "light")),
}
# A text page needs hardly more; the rare hues of the kinds survive the octree.
README_COLOURS = 256
# Services of the full mode that may be set around us: the demo stands alone.
SERVICE_VARIABLES = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "ELASTICSEARCH_URL")


def main() -> None:
    options = _options()
    names = options.pages or list(PAGES)
    ALL.mkdir(parents=True, exist_ok=True)
    if options.base_url:
        photograph(options.base_url.rstrip("/"), names, options.password)
    else:
        with demo() as base_url:
            photograph(base_url, names, PASSWORD)
    print(f"All pictures: {ALL}")
    print(f"Those of the README: {FOR_README}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", choices=[[], *PAGES], help="Only these pages.")
    parser.add_argument("--base-url", help="Of a demo that runs already.")
    parser.add_argument("--password", default=PASSWORD, help="Of the demo logins there.")
    return parser.parse_args()


@contextmanager
def demo() -> Iterator[str]:
    """The demo with its content in a database of its own, on a free port, until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="portal-screenshots-"))
    port = _free_port()
    base_url = f"http://127.0.0.1:{port}"
    environment = {k: v for k, v in os.environ.items() if k not in SERVICE_VARIABLES}
    environment |= {
        "PORTAL_VAR_DIR": str(folder),
        "PORTAL_DEMO_PASSWORD": PASSWORD,
        "PORTAL_BASE_URL": base_url,
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }
    log = ALL / "demo.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "deploy" / "demo.py")],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(f"{base_url}/healthz/live", process, log)
            yield base_url
        finally:
            process.terminate()
            process.wait(timeout=20)
            shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"The demo did not start:\n{log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    sys.exit(f"The demo did not answer within {START_SECONDS} seconds; see {log}.")


def photograph(base_url: str, names: list[str], password: str) -> None:
    """Every named page at every width in both themes; a page wider than its window is reported."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        for theme in THEMES:
            for login in sorted({NEEDS_LOGIN.get(name, "") for name in names}):
                context = browser.new_context(
                    color_scheme=theme,  # type: ignore[arg-type] # one of its literals
                    reduced_motion="reduce",
                )
                page = _log_in(context, base_url, login, password)
                for name in names:
                    if NEEDS_LOGIN.get(name, "") == login:
                        _photograph_page(page, base_url, name, theme)
                context.close()
        browser.close()


def _chromium() -> str | None:
    named = os.environ.get("PORTAL_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


def _log_in(context: BrowserContext, base_url: str, login: str, password: str) -> Page:
    page = context.new_page()
    if login:
        page.goto(f"{base_url}/login/")
        page.fill("input[name=username]", login)
        page.fill("input[name=password]", password)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{base_url}/")
    return page


def _photograph_page(page: Page, base_url: str, name: str, theme: str) -> None:
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(base_url + PAGES[name], wait_until="networkidle")
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            print(f"Too wide: {name} needs {needed} px of {width}.")
        stem = f"{name}-{width}-{theme}"
        page.screenshot(path=ALL / f"{stem}.png", full_page=True)
        if (name, width, theme) in SHOWN_IN_README:
            _keep_for_readme(page, stem)
        print(f"  {stem}")


def _keep_for_readme(page: Page, stem: str) -> None:
    """What one sees without scrolling, in few colours: small enough for the repository."""
    target = FOR_README / f"{stem}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target)
    with Image.open(target) as picture:
        few = picture.convert("RGB").quantize(
            README_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
    few.save(target, optimize=True)


if __name__ == "__main__":
    main()
