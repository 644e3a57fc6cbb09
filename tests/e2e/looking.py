"""Judging a page that is open in the browser: by axe, and by whether it fits the screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# All rules once; then those whose answer depends on the width or the colours.
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_SCREENS = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
SCREENS = ((1440, "light"), (360, "dark"))
AXE = Axe()


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds against WCAG 2.2 AA, with the first elements of each finding.

    Args:
        rules: ask these and no others.
    """
    asked = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARD}
    options = {"runOnly": asked, "resultTypes": ["violations"]}
    found = AXE.run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for one in found
        for node in one["nodes"][:2]
    ]


def too_wide(page: Page) -> list[str]:
    """What sticks out at the right, when the page can be pushed sideways."""
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.body.querySelectorAll('*')]
            .filter((one) => one.getBoundingClientRect().right > width + 1)
            .slice(0, 3).map((one) => `wider than the screen: ${one.outerHTML.slice(0, 120)}`);
        }"""
    )


def faults(page: Page) -> list[str]:
    """All faults of the page on a wide screen in the light and on a phone in the dark.

    A page that a click has just opened is waited for: it may not have a single element yet.
    """
    page.wait_for_load_state()
    found = []
    for (width, scheme), rules in zip(SCREENS, (None, OF_SCREENS), strict=True):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += [f"{width} {scheme}: {one}" for one in too_wide(page) + violations(page, rules)]
    return found
