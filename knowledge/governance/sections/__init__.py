"""Who answers for a section, and whether people without a name may speak there."""
