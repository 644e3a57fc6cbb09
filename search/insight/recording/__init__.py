"""From a page of results that somebody sees to a row of the log.

``sightings`` carries what a page showed past the page cache, ``readers`` tells one reader from
another for half an hour without knowing either, ``visits`` joins what belongs to one search,
``masking`` takes out what could name a person, ``buffer`` and ``writing`` keep the rest.
"""
