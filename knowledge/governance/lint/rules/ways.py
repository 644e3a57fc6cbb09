"""Where a page leads: to what is retired, to what is gone."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from knowledge.governance.lint.registry import Spot, Surroundings
from knowledge.governance.lint.rules.body import Link, Part, links, outside, own_path

Parts = tuple[Part, ...]


def all_links(page: Any, parts: Parts) -> Iterator[Link]:
    """By chooser and in text, and the artifacts that are named as related."""
    for part in parts:
        yield from links(part)
    for related in page.related_links.all():
        yield Link("related_links", page_id=related.target_id)


def retired(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    """Whoever takes its place may speak of what was before."""
    seen: set[tuple[str, int]] = set()
    for link in all_links(page, parts):
        target = around.targets.get(link.page_id or 0)
        key = (link.path, link.page_id or 0)
        if target is None or not (target.live and target.retired) or target.successor == page.pk:
            continue
        if key not in seen:
            seen.add(key)
            yield Spot(link.path, other=link.page_id)


def dead_inside(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    for link in all_links(page, parts):
        if link.page_id:
            target = around.targets.get(link.page_id)
            if target is None:
                yield Spot(link.path, detail=_("The page was deleted."))
            elif not target.live:
                yield Spot(link.path, detail=_("The page is not published."))
        else:
            path = own_path(link.address, around.own_host)
            if path and path not in around.own_paths:
                yield Spot(link.path, link.address)


def dead_outside(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    for link in (one for part in parts for one in links(part)):
        address = outside(link.address, around.own_host)
        if address in around.dead_outside:
            yield Spot(link.path, link.address, around.dead_outside[address])
