"""What each role may do. Plain data; services/roles.py makes groups of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """``page`` and ``collection`` are codenames of rights on the tree and on files."""

    name: str
    page: tuple[str, ...] = ()
    collection: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


def _all(*models: str, verbs: tuple[str, ...] = ("add", "change", "delete", "view")) -> list[str]:
    pairs = [model.split(".") for model in models]
    return [f"{app}.{verb}_{name}" for app, name in pairs for verb in verbs]


_ENTER = "wagtailadmin.access_admin"
CHOOSE_FILES = ("choose_image", "choose_document")
# Who adds a file may also replace it; other people's files stay as they are.
_ADD_FILES = ("add_image", "add_document", *CHOOSE_FILES)
_ALL_FILES = ("change_image", "change_document", *_ADD_FILES)
# The words of the field: synonyms, and what comes first for a search.
_SEARCH_WORDS = _all("search.synonymset", "search.bestbet")
# Readers make wishes; editors end them.
_WISHES = _all("search_insight.wish", verbs=("change", "delete", "view"))
# Indicators: who reads them, and who brings values.
_FIGURES = ("governance_kpis.view_kpi", "governance_kpis.add_reading")
_FEEDBACK = ("governance.view_feedback", "governance.change_feedback")

VIEWERS = Role("Viewers")
CONTRIBUTORS = Role("Contributors", ("add_page",), _ADD_FILES, (_ENTER,))
EDITORS = Role(
    "Editors",
    ("add_page", "change_page", "publish_page", "lock_page"),
    _ALL_FILES,
    (
        _ENTER,
        *_all("catalog.tag", verbs=("add", "change", "view")),
        *_SEARCH_WORDS,
        *_FEEDBACK,
        *_WISHES,
        "governance_kpis.view_kpi",
        "practice_teams.add_team",
    ),
)
REVIEWERS = Role(
    "Reviewers",
    ("change_page", "publish_page", "lock_page", "unlock_page"),
    CHOOSE_FILES,
    (_ENTER, *_FEEDBACK, "governance_kpis.view_kpi"),
)
ADMINISTRATORS = Role(
    "Administrators",
    ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
    (*_ALL_FILES, "add_collection", "change_collection", "delete_collection"),
    (
        _ENTER,
        *_FEEDBACK,
        *_SEARCH_WORDS,
        *_WISHES,
        *_all("governance_acknowledging.demand"),
        *_all("practice_teams.team", verbs=("add", "change")),
        *_all(
            "catalog.industry", "catalog.tool", "catalog.audience", "catalog.region", "catalog.tag"
        ),
        *_all("accounts.user", "auth.group", "wagtailredirects.redirect"),
        *_all("governance_reviewing.sectionrule"),
        "governance.view_audit",
        *_FIGURES,
        *_all("governance_kpis.kpi"),
        *_all("wagtailcore.workflow", "wagtailcore.task", verbs=("add", "change", "delete")),
    ),
)
# Wagtail shows histories, reports and drafts only to those who may change a page. What auditors
# may change all the same is nothing: governance/auditing.py refuses whatever is not reading.
AUDITORS = Role(
    "Auditors",
    ("change_page", "unlock_page"),
    (),
    (
        _ENTER,
        "governance.view_feedback",
        "governance.view_audit",
        "governance_kpis.view_kpi",
        *_all("search_insight.wish", verbs=("view",)),
    ),
)
ROLES = (VIEWERS, CONTRIBUTORS, EDITORS, REVIEWERS, ADMINISTRATORS, AUDITORS)

# Given on one section to a group that the portal keeps (governance/sections): nothing in it
# reaches beyond the section; a team that its owner makes has no rights by that.
SECTION_OWNERS = Role(
    "Section owners",
    ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
    _ADD_FILES,
    (_ENTER, *_FEEDBACK, "practice_teams.add_team"),
)
