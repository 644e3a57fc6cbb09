"""A made-up folder in the dialects that imports know, with a fault of every kind in it."""

from pathlib import Path
from textwrap import dedent

from PIL import Image as PillowImage

FILES = {
    "README.md": """
        # The handbook

        How we work, in short.

        ## Where to begin

        - [Set-up](docs/setup.md) and its [second step](docs/setup.md#2-install--run)
        - [The guides](docs/guides) and [one of them](docs/guides/README.md)
        - [Licence](LICENSE) and [nothing](docs/gone.md)
        """,
    "LICENSE": "Do what you like.",
    "mkdocs.yml": "site_name: Handbook",
    ".github/ISSUE_TEMPLATE.md": "# A form",
    "docs/setup.md": """
        ---
        title: Set up a workstation
        description: "Half an hour from a bare machine to the first test run."
        tags: [onboarding, tools]
        owner: user:editor
        last_reviewed_on: 2026-08-19
        review_in: 6 months
        weight: 20
        ---

        # Set up a workstation

        Read [the guides](guides/) first. See [below](#notes) or [up](../README.md#where-to-begin).

        ## 1. Prepare

        !!! warning "Mind the disk"
            Keep **20 GB** free.

            ```bash
            df -h
            ```

        ??? note
            Folded text.

        ## 2. Install & run

        === "Linux"
            `apt install python3`

        === "Mac"
            `brew install python`

        | Tool | Why |
        | ---- | --- |
        | git  | see [rules][rules] |

        ![The screen](images/screen.png "After the start")

        ![Drawing](images/drawing.svg)
        ![Elsewhere](https://example.org/x.png)

        1. Open it

           ```yaml
           key: value
           ```

           ![image](images/screen.png)

        2. Close it

        ```mermaid
        flowchart LR
          A --> B
        ```

        ## Notes

        Text with <kbd>Ctrl</kbd>, <b>bold</b>, <your-name> and a line<br/>break.

        > [!TIP]
        > Ask early.

        > **Note:** and so on.

        > Simple is better.

        [rules]: guides/rules.md
        """,
    "docs/guides/README.md": """
        # Guides

        What everybody should have read.
        """,
    "docs/guides/rules.md": """
        # Rules

        ## Context

        We argued a lot about `tabs`.

        ## Decision

        We use spaces. See [set-up](../setup.md).

        ## Consequences

        Less noise.

        ## Status

        Accepted
        """,
    "docs/guides/release-checklist.md": """
        # Release checklist

        - [ ] Tell the [duty engineer](rules.md#decision)
        - [x] Tag it
          - in the right branch
        - [ ] (optional) Celebrate
        """,
    "docs/guides/PagerTooLoud.md": """
        # PagerTooLoud

        ## Meaning

        It rings {{< param volume >}} all night, see {{< ref "./rules.md" >}}.

        ## Mitigation

        {{< hint danger >}}
        Turn it **down**.
        {{< /hint >}}

        :::tip Sleep
        Do it.
        :::
        """,
    "docs/guides/styles.html.md.erb": """
        ---
        title: Styles
        ---

        # <%= current_page.data.title %>

        <%= warning_text('Never in <a href="/guides/rules.html">production</a>') %>

        <%= partial 'partials/banner' %>

        ^Good to know^

        $CTA
        Call [set-up](/setup.html)
        $CTA

        Words, see [Rules].

        <details>
        <summary>More</summary>

        Hidden text.

        </details>

        <table><tr><th>A</th></tr><tr><td><a href="rules.html#context">b</a></td></tr></table>

        [Rules]: rules.html
        """,
    "docs/empty.md": "",
    "docs/only-title.md": "# Nothing yet\n",
    "docs/draft.md": "---\ndraft: true\n---\n# Draft\n\nNot for you yet.\n\nTwo paragraphs.\n",
    "docs/malformed.md": '---\ntitle: "no end\ntags: [a\n---\n\n# Still here\n\nText.\n\nMore.\n',
    "docs/toml.md": '+++\ntitle = "From TOML"\n+++\n\nText.\n\nMore text.\n',
    "docs/Rules.md": "# Rules at the top\n\nOne.\n\nTwo.\n",
    "docs/rules.markdown": "# Rules once more\n\nOne.\n\nTwo.\n",
    "docs/layout.erb": "<html><%= yield %></html>",
}


def make(root: Path) -> Path:
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).removeprefix("\n"), encoding="utf-8")
    images = root / "docs" / "images"
    images.mkdir()
    PillowImage.new("RGB", (120, 80), "olive").save(images / "screen.png")
    PillowImage.new("RGB", (10, 10), "red").save(images / "unused.png")
    (images / "drawing.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60" onload="alert(1)">'
        '<script>alert(2)</script><rect width="100" height="40" fill="olive"/></svg>'
    )
    return root


def spoil(root: Path) -> Path:
    """Files that no import should take, and none should fall over."""
    (root / "binary.md").write_bytes(b"# x\0\xff\xfe")
    (root / "latin.md").write_bytes("# Caf\xe9\n".encode("latin-1"))
    (root / "huge.md").write_bytes(b"# Huge\n" + b"x" * (50 << 20))
    (root / "page.md").write_text(
        "# Page\n\n![fake](fake.png) ![bad](bad.png) ![big](big.png) ![l](leak.svg)\n\nText."
    )
    (root / "fake.png").write_text("<script>alert(1)</script>")
    (root / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    (root / "leak.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<image href="/etc/hostname" width="9" height="9"/></svg>'
    )
    (root / "big.png").write_bytes(b"\x89PNG" + b"\0" * (11 << 20))
    (root / "outside.md").symlink_to("/etc/hostname")
    (root / "inside.md").symlink_to(root / "page.md")
    (root / "linked").symlink_to("/etc")
    (root / "brackets.md").write_text(
        "# B\n\n" + "[" * 20_000 + "\n\n" + "![](" * 5000 + "\n\nEnd."
    )
    (root / "nested.md").write_text("# N\n\n" + "> " * 2000 + "x\n\n" + "- " * 400 + "y\n\nEnd.")
    (root / "bomb.md").write_text(
        "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n# Bomb\n\nText.\n\nMore."
    )
    deep = root.joinpath(*["d"] * 14)
    deep.mkdir(parents=True)
    (deep / "deep.md").write_text("# Deep")
    (root / "node_modules").mkdir()
    (root / "node_modules" / "x.md").write_text("# Tool")
    return root
