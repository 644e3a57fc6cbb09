"""The editor of texts, used by several people at once in one process."""

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from wagtail.blocks import RichTextBlock

from knowledge.catalog.rich_text import RichTextArea


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hurried")
def test_forms_that_are_opened_at_once_hold_their_own_texts() -> None:
    # As in the process: one block, and so one widget, for everybody.
    widget = RichTextBlock(features=["bold", "link", "ul"]).field.widget
    assert isinstance(widget, RichTextArea)

    def opened(number: int) -> list[str]:
        lines = [f"line {line} of {number}" for line in range(20)]
        source = "".join(f"<p>{line}, <b>it says</b>.</p>" for line in lines)
        read = json.loads(widget.format_value(source))
        return [block["text"].partition(",")[0] for block in read["blocks"]]

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(opened, range(200)))
    assert found == [[f"line {line} of {number}" for line in range(20)] for number in range(200)]
