"""What other sites write beside Markdown, as the blocks that readers see."""

import pytest

from knowledge.exchange.imports.convert import portable_blocks
from knowledge.exchange.imports.dialects import rewrite


def blocks(source: str) -> list:
    return portable_blocks(rewrite(source, {})[0])


def callout(tone: str, body: str, title: str = "") -> dict:
    value = {"tone": tone, "body": body}
    return {"callout": {**value, "title": title} if title else value}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% hint style="warning" %}\nMind.\n{% endhint %}', callout("warning", "Mind.")),
        ("{% note %}\nMind.\n{% endnote %}", callout("note", "Mind.")),
        ("{: .warning }\nMind\nthis.", callout("warning", "Mind this.")),
        ("{: .note }\n> Mind.", callout("note", "Mind.")),
        (":::warning[Hot]\n\nMind.\n\n:::", callout("warning", "Mind.", "Hot")),
        ("::: tip\nMind.\n:::", callout("tip", "Mind.")),
        (":::{note}\nMind.\n:::", callout("note", "Mind.")),
        ("```{note}\nMind.\n```", callout("note", "Mind.")),
        ("```{admonition} Hot\n:class: tip\nMind.\n```", callout("tip", "Mind.", "Hot")),
        ("<Warning>\n  Mind.\n</Warning>", callout("warning", "Mind.")),
        ("<Note>Mind.</Note>", callout("note", "Mind.")),
        (
            '<Admonition type="danger" title="Hot">\n\nMind.\n\n</Admonition>',
            callout("danger", "Mind.", "Hot"),
        ),
        (
            '{{% alert title="Hot" color="warning" %}}\nMind.\n{{% /alert %}}',
            callout("warning", "Mind.", "Hot"),
        ),
    ],
)
def test_boxes_become_callouts(source: str, expected: dict) -> None:
    assert blocks(source) == [expected]


@pytest.mark.parametrize(
    "source",
    [
        "{% highlight python %}\nx = 1\n{% endhighlight %}",
        "{{< highlight python >}}\nx = 1\n{{< /highlight >}}",
        "```{code-block} python\n:linenos:\nx = 1\n```",
        '```python title="a.py" {1,3-4} showLineNumbers\nx = 1\n```',
        "```{.python .numberLines}\nx = 1\n```",
        '{% code title="a.py" %}\n```py\nx = 1\n```\n{% endcode %}',
    ],
)
def test_code_keeps_its_language(source: str) -> None:
    assert blocks(source) == [{"code": {"language": "python", "source": "x = 1"}}]


@pytest.mark.parametrize(
    "source",
    [
        '{% tabs %}\n{% tab title="Linux" %}\nText\n{% endtab %}\n{% endtabs %}',
        '{{< tabs >}}\n{{% tab "Linux" %}}\nText\n{{% /tab %}}\n{{< /tabs >}}',
        "import Tabs from '@theme/Tabs';\n\n<Tabs>\n"
        '  <TabItem value="linux" label="Linux">\n    Text\n  </TabItem>\n</Tabs>',
    ],
)
def test_tabs_stand_under_their_names(source: str) -> None:
    assert blocks(source) == [{"paragraph": "**Linux**\n\nText"}]


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("[x]({{ site.baseurl }}{% link docs/a.md %})", "[x](/docs/a.md)"),
        ("[x]({{ '/docs/a' | relative_url }})", "[x](/docs/a)"),
        ("[x]({% post_url 2020-01-01-a %})", "[x](/_posts/2020-01-01-a)"),
        ('{% embed url="https://a.example/b" %}', "[https://a.example/b](https://a.example/b)"),
        ('<Card title="x" href="/a/b">\nText\n</Card>', "[x](/a/b)\n\nText"),
        ('<div class="grid" markdown>\n**a** [x](b.md)\n</div>', "**a** [x](b.md)"),
        ("Go to https://a.example/b_(c)_d.", None),
        ("[![Build](https://a.example/b.svg)](https://c.example)", "[Build](https://c.example)"),
        ("*[HTML]: Hypertext\nHTML", "HTML"),
        (":warning: at 10:30:45 :unknown:", "⚠️ at 10:30:45 :unknown:"),
        ("{/* hidden */}\nText", "Text"),
        ("Say <Name> and <Step>.", "Say \\<Name\\> and \\<Step\\>."),
        ("{%- assign x = 1 -%}Text", "Text"),
        ("`{{ x }}` and `{% y %}` and `[[z]]`", "`{{ x }}` and `{% y %}` and `[[z]]`"),
    ],
)
def test_the_rest_is_words_and_links(source: str, markdown: str | None) -> None:
    if markdown is None:
        markdown = "Go to [https://a.example/b\\_(c)\\_d](https://a.example/b_%28c%29_d)."
    assert blocks(source) == [{"paragraph": markdown}]


def test_a_picture_that_is_a_link_keeps_both() -> None:
    assert blocks("[![A shot](a.png)](b.md)") == [
        {"paragraph": "[A shot](b.md)"},
        {"image": {"image": "a.png", "alt": "A shot"}},
    ]
    assert blocks("[![A shot](a.png)](a.png)") == [{"image": {"image": "a.png", "alt": "A shot"}}]


def test_sizes_behind_an_address_are_no_part_of_it() -> None:
    assert blocks("![A](a b.png =100x20)") == [{"image": {"image": "a%20b.png", "alt": "A"}}]


def test_cells_that_span_lose_nothing() -> None:
    html = (
        "<table><tr><th colspan=2>a</th></tr><tr><td rowspan=2>b</td><td>c</td></tr>"
        "<tr><td>d</td></tr></table>"
    )
    (block,) = blocks(html)
    assert block["table"]["columns"] == ["a", ""]
    assert block["table"]["rows"] == [["b", "c"], ["b", "d"]]


def test_a_summary_is_bold_once() -> None:
    source = "<details>\n<summary><b>More</b></summary>\n\nText\n\n</details>"
    assert blocks(source) == [{"paragraph": "**More**\n\nText"}]
