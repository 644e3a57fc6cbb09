"""Who reads indicators, and who brings values."""

from typing import Any

READ = "governance_kpis.view_kpi"
FEED = "governance_kpis.add_reading"


def may_read(user: Any) -> bool:
    return bool(user is not None and user.is_active and user.has_perm(READ))


def may_feed(user: Any) -> bool:
    return bool(user is not None and user.is_active and user.has_perm(FEED))
