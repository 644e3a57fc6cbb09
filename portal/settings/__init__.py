"""Settings by environment: dev (embedded), test, staging, production; all stand on base."""
