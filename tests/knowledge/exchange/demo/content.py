"""A small tree of content files, made for a test."""

from pathlib import Path
from textwrap import dedent

from PIL import Image as PillowImage

TAXONOMY = """
    home: {title: Playbooks, intro: Find what you need.}
    categories:
      - {slug: operations, title: Operations, intro: Running it., closely_related: [product]}
      - {slug: product, title: Product, intro: Building it.}
    industries: [{slug: software, name: Software}]
    tools: [{slug: n8n, name: n8n, url: "https://example.org"}]
    audiences: [{slug: practitioner, name: Practitioner}]
    regions: [{slug: eu, name: Europe}]
    tags: [{slug: apis, name: APIs}]
    users:
      - {username: reader, name: Rosa Lind, email: r@example.org, groups: [Viewers]}
      - {username: reviewer, name: Tom Nowak, email: t@example.org, groups: [Reviewers]}
      - {username: administrator, name: Amara Singh, email: a@example.org, groups: [Administrators]}
"""
SOP = """
    kind: sop
    title: Release
    bottom_line: Small and often.
    industries: [software]
    maturity: 3
    tags: [APIs, Releases]
    tools: [n8n]
    audience: [practitioner]
    risk_tolerance: low
    team_scale: team
    regions: [eu]
    effort_minutes: 45
    owner: user:reviewer
    review_interval_days: 90
    reviewed_days_ago: 10
    reviewed_by: reviewer
    version: "2.1"
    change_note: Shorter.
    related: [operations/board/plan]
    linked_checklist: product/release-checklist
    body:
      - purpose: {body: "Why, see [the plan](page:operations/board/plan#start)."}
      - scope: {applies_to: [All services]}
      - steps:
          steps:
            - {title: Tag it, detail: "With **care**.", owner_role: Lead, outcome: A tag}
      - controls: {controls: [{control: Two eyes}]}
      - image: {image: flow.png, alt: The flow}
"""
CHECKLIST = """
    kind: checklist
    title: Release checklist
    bottom_line: Tick in order.
    owner: group:Editors
    superseded_by: operations/release
    linked_sop: operations/release
    body:
      - checklist: {title: Before, steps: [{task: Tell the duty engineer}]}
"""
GUIDE = """
    kind: guide
    title: The plan
    bottom_line: Nobody else reads this.
    owner: user:administrator
    archived: true
    body:
      - overview: {body: Text}
      - heading: {text: Start}
      - paragraph: More text
"""
FAQ = """
    slug: questions
    title: Questions
    bottom_line: Short answers.
    groups: [{slug: basics, title: Basics}, {slug: rest, title: The rest}]
"""
BASICS = """
    - slug: why
      question: Why?
      short_answer: Because.
      tags: [APIs]
      answer: |
        First **this**.

        ```bash
        make it
        ```

        See [release](page:operations/release).
"""
REST = """
    - {slug: how, question: How?, short_answer: Like so., answer: Slowly.}
"""


def write(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text), encoding="utf-8")
    return path


def make(root: Path) -> Path:
    """Seven pages below two categories, one of them in a private section."""
    write(root, "taxonomy.yaml", TAXONOMY)
    write(root, "demo/operations/release.yaml", SOP)
    write(root, "demo/product/release-checklist.yaml", CHECKLIST)
    write(
        root, "demo/operations/board/section.yaml", "title: Board only\ngroups: [Administrators]\n"
    )
    write(root, "demo/operations/board/plan.yaml", GUIDE)
    write(root, "demo/operations/faq-questions/page.yaml", FAQ)
    write(root, "demo/operations/faq-questions/basics.yaml", BASICS)
    write(root, "demo/operations/faq-questions/rest.yaml", REST)
    (root / "media").mkdir()
    PillowImage.new("RGB", (60, 30), "navy").save(root / "media" / "flow.png")
    return root
