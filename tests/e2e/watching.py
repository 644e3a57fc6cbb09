"""What no page of the site may do, whatever it shows."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request


class Watch:
    """Notes complaints of the browser, scripts that break, and requests that leave the host."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.faults: list[str] = []
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        page = message.page.url if message.page else ""
        # That a page answers with "not found" or "not like this" is noted as an error, too.
        is_own_status = "status of 4" in message.text and message.location["url"] == page
        if message.type in ("error", "warning") and not is_own_status:
            self.faults.append(f"{page}: {message.text}")

    def _asked(self, request: Request) -> None:
        inside = (f"{self.origin}/", "data:", "blob:", "about:")
        if not request.url.startswith(inside):
            self.faults.append(f"another host: {request.url}")
