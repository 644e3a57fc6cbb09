import pytest

from templates_lib.roles.blocks import (
    DecisionRightsBlock,
    EscalationBlock,
    LayersBlock,
    RaciBlock,
    RolesBlock,
)
from tests.templates_lib.helpers import (
    assert_harmless,
    draft_error_codes,
    error_codes,
    markdown,
    render,
    render_preview,
    soup,
    text,
    words,
)

TEAM = {
    "roles": [
        {
            "role": "Incident lead",
            "person": "",
            "expertise": "Keeps calm",
            "responsibilities": ["Declares the incident", "Decides on the rollback"],
        },
        {"role": "Scribe", "responsibilities": []},
    ]
}


def test_each_role_stands_with_what_it_answers_for():
    page = soup(render(RolesBlock(), TEAM))
    lead, scribe = page.select(".roles > li")
    assert lead.find("h3").get_text() == "Incident lead"
    assert [li.get_text() for li in lead.select("ul li")] == [
        "Declares the incident",
        "Decides on the rollback",
    ]
    assert "Expertise: Keeps calm" in words(str(lead))


def test_a_role_without_responsibilities_is_flagged():
    scribe = soup(render(RolesBlock(), TEAM)).select(".roles > li")[1]
    assert scribe.select_one(".flag").get_text() == "No responsibilities named."


def test_roles_in_markdown():
    assert markdown(RolesBlock(), TEAM) == (
        "## Roles\n"
        "\n"
        "### Incident lead\n"
        "\n"
        "**Expertise:** Keeps calm\n"
        "\n"
        "- Declares the incident\n"
        "- Decides on the rollback\n"
        "\n"
        "### Scribe\n"
        "\n"
        "*No responsibilities named.*"
    )


def test_search_finds_responsibilities():
    assert "Decides on the rollback" in text(RolesBlock(), TEAM)


def test_a_role_needs_a_name():
    raw = {"roles": [{"role": "", "responsibilities": ["Decides"]}]}
    assert error_codes(RolesBlock(), raw) == {"roles.0.role": "required"}
    assert draft_error_codes(RolesBlock(), raw) == {}


def test_an_activity_has_its_four_roles():
    raw = {
        "rows": [
            {
                "activity": "Approve the release",
                "responsible": "Release driver",
                "accountable": "Head of engineering",
                "informed": "Support",
            }
        ]
    }
    page = soup(render(RaciBlock(), raw))
    assert [th.get_text() for th in page.select("thead th")] == [
        "Activity",
        "Responsible",
        "Accountable",
        "Informed",
    ]
    assert "| Approve the release | Release driver | Head of engineering | Support |" in markdown(
        RaciBlock(), raw
    )


def test_a_decision_right_names_role_layer_and_limit():
    raw = {
        "rights": [
            {
                "decision": "Take a service offline",
                "decides_role": "Incident lead",
                "layer": "program",
                "limit": "60 minutes",
            }
        ]
    }
    shown = words(render(DecisionRightsBlock(), raw))
    for piece in ("Take a service offline", "Incident lead", "Programme", "60 minutes"):
        assert piece in shown


LADDER = {
    "levels": [
        {
            "trigger": "Not restored",
            "contact_role": "Head of operations",
            "channel": "Phone",
            "within_minutes": 90,
        },
        {"trigger": "Data lost", "contact_role": "CTO", "within_minutes": 0},
    ]
}


def test_an_escalation_shows_trigger_role_and_time_limit_in_words():
    rows = soup(render(EscalationBlock(), LADDER)).select("tbody tr")
    assert [cell.get_text(strip=True) for cell in rows[0].find_all(["th", "td"])] == [
        "Not restored",
        "Head of operations",
        "Phone",
        "1 hour 30 minutes",
    ]
    assert rows[1].find_all("td")[-1].get_text() == "at once"
    assert "| Not restored | Head of operations | Phone | 1 hour 30 minutes |" in markdown(
        EscalationBlock(), LADDER
    )


def test_an_escalation_needs_a_role_and_a_time_limit():
    raw = {"levels": [{"trigger": "Not restored", "contact_role": "", "within_minutes": None}]}
    assert error_codes(EscalationBlock(), raw) == {
        "levels.0.contact_role": "required",
        "levels.0.within_minutes": "required",
    }


def test_a_layer_lists_who_sits_there_and_what_it_approves():
    raw = {
        "layers": [
            {
                "layer": "portfolio",
                "forum": "Quarterly board",
                "roles": ["CTO", "VP Engineering"],
                "approves": ["Budget"],
            }
        ]
    }
    page = soup(render(LayersBlock(), raw))
    assert page.select_one("tbody th").get_text(strip=True) == "Portfolio"
    assert [li.get_text() for li in page.find_all("li")] == ["CTO", "VP Engineering", "Budget"]
    assert "| Portfolio | Quarterly board | CTO<br>VP Engineering | Budget |" in markdown(
        LayersBlock(), raw
    )


BLOCKS = [RolesBlock(), RaciBlock(), DecisionRightsBlock(), EscalationBlock(), LayersBlock()]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_hostile_values_are_shown_as_text(block):
    assert_harmless(block)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_the_example_of_the_picker_is_shown(block):
    assert str(block.meta.heading) in words(render_preview(block))
