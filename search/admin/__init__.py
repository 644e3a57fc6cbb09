"""The words of the field in the admin: synonyms, best bets, and a look at what they would do."""
