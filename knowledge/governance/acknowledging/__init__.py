"""Some things have to be read by everybody concerned: who has confirmed which version, who has not yet."""
