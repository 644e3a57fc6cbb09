"""What is asked: pages, listings, searches, PDF."""

import itertools
import random
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field

from django.core.management import call_command
from django.test import Client
from django.utils.http import urlencode

from knowledge.catalog.models import Artifact, Industry, Tool
from knowledge.catalog.selectors.categories import site_path
from tests.benchmarks import library
from tests.factories import person

PAGES = 100


def build(size: int) -> None:
    library.build(size)
    call_command("rebuild_index", verbosity=0)


@dataclass
class Plan:
    all_pages: list[str]
    pages: list[str]
    listings: list[str]
    searches: list[str]
    cookie: str
    etags: list[str] = field(default_factory=list)

    def warm(self, port: int) -> None:
        """Every page once in every worker, and the ETags for the 304."""
        for _worker in range(8):
            self.etags = [f"{path} {_etag(port, path)}" for path in self.pages]

    @property
    def scenarios(self) -> list[tuple[str, list[str], str]]:
        """Name, addresses, cookie. With the cookie nothing comes from the page cache."""
        return [
            ("Page, anonymous and warm", self.pages, ""),
            ("Page, not modified (304)", self.etags, ""),
            ("Page, logged in", self.pages, self.cookie),
            ("Listing with two filters and all facets", self.listings, self.cookie),
            ("Search with all facets", self.searches, self.cookie),
        ]

    @property
    def mixed(self) -> list[str]:
        return [
            path
            for three in zip(
                self.pages, itertools.cycle(self.listings), itertools.cycle(self.searches)
            )
            for path in three
        ]

    def pdf(self, port: int) -> tuple[float, float]:
        """Seconds for a first PDF in a warm worker (the median of five) and for the same again.

        Of other pages in each run: what was made once is kept, also over a run with ``--keep``.
        """
        warming, *pages = random.SystemRandom().sample(self.all_pages, 6)
        _fetch(port, warming + "download.pdf")
        first = sorted(_timed(port, path + "download.pdf") for path in pages)[2]
        again = sorted(_timed(port, path + "download.pdf") for path in pages)[2]
        return first, again


def plan() -> Plan:
    dice = random.Random(7)
    paths = list(
        Artifact.objects.filter(live=True).order_by("pk").values_list("url_path", flat=True)
    )
    all_pages = [site_path(path) for path in paths]
    pages = dice.sample(all_pages, PAGES)
    industries = list(Industry.objects.values_list("slug", flat=True))
    tools = list(Tool.objects.values_list("slug", flat=True))
    listings = [
        f"/kinds/guide/?{urlencode({'industry': one, 'tool': two, 'maturity': level})}"
        for one, two, level in itertools.product(industries, tools, (2, 3))
    ]
    searches = [
        f"/search/?{urlencode({'q': ' '.join(dice.sample(library.WORDS, 2))})}" for _ in range(50)
    ]
    client = Client()
    client.force_login(person("Viewers", username=f"bench-{time.time_ns()}"))
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return Plan(all_pages, pages, listings, searches, cookie)


def _fetch(port: int, path: str) -> urllib.request.addinfourl:
    return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60)


def _etag(port: int, path: str) -> str:
    with _fetch(port, path) as answer:
        return answer.headers["ETag"] or ""


def _timed(port: int, path: str) -> float:
    start = time.perf_counter()
    with _fetch(port, path) as answer:
        answer.read()
    return time.perf_counter() - start
