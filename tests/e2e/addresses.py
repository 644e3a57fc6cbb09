"""One page of the demo content for each type of page, kind and state."""

from knowledge.catalog.kinds import Kind

OF_KINDS = {
    Kind.PLAYBOOK: "/product/pr-review-playbook/",
    Kind.TEMPLATE: "/product/product-brief-template/",
    Kind.RUNBOOK: "/operations/build-break-runbook/",
    Kind.SOP: "/operations/incident-response-sop/",
    Kind.CHECKLIST: "/operations/release-checklist/",
    Kind.DECISION_FRAMEWORK: "/operations/rollback-or-fix-forward/",
    Kind.GOVERNANCE_MODEL: "/operations/deployment-governance/",
    Kind.BLUEPRINT: "/ai/support-assistant-blueprint/",
    Kind.ACTION_PLAN: "/growth/growth-action-plan/",
    Kind.OPERATING_MODEL: "/operations/central-standard-federated-pods/",
    Kind.PERFORMANCE_SYSTEM: "/operations/collaboration-kpis/",
    Kind.ROLLOUT_PLAN: "/product/feature-rollout-plan/",
    Kind.RECOVERY_PLAN: "/operations/incident-recovery-plan/",
    Kind.GUIDE: "/product/test-strategy/",
    Kind.ARTICLE: "/operations/five-pillars/",
    Kind.SQUAD: "/product/django-squad/",
    Kind.DECISION_RECORD: "/product/adr-0009-cursor-pagination/",
    Kind.ASSESSMENT: "/product/django-fit-assessment/",
    Kind.TOPIC_HUB: "/product/django/",
    Kind.FAQ: "/operations/django-faq/what-is-django/",
}
OF_TWO_VERSIONS = OF_KINDS[Kind.GUIDE]
OF_STATES = {
    "due for review": "/operations/search-outage-runbook/",
    "stale": "/operations/spreadsheet-to-library-rollout/",
    "not verified": "/product/adr-0011-row-level-tenancy/",
    "superseded": "/product/adr-0004-offset-pagination/",
    "archived": "/operations/friday-change-freeze/",
    "decision by weights": "/ai/model-choice-decision-matrix/",
}
LISTINGS = {
    "home": "/",
    "category": "/operations/",
    "FAQ page": "/operations/django-faq/",
    "search": "/search/?q=release",
    "search, narrowed": "/search/?q=release&kind=runbook&maturity=2",
    "search without words": "/search/",
    "search without results": "/search/?q=zzzqqq",
    "search, misspelt": "/search/?q=chekclist",
    "search, wrong filter": "/search/?maturity=many",
    "kinds": "/kinds/",
    "kind": "/kinds/runbook/",
    "industries": "/industries/",
    "industry": "/industries/software/",
    "tags": "/tags/",
    "tag": "/tags/releases/",
    "tools": "/tools/",
    "maturity": "/maturity/",
    "maturity level": "/maturity/2/",
    "what suits": "/choose/",
    "what suits, answered": "/choose/?q=a+release+broke+production&maturity=2&risk=low&scale=team",
    "login": "/login/",
    "missing": "/nothing/here/",
}
OF_PEOPLE = {
    "what changed": "/following/",
    "followed": "/following/list/",
    "versions side by side": f"{OF_KINDS[Kind.CHECKLIST]}changes/?from=1.8&to=2.3",
    "to be read": "/reading/",
    "said": "/feedback/mine/",
    "filled": "/copies/",
    "assessed": "/assessments/",
    "runs": "/runs/",
    "decisions": "/decisions/",
    "saved searches": "/saved/",
    "indicators": "/measures/",
    "variants": "/variants/",
}
PAGES = {**{str(kind): url for kind, url in OF_KINDS.items()}, **OF_STATES, **LISTINGS}
