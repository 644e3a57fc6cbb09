"""What the tests of pilots say and read."""

from typing import Any

from bs4 import BeautifulSoup

from knowledge.catalog.models import GuidePage

HOSTILE = "<script>alert(1)</script>"


def words(text: str, key: str = "one") -> dict[str, Any]:
    return {"type": "paragraph", "value": f"<p>{text}</p>", "id": key}


BODY = [{"type": "overview", "value": {"body": "<p>About it.</p>"}, "id": "o"}, words("Talk.")]


def drafted(page, text: str) -> GuidePage:
    draft = GuidePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.body = draft._meta.get_field("body").to_python([BODY[0], words(text)])
    draft.save_revision()
    return GuidePage.objects.get(pk=page.pk)


def text_of(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").split())


def show(pilot) -> str:
    return f"/pilots/{pilot.pk}/"
