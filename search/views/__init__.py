"""Views: thin. They read the address, ask ``search.querying.service`` and show the result."""
