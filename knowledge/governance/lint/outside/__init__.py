"""Whether addresses outside of the portal still answer. Off unless PORTAL_CHECK_OUTSIDE_LINKS says so."""
